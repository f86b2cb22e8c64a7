/** Who is asking: a browser known by the token in its cookie. The database keeps only the token's hash. */
import type { Database } from "../../db";
import { hashToken, newId, newToken } from "./ids";

export interface Visitor {
  id: string;
}

export interface Visitors {
  /** Null where the token is unknown. */
  find(token: string): Promise<Visitor | null>;
  /** The token goes into the visitor's cookie and is not seen again. */
  create(): Promise<{ visitor: Visitor; token: string }>;
}

export function createVisitors(db: Database): Visitors {
  return {
    async find(token) {
      const row = await db.visitor.findUnique({ where: { tokenHash: hashToken(token) } });
      return row && { id: row.id };
    },
    async create() {
      const token = newToken();
      const row = await db.visitor.create({ data: { id: newId(), tokenHash: hashToken(token) } });
      return { visitor: { id: row.id }, token };
    },
  };
}
