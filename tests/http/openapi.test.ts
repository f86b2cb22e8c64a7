import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { describeApi, operations } from "@/lib/http/openapi";

const files = (
  import.meta as unknown as { glob(pattern: string): Record<string, () => Promise<object>> }
).glob("../../app/api/**/route.ts");

test("every method of every route is described, and nothing else", async () => {
  const there: string[] = [];
  for (const [file, load] of Object.entries(files)) {
    const path = file
      .replace("../../app", "")
      .replace("/route.ts", "")
      .replace(/\[(\w+)\]/g, "{$1}");
    if (path.includes("...")) continue;
    for (const method of Object.keys(await load())) there.push(`${method.toLowerCase()} ${path}`);
  }
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(there.sort());
});

test("it is valid OpenAPI, with a name of its own for each operation", async () => {
  const description = describeApi("1.0.0");
  const result = await new Validator().validate(JSON.parse(JSON.stringify(description)));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  const ids = [...JSON.stringify(description).matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(operations.length);
});
