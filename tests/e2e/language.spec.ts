import type { Page } from "@playwright/test";
import { Editor } from "./editor";
import { expect, testOnOnePage as test } from "./fixtures";

const SERVICE = `ARG ALPINE=3.20

FROM golang:1.22 AS builder
ARG FLAGS=-trimpath
RUN go build $FLAGS -o /app .

FROM alpine:$ALPINE
COPY --from=builder /app /app
CMD ["/app"]
`;

/** Puts the cursor between two letters of the text, as a click there would. */
async function cursorAt(page: Page, line: number, column: number): Promise<void> {
  await page.locator(".monaco-editor .view-lines").click();
  await page.keyboard.press("Control+Home");
  for (let down = 1; down < line; down++) await page.keyboard.press("ArrowDown");
  for (let right = 1; right < column; right++) await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("cursor-place")).toHaveText(`Ln ${line}, Col ${column}`);
}

const suggestions = (page: Page) => page.locator(".suggest-widget.visible .monaco-list-row");
const word = (page: Page, text: string) => page.locator(".view-line span span", { hasText: text }).last();

test("a stage's name is offered where files are taken from, and written", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(SERVICE);
  await editor.typeAtEnd("COPY --from=");
  await expect(suggestions(page).first()).toContainText("builder");
  await expect(suggestions(page).last()).toContainText("alpine:3.20");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" /app /bin/app");
  await editor.expectText(`${SERVICE}COPY --from=builder /app /bin/app`);
  // Two between the same stages are one bundle, open while the cursor is in a line of it.
  await expect(editor.edges("copy")).toHaveCount(2);
});

test("a hover says what a variable is worth at its line", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(SERVICE);
  const hover = page.locator(".monaco-hover:visible");
  await word(page, "$FLAGS").hover();
  await expect(hover).toContainText("FLAGS=-trimpath");
  await page.mouse.move(5, 5);
  await word(page, "$ALPINE").hover();
  await expect(hover).toContainText("ALPINE=3.20");
});

test("renaming in the text takes every reference along, as one step", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(SERVICE);
  await cursorAt(page, 8, 15);
  await page.keyboard.press("F2");
  const field = page.locator(".rename-box input");
  await expect(field).toHaveValue("builder");
  await field.fill("compile");
  await page.keyboard.press("Enter");
  await editor.expectText(SERVICE.replaceAll("builder", "compile"));
  await expect(editor.stage(0)).toHaveAttribute("data-stage-name", "compile");

  await cursorAt(page, 4, 6);
  await page.keyboard.press("F2");
  await expect(field).toHaveValue("FLAGS");
  await field.fill("GOFLAGS");
  await page.keyboard.press("Enter");
  await editor.expectText(SERVICE.replaceAll("builder", "compile").replaceAll("FLAGS", "GOFLAGS"));
  await editor.undo();
  await editor.expectText(SERVICE.replaceAll("builder", "compile"));
  await editor.undo();
  await editor.expectText(SERVICE);
});

test("what a check finds is told, and its fix changes just that", async ({ page }) => {
  const editor = new Editor(page);
  const broken = SERVICE.replace("AS builder", "as builder").replace('["/app"]', "/app  --fast");
  await editor.openText(broken);
  await expect(page.getByTestId("code-pane").getByText("2 warnings")).toBeVisible();
  await expect(page.locator(".squiggly-warning")).toHaveCount(2);

  await editor.tab("Problems").click();
  const problems = page.getByTestId("problems");
  await expect(problems.getByText("FromAsCasing")).toBeVisible();
  await problems.getByRole("button", { name: 'Fix: Write "AS"' }).click();
  await editor.expectText(broken.replace("as builder", "AS builder"));
  await expect(problems.getByText("FromAsCasing")).toHaveCount(0);
  await problems.getByRole("button", { name: "Fix: Write it in JSON form" }).click();
  await editor.expectText(SERVICE.replace('["/app"]', '["/app", "--fast"]'));
  await expect(page.getByTestId("code-pane").getByText("No problems")).toBeVisible();
  await editor.undo();
  await expect(problems.getByText("JSONArgsRecommended")).toBeVisible();
});

test("a quick fix in the text does the same", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(SERVICE.replace("AS builder", "as builder"));
  await expect(page.locator(".squiggly-warning")).toHaveCount(1);
  await cursorAt(page, 3, 19);
  await page.keyboard.press("Control+.");
  await page.getByText('Write "AS"').click();
  await editor.expectText(SERVICE);
});

test("formatting evens out white space, and undo takes it back", async ({ page }) => {
  const editor = new Editor(page);
  const uneven = SERVICE.replace("FROM golang", "FROM   golang").replace(
    "\n\nFROM alpine",
    "\n\n\n\nFROM alpine",
  );
  await editor.openText(uneven);
  await page.getByRole("button", { name: "Format" }).click();
  await editor.expectText(SERVICE);
  await editor.undo();
  await editor.expectText(uneven);
  await page.locator(".monaco-editor .view-lines").click();
  await page.keyboard.press("Shift+Alt+F");
  await editor.expectText(SERVICE);
  await page.keyboard.press("Control+Z");
  await editor.expectText(uneven);
});
