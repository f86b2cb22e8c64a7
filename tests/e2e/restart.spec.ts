import { Editor, GO_HELLO } from "./editor";
import { expect, test } from "./fixtures";
import { imagesOf } from "./host-images";
import { sleeping } from "./processes";

test("after a restart everything is still there", async ({ page, server }) => {
  const editor = new Editor(page);
  await editor.openTemplate("Go: hello world");
  await editor.rename(0, "kept");
  await editor.build();
  await editor.expectBuilt(0);
  await editor.expectBuilt(1);
  const size = await editor.stage(0).getByTestId("stage-size").textContent();
  const places = await editor.places();
  await editor.expectText(GO_HELLO.replaceAll("builder", "kept"));

  expect(await server.stop()).toBe(0);
  await server.start();
  await page.reload();
  await editor.ready();
  await editor.expectText(GO_HELLO.replaceAll("builder", "kept"));
  await expect(editor.stage(0).getByTestId("stage-size")).toHaveText(size!);
  expect(await editor.places()).toEqual(places);
  await page.goto("/");
  await expect(page.getByRole("link", { name: /Go: hello world/ })).toBeVisible();
});

test("Ctrl-C ends the server cleanly, and its builds on the host", async ({ page, server }) => {
  const editor = new Editor(page);
  await editor.openText("FROM busybox\nRUN sleep 86398\n");
  await editor.build();
  await expect.poll(() => sleeping(86_398)).toBe(1);
  expect(await server.stop()).toBe(0);
  await expect.poll(() => sleeping(86_398)).toBe(0);
  await server.start();
  const builds = await (await page.request.get(`/api/documents/${editor.id}/builds`)).json();
  expect(builds[0].status).toBe("interrupted");
});

test("a server that dies mid-build marks the build as interrupted at its next start, and clears up after it", async ({
  page,
  server,
  engine,
}) => {
  const editor = new Editor(page);
  await editor.openText("FROM busybox AS quick\nRUN true\n\nFROM busybox\nRUN sleep 86397\n");
  await editor.build();
  await expect(editor.stage(1)).toHaveAttribute("data-status", "running");
  await expect.poll(() => sleeping(86_397)).toBe(1);
  await server.kill();
  await server.start();
  const builds = await (await page.request.get(`/api/documents/${editor.id}/builds`)).json();
  expect(builds[0].status).toBe("interrupted");
  await expect.poll(() => sleeping(86_397)).toBe(0);
  await expect.poll(() => imagesOf(engine, editor.id)).toEqual([]);
});

test("a document that is deleted leaves nothing on the host", async ({ page, engine }) => {
  const editor = new Editor(page);
  await editor.openText("FROM busybox\nRUN true\n");
  await editor.build();
  await editor.expectBuilt(0);
  await expect.poll(() => imagesOf(engine, editor.id)).toHaveLength(1);
  await page.request.delete(`/api/documents/${editor.id}`, {
    headers: { origin: new URL(page.url()).origin },
  });
  await expect.poll(() => imagesOf(engine, editor.id)).toEqual([]);
});
