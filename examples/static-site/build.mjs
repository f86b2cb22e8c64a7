// Turns each page of Markdown into a page of HTML.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { marked } from "marked";

await mkdir("dist", { recursive: true });
for (const file of await readdir("pages")) {
  const markdown = await readFile(`pages/${file}`, "utf8");
  const name = basename(file, ".md");
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? name;
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<body style="max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui">
${marked.parse(markdown)}</body>
</html>
`;
  await writeFile(`dist/${name}.html`, page);
}
