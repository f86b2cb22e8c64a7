import { Editor, GO_HELLO } from "./editor";
import { expect, test } from "./fixtures";

test("a template becomes two stages, two images and what flows between them", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openTemplate("Go: hello world");

  await expect(editor.stages()).toHaveCount(2);
  await expect(editor.images()).toHaveCount(2);
  await expect(editor.image("golang:1.19")).toBeVisible();
  await expect(editor.image("alpine:3.20")).toBeVisible();
  await expect(editor.edges("from")).toHaveCount(2);
  await expect(editor.edges("copy")).toHaveCount(1);
  await expect(page.getByTestId("edge-label").filter({ hasText: "/app" })).toHaveCount(1);
  await editor.expectText(GO_HELLO);
});

test("renaming a stage on its card moves its name and its references, nothing else", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openTemplate("Go: hello world");
  await editor.rename(0, "compile");
  await editor.expectText(GO_HELLO.replaceAll("builder", "compile"));
  await expect(editor.stage(0)).toHaveAttribute("data-stage-name", "compile");
  await expect(editor.edges("copy")).toHaveCount(1);
});

test("canvas and text are one document with one history", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openTemplate("Go: hello world");
  const before = await editor.places();

  // Typed in the text: a card more, and no other moves.
  await editor.typeAtEnd("\nFROM busybox:musl AS tools\n");
  const typed = `${GO_HELLO}\nFROM busybox:musl AS tools\n`;
  await editor.expectText(typed);
  await expect(editor.stages()).toHaveCount(3);
  await expect(editor.stage(2)).toHaveAttribute("data-stage-name", "tools");
  expect(await editor.places()).toMatchObject(before);

  // From a card's files handle to another card: a COPY --from line.
  await page.getByRole("button", { name: /fit/i }).first().click();
  await editor.connect(editor.stage(0), "files", editor.stage(2));
  const form = page.getByTestId("paths-form");
  await expect(form.getByLabel("Copy", { exact: true })).toBeFocused();
  await form.getByLabel("Copy", { exact: true }).fill("/app");
  await form.getByLabel("to", { exact: true }).fill("/bin/app");
  await page.keyboard.press("Enter");
  const copied = `${typed}COPY --from=builder /app /bin/app\n`;
  await editor.expectText(copied);
  await expect(editor.edges("copy")).toHaveCount(2);

  // From a base handle to a card: FROM follows.
  await editor.connect(editor.stage(1), "base", editor.stage(2));
  await expect.poll(async () => (await editor.view()).text).not.toBe(copied);
  const based = (await editor.view()).text;
  expect(based).toMatch(/\nFROM \S+ AS tools\nCOPY --from=builder \/app \/bin\/app\n$/);
  expect(based).not.toContain("FROM busybox:musl");

  // Undo takes back either kind, in order, and redo brings it again.
  await editor.undo();
  await editor.expectText(copied);
  for (let steps = 0; (await editor.stages().count()) > 2 && steps < 60; steps++) await editor.undo();
  await editor.expectText(GO_HELLO);
  await page.getByRole("button", { name: "Redo" }).click();
  await expect.poll(async () => (await editor.view()).text).not.toBe(GO_HELLO);
});

test("broken text keeps the last good graph and says where", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openTemplate("Go: hello world");
  await editor.typeAtEnd("\nFROOM alpine AS oops\n");
  await expect(editor.tab("Problems")).toContainText(/[1-9]/);
  await expect(editor.stages()).toHaveCount(2);
  await expect(editor.edges("copy")).toHaveCount(1);
  await expect(page.locator(".monaco-editor .squiggly-error")).not.toHaveCount(0);
});
