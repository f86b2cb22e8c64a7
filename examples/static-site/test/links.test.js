import assert from "node:assert/strict";
import { access, readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const pages = (await readdir("dist")).filter((file) => file.endsWith(".html"));

test("there are pages", () => assert.ok(pages.length > 0));

for (const page of pages) {
  test(`every link of ${page} leads to a page`, async () => {
    const html = await readFile(`dist/${page}`, "utf8");
    for (const [, link] of html.matchAll(/href="([^":]+)"/g)) await access(`dist/${link}`);
  });
}
