/** One server that starts: opens the database and prints which migrations it applied. */
import { openDatabase } from "@/lib/db";

const [url = "", root = ""] = process.argv.slice(2);
const { applied, close } = await openDatabase(url, root);
console.log(JSON.stringify(applied));
await close();
