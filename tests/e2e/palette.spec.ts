/** The command palette, the search and the overview of keys: found by typing, done by Enter. */
import { Editor, GO_HELLO } from "./editor";
import { expect, test } from "./fixtures";

const THREE = `FROM golang:1.19 AS deps
COPY go.mod ./

FROM deps AS builder
COPY main.go ./
RUN go build -o /app .

FROM alpine:3.20
COPY --from=builder /app /app
CMD ["/app"]
`;

test("a command is found by typing, shows its key, and does what it says", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await editor.row(1, 2).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+k");
  const palette = page.getByTestId("picker");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await expect(palette.locator('[data-entry="document.undo"] kbd')).toHaveText("Ctrl+Z");

  await page.keyboard.type("rmove sel");
  await expect(palette.getByRole("option").first()).toHaveAttribute("data-entry", "selection.remove");
  await page.keyboard.press("Enter");
  await expect(palette).toHaveCount(0);
  await editor.expectText(GO_HELLO.replace('CMD ["/app"]\n', ""));

  // What was used last comes first, next time.
  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("option").first()).toHaveAttribute("data-entry", "recent:selection.remove");
});

test("a command works on what had the focus before, and one that can't be done says why", async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await page.keyboard.press("Control+k");
  const palette = page.getByTestId("picker");
  await palette.getByRole("combobox").fill("rename");
  const rename = palette.locator('[data-entry="stage.rename"]');
  await expect(rename).toContainText("Select a stage first.");
  await page.keyboard.press("Enter");
  await expect(palette.getByRole("status")).toHaveText("Select a stage first.");
  await page.keyboard.press("Escape");

  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".react-flow__node").first()).toBeFocused();
  await page.keyboard.press("Control+k");
  await palette.getByRole("combobox").fill("rename");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Name of builder")).toBeFocused();
  await page.keyboard.type("compile");
  await page.keyboard.press("Enter");
  await editor.expectText(GO_HELLO.replaceAll("builder", "compile"));
});

test("the palette opens over the text too, and gives it the focus back", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await page.locator(".monaco-editor .view-lines").click();
  await page.keyboard.press("Control+k");
  await expect(page.getByTestId("picker")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("picker")).toHaveCount(0);
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# typed\n");
  await editor.expectText(`# typed\n${GO_HELLO}`);
});

test("stages, images, instructions and problems are places to go to", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(`${THREE}LABLE a=b\n`);
  const palette = page.getByTestId("picker");
  for (const [words, focused] of [
    ["builder", '.react-flow__node:has([data-stage-name="builder"])'],
    ["golang:1.19", '.react-flow__node:has([data-ref="golang:1.19"])'],
    ["go build app", '[data-stage-name="builder"] [data-instruction="2"]'],
  ] as const) {
    await page.keyboard.press("Control+k");
    await palette.getByRole("combobox").fill(words);
    await page.keyboard.press("Enter");
    await expect(page.locator(focused)).toBeFocused();
  }
  await page.keyboard.press("Control+k");
  await palette.getByRole("combobox").fill("unknown lable");
  await expect(palette.getByRole("option")).toHaveText(/unknown instruction: LABLE/);
  await page.keyboard.press("Enter");
  await expect(editor.tab("Problems")).toHaveAttribute("aria-selected", "true");
});

test("the search lights what it finds and goes from one to the next, moving no further than needed", async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.openText(THREE);
  await editor.settled();
  const viewport = page.locator(".react-flow__viewport");
  const before = await viewport.getAttribute("style");
  await page.keyboard.press("/");
  const search = page.getByTestId("search");
  await expect(search.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("/app");
  await expect(search.locator("output")).toHaveText("3");
  await expect(editor.row(1, 2)).toHaveAttribute("data-found", "true");
  await expect(editor.row(2, 1)).toHaveAttribute("data-found", "true");
  await expect(editor.row(2, 2)).toHaveAttribute("data-found", "true");
  await expect(page.locator("li[data-found]")).toHaveCount(3);

  await page.keyboard.press("Enter");
  await expect(search.locator("output")).toHaveText("1 of 3");
  await expect(editor.row(1, 2)).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Enter");
  await expect(editor.row(2, 1)).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Shift+Enter");
  await expect(search.locator("output")).toHaveText("1 of 3");
  // All of it was in view from the start.
  await editor.settled();
  expect(await viewport.getAttribute("style")).toBe(before);

  await search.getByRole("searchbox").fill("nowhere");
  await expect(search.locator("output")).toHaveText("none");
  await expect(page.locator("[data-found]")).toHaveCount(0);
  await search.getByRole("searchbox").fill("alpine");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(search).toHaveCount(0);
  await expect(page.locator('.react-flow__node:has([data-stage-index="2"])')).toBeFocused();
  await expect(page.locator("[data-found]")).toHaveCount(0);
});

test("? shows every key that there is", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await page.keyboard.press("?");
  const overview = page.getByRole("dialog", { name: "Keys" });
  await expect(overview).toContainText("Add stage");
  await expect(overview).toContainText("Along an edge to what it comes from");
  await expect(overview.locator("dl > div").filter({ hasText: "Redo" }).locator("kbd")).toHaveText([
    "Ctrl+Shift+Z",
    "Ctrl+Y",
  ]);
  await page.keyboard.press("Escape");
  await expect(overview).toHaveCount(0);
});
