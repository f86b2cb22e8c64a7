/** Everything without a pointer: moving about, editing and drawing edges, with the text asserted byte for byte. */
import type { Page } from "@playwright/test";
import { Editor, GO_HELLO } from "./editor";
import { expect, test } from "./fixtures";

const STAGES = `FROM golang:1.19 AS deps
COPY go.mod ./

FROM deps AS builder
COPY main.go ./
RUN go build -o /app .

FROM alpine:3.20 AS final
CMD ["/app"]
`;

/** Presses one key after the other. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const card = (page: Page, name: string) => page.locator(`.react-flow__node:has([data-stage-name="${name}"])`);

test("arrows lead through cards and rows and along edges, and the focus is seen", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await press(page, "ArrowDown");
  await expect(card(page, "builder")).toBeFocused();
  await expect(card(page, "builder")).toHaveCSS("outline-style", "solid");
  await press(page, "ArrowDown");
  await expect(editor.row(0, 1)).toBeFocused();
  await expect(editor.row(0, 1)).toHaveCSS("outline-style", "solid");
  await press(page, "ArrowLeft", "ArrowRight");
  // From builder along its only edge: to the COPY that takes its files.
  await expect(editor.row(1, 1)).toBeFocused();
  await press(page, "ArrowLeft");
  await expect(card(page, "builder")).toBeFocused();
  await press(page, "ArrowLeft");
  await expect(page.locator('.react-flow__node:has([data-ref="golang:1.19"])')).toBeFocused();
  await press(page, "Home");
  await expect(card(page, "builder")).toBeFocused();
  // A row leaves to its card, the card to nothing.
  await press(page, "ArrowDown", "Escape");
  await expect(card(page, "builder")).toBeFocused();
  await expect(page.locator('[aria-current="true"]')).toHaveCount(0);
});

test("Enter edits: a card its name, a copy its paths", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await press(page, "ArrowDown", "Enter");
  await page.keyboard.type("compile");
  await press(page, "Enter");
  const renamed = GO_HELLO.replaceAll("builder", "compile");
  await editor.expectText(renamed);
  await expect(card(page, "compile")).toBeFocused();

  await press(page, "ArrowRight", "Enter");
  const form = page.getByTestId("paths-form");
  await form.getByLabel("Copy", { exact: true }).fill("/app /etc/app.conf");
  await form.getByLabel("to", { exact: true }).fill("/app/");
  await press(page, "Enter");
  await editor.expectText(renamed.replace("compile /app /app", "compile /app /etc/app.conf /app/"));
});

test("an edge is drawn: files, a base, a mount", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(STAGES);
  const picker = page.getByTestId("picker");
  const connectFrom = async (name: string, kind: string, target: string) => {
    await card(page, name).focus();
    await press(page, "c");
    await expect(picker).toBeVisible();
    await page.keyboard.type(kind);
    await press(page, "Enter");
    await expect(picker.getByRole("combobox")).toHaveValue("");
    await page.keyboard.type(target);
    await press(page, "Enter");
    await expect(picker).toHaveCount(0);
  };

  await connectFrom("builder", "copy", "final");
  const form = page.getByTestId("paths-form");
  await expect(form.getByLabel("Copy", { exact: true })).toBeFocused();
  await form.getByLabel("Copy", { exact: true }).fill("/app");
  await form.getByLabel("to", { exact: true }).fill("/usr/bin/app");
  await press(page, "Enter");
  const copied = STAGES.replace("AS final\n", "AS final\nCOPY --from=builder /app /usr/bin/app\n");
  await expect(form).toHaveCount(0);
  await expect
    .poll(async () => (await editor.view()).text)
    .toContain("COPY --from=builder /app /usr/bin/app");
  const withCopy = (await editor.view()).text;
  expect([copied, STAGES.replace('"/app"]\n', '"/app"]\nCOPY --from=builder /app /usr/bin/app\n')]).toContain(
    withCopy,
  );

  await connectFrom("deps", "build on", "final");
  const based = withCopy.replace("FROM alpine:3.20 AS final", "FROM deps AS final");
  await editor.expectText(based);
  await expect(card(page, "final")).toBeFocused();
});

test("what can't be drawn says why, and what helps is one choice away", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO.replace("FROM alpine:3.20", "FROM alpine:3.20 AS final"));
  await card(page, "final").focus();
  await press(page, "c");
  const picker = page.getByTestId("picker");
  await expect(picker).toBeVisible();
  await press(page, "Enter");
  const target = picker.getByRole("option").first();
  await expect(target).toContainText("0 builder");
  // builder gives its files to final already: the other way round would be a circle.
  await expect(target).toContainText("circle");
  await press(page, "Enter");
  await expect(picker.getByRole("status")).toContainText("circle");
  // One level after the other, and back to where it began.
  await press(page, "Escape");
  await expect(picker.getByRole("option")).toHaveCount(3);
  await press(page, "Escape");
  await expect(picker).toHaveCount(0);
  await expect(card(page, "final")).toBeFocused();

  // A later stage can't be copied from; moved up it can.
  await editor.openText("FROM alpine AS first\nRUN true\n\nFROM alpine AS second\nRUN touch /file\n");
  await card(page, "second").focus();
  await press(page, "c");
  await expect(picker).toBeVisible();
  await press(page, "Enter");
  await expect(picker.getByRole("option").first()).toContainText("Move second above first");
  await press(page, "Enter");
  const refusal = page.getByTestId("refusal");
  await expect(refusal).toBeFocused();
  await press(page, "Tab", "Enter");
  await expect(refusal).toHaveCount(0);
  await expect
    .poll(async () => (await editor.view()).text)
    .toMatch(/^FROM alpine AS second\nRUN touch \/file\n/);
});

test("the focus stays on the canvas when what had it is removed", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(STAGES);
  await press(page, "ArrowDown");
  await editor.row(1, 2).focus();
  await press(page, "Space", "Delete");
  const without = STAGES.replace("RUN go build -o /app .\n", "");
  await editor.expectText(without);
  await expect(editor.row(1, 1)).toBeFocused();
  // The last stage, that nobody needs: the one before it is next.
  await card(page, "final").focus();
  await press(page, "Space", "Delete");
  await expect(page.getByRole("dialog")).toContainText("final");
  await press(page, "Enter");
  await expect(editor.stages()).toHaveCount(2);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.matches(".react-flow__node")))
    .toBe(true);
  // A stage that others need: asked first, and the focus comes back from the question.
  await card(page, "deps").focus();
  await press(page, "Space", "Delete");
  await expect(page.getByRole("dialog")).toBeVisible();
  await press(page, "Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest(".react-flow__node") !== null))
    .toBe(true);
});

test("Tab leads from the header over the canvas and the text to the build, and F6 from part to part", async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.openText(STAGES);
  const part = () =>
    page.evaluate(() => {
      const pane = document.activeElement?.closest("[data-pane]");
      return pane?.getAttribute("aria-label") ?? pane?.tagName.toLowerCase() ?? "none";
    });
  const parts: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  let cards = 0;
  for (let presses = 0; presses < 60 && parts.at(-1) !== "Build"; presses++) {
    await press(page, "Tab");
    // The text takes Tab; Escape leads out of it.
    if (await page.evaluate(() => document.activeElement?.closest(".monaco-editor") !== null)) {
      await expect(page.getByText("Esc leaves the text")).toBeVisible();
      await press(page, "Escape");
    }
    if (await page.evaluate(() => document.activeElement?.matches(".react-flow__node"))) cards++;
    const now = await part();
    if (now !== "none" && parts.at(-1) !== now) parts.push(now);
  }
  expect(parts).toEqual(["header", "Stages", "Dockerfile", "Build"]);
  expect(cards).toBe(1);

  const visited: string[] = [];
  for (let n = 0; n < 4; n++) {
    await press(page, "F6");
    visited.push(await part());
  }
  expect(visited).toEqual(["header", "Stages", "Dockerfile", "Build"]);
  await press(page, "Shift+F6");
  expect(await part()).toBe("Dockerfile");
  // Whoever comes to the text without having been there writes at its beginning.
  await page.keyboard.type("# top ");
  await editor.expectText(`# top ${STAGES}`);
});

test("cards are moved with Shift and arrows, as a step that can be undone", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(STAGES);
  await press(page, "ArrowDown");
  const before = await editor.places();
  await press(page, "Shift+ArrowRight");
  await expect.poll(async () => (await editor.places())["stage 0"]).not.toBe(before["stage 0"]);
  await press(page, "Control+z");
  await expect.poll(() => editor.places()).toEqual(before);
});

test("the list is equal to the graph: the same stages, edges, selection and commands", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await press(page, "ArrowDown", "ArrowDown", "l");
  const list = page.getByTestId("outline");
  // The same row has the focus and is selected.
  const first = list.getByTestId("outline-row").first();
  await expect(first).toBeFocused();
  await expect(first).toHaveAttribute("aria-pressed", "true");
  await expect(list.getByTestId("outline-stage")).toHaveCount(2);
  await expect(list.getByRole("list", { name: "builder gives" })).toHaveText(
    /COPY \/app → \/app\s*in\s*stage-1/,
  );
  await expect(list.getByRole("list", { name: "stage-1 takes" }).getByTestId("outline-edge")).toHaveText([
    "FROM",
    "COPY /app → /app",
  ]);
  // Nothing of the drawn graph is left to be read or reached.
  await expect(page.locator(".react-flow__node").first())
    .not.toBeInViewport({ ratio: 1 })
    .catch(() => {});
  await page.evaluate(() => document.querySelector<HTMLElement>(".react-flow__node")?.focus());
  await expect(first).toBeFocused();

  await press(page, "Escape", "F2");
  await list.getByRole("textbox").fill("compile");
  await press(page, "Enter");
  const renamed = GO_HELLO.replaceAll("builder", "compile");
  await editor.expectText(renamed);
  await expect(list.getByRole("button", { name: "Stage 0, compile" })).toBeFocused();

  // Along the edge, and its paths, in place.
  await press(page, "ArrowRight", "Enter");
  const form = page.getByTestId("paths-form");
  await form.getByLabel("to", { exact: true }).fill("/bin/app");
  await press(page, "Enter");
  const moved = renamed.replace("/app /app", "/app /bin/app");
  await editor.expectText(moved);
  await expect(list.locator('[data-testid="outline-row"][data-instruction="1"]').nth(1)).toBeFocused();
  await press(page, "ArrowDown", "Delete");
  await editor.expectText(moved.replace('CMD ["/app"]\n', ""));
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest("[data-list]") !== null))
    .toBe(true);

  await page.getByRole("button", { name: "Graph", exact: true }).click();
  await expect(list).toHaveCount(0);
  await expect(editor.stage(0)).toBeVisible();
});
