/** Uses databases, has what is left of them collected, and closes the last before or after that, or not at all. */
import { setTimeout as wait } from "node:timers/promises";
import { openDatabase } from "@/lib/db";

const [url, root, ending] = process.argv.slice(2) as [string, string, string];
const collect = async () => {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await wait(0);
  }
};

const { db, close } = await openDatabase(url, root);
await db.visitor.create({ data: { id: "a", tokenHash: "h" } });
await collect();
if (ending === "closed") await close();
await collect();
