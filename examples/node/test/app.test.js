import assert from "node:assert/strict";
import { test } from "node:test";
import { app } from "../dist/app.js";

for (const [path, greeting] of [
  ["/", "Hello, world!"],
  ["/Ada", "Hello, Ada!"],
]) {
  test(`GET ${path} answers ${greeting}`, async () => {
    const answer = await app.request(path);
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), greeting);
  });
}
