import { zipSync } from "fflate";
import { MAX_TEXT_BYTES } from "../../lib/share/document";
import { expect, test } from "./fixtures";
import { Product } from "./product";
import { startServer } from "./server";

const TEXT = "FROM busybox\nCOPY . .\n";
const bytes = (text: string) => new TextEncoder().encode(text);
const good = () => zipSync({ "main.go": bytes("package main\n") });

interface Refused {
  error: { code: string; message: string; hint?: string };
}

const archives: { name: string; archive: Uint8Array; entry: string }[] = [
  { name: "a path that climbs out", archive: zipSync({ "../evil": bytes("x") }), entry: "../evil" },
  { name: "an absolute path", archive: zipSync({ "/etc/evil": bytes("x") }), entry: "/etc/evil" },
  {
    name: "a link that leads out",
    archive: zipSync({ out: [bytes("../../etc"), { os: 3, attrs: (0o120777 << 16) >>> 0 }] }),
    entry: "out",
  },
];

for (const { name, archive, entry } of archives) {
  test(`a zip with ${name} is refused by name, and the context stays`, async ({ server }) => {
    const product = new Product(server.url);
    const document = await product.createDocument({ text: TEXT });
    const put = (body: Uint8Array) =>
      product.call(
        "PUT",
        `/api/documents/${document}/context?name=a.zip`,
        new Blob([body as BlobPart]),
        "application/zip",
      );
    expect((await put(good())).status).toBe(200);

    const refused = await put(archive);
    expect(refused.status).toBe(422);
    expect(((await refused.json()) as Refused).error.message).toContain(entry);

    const kept = await (await product.call("GET", `/api/documents/${document}/context`)).json();
    expect(JSON.stringify(kept)).toContain("main.go");
  });
}

test("a context over the limit is refused, whatever its headers say, and the one before stays", async ({
  engine,
}) => {
  const server = await startServer({ DOCKER_HOST: `unix://${engine}`, STAGECRAFT_CONTEXT_LIMIT: "1000000" });
  try {
    const product = new Product(server.url);
    expect(await (await product.call("GET", "/api/limits")).json()).toMatchObject({
      contextBytes: 1_000_000,
    });
    const document = await product.createDocument({ text: TEXT });
    const put = (body: Uint8Array) =>
      product.call(
        "PUT",
        `/api/documents/${document}/context?name=a.zip`,
        new Blob([body as BlobPart]),
        "application/zip",
      );
    expect((await put(good())).status).toBe(200);
    // Compresses to a few kilobytes: only counting what comes out can find it.
    const refused = await put(zipSync({ zeros: new Uint8Array(1_000_001) }));
    expect(refused.status).toBe(413);
    expect(((await refused.json()) as Refused).error.message).toMatch(/1(\.0+)?\s?MB|1,000,000/);
    const kept = await (await product.call("GET", `/api/documents/${document}/context`)).json();
    expect(JSON.stringify(kept)).toContain("main.go");
  } finally {
    await server.remove();
  }
});

test("a Dockerfile over 1 MiB is refused, and what is saved stays", async ({ server }) => {
  const product = new Product(server.url);
  const long = `FROM busybox\n#${"x".repeat(MAX_TEXT_BYTES)}\n`;
  const refused = await product.call("POST", "/api/documents", JSON.stringify({ text: long }));
  expect(refused.status).toBe(413);
  expect(((await refused.json()) as Refused).error.message).toContain("1,048,576");
  expect(await (await product.call("GET", "/api/documents")).json()).toEqual([]);
});

const bodies: { name: string; body: string; status: number }[] = [
  { name: "no JSON", body: "{", status: 400 },
  { name: "a text that is a number", body: '{"text": 5}', status: 400 },
  { name: "a template that does not exist", body: '{"template": "../secrets"}', status: 404 },
];

for (const { name, body, status } of bodies) {
  test(`a body with ${name} gets ${status} and a sentence`, async ({ server }) => {
    const refused = await new Product(server.url).call("POST", "/api/documents", body);
    expect(refused.status).toBe(status);
    expect(((await refused.json()) as Refused).error.message).toMatch(/^[A-Z].*\.?$/);
  });
}

test("an unknown link says so, on the page and to programs", async ({ page, server }) => {
  const answer = await new Product(server.url).call("GET", "/api/shared/AAAAAAAAAAAAAAAAAAAAAA");
  expect(answer.status).toBe(404);
  await page.goto("/s/AAAAAAAAAAAAAAAAAAAAAA");
  await expect(page.locator("body")).toContainText(/link/i);
  await expect(page.getByTestId("stage-card")).toHaveCount(0);
});

test("a document is its owner's alone", async ({ server }) => {
  const owner = new Product(server.url);
  const document = await owner.createDocument({ text: TEXT });
  const stranger = new Product(server.url);
  await stranger.createDocument({ text: TEXT });
  for (const [method, path] of [
    ["GET", `/api/documents/${document}`],
    ["DELETE", `/api/documents/${document}`],
    ["GET", `/api/documents/${document}/builds`],
  ] as const) {
    expect((await stranger.call(method, path)).status).toBe(404);
  }
  expect((await owner.call("GET", `/api/documents/${document}`)).status).toBe(200);
});

test("a request from another site changes nothing", async ({ server }) => {
  const headers = { "content-type": "application/json", origin: "https://elsewhere.example" };
  const body = JSON.stringify({ text: TEXT });
  const response = await fetch(`${server.url}/api/documents`, { method: "POST", headers, body });
  expect(response.status).toBe(403);
});

test("a host that can't be reached says which address and why, within 5 seconds", async ({ page }) => {
  const server = await startServer({ DOCKER_HOST: "tcp://127.0.0.1:1" });
  try {
    const product = new Product(server.url);
    const start = Date.now();
    const host = await (await product.call("GET", "/api/host")).json();
    expect(Date.now() - start).toBeLessThan(5_000);
    expect(host).toMatchObject({ state: "unreachable", address: "tcp://127.0.0.1:1" });
    expect(host.reason).toMatch(/^Nothing answers there/);

    const document = await product.createDocument({ text: TEXT });
    const build = await product.call(
      "POST",
      `/api/documents/${document}/builds`,
      JSON.stringify({ options: {} }),
    );
    expect(build.status).toBe(503);
    expect(((await build.json()) as Refused).error.message).toContain("tcp://127.0.0.1:1");
    await page.goto(server.url);
    await expect(page.getByTestId("template-card").first()).toBeVisible();
  } finally {
    await server.remove();
  }
});
