/** Writes rows for ever and prints the name of each once it is saved. */
import { openDatabase } from "@/lib/db";

const [url = "", root = "", prefix = ""] = process.argv.slice(2);
const { db } = await openDatabase(url, root);
for (let i = 0; ; i++) {
  const id = `${prefix}-${i}`;
  await db.$transaction([
    db.visitor.create({ data: { id, tokenHash: id } }),
    db.visitor.create({ data: { id: `${id}-twin`, tokenHash: `${id}-twin` } }),
  ]);
  process.stdout.write(`${id}\n${id}-twin\n`);
}
