/** Split here: rows become a stage of their own, and what the rest needs of them is copied over. And back. */
import type { Page } from "@playwright/test";
import { Editor } from "./editor";
import { expect, testOnOnePage as test } from "./fixtures";

const ONE = `FROM golang:1.19
WORKDIR /src
COPY go.mod main.go ./
RUN go build -o /app .
CMD ["/app"]
`;

async function splitRows(page: Page, first: number, last: number, text = ONE): Promise<Editor> {
  const editor = new Editor(page);
  await editor.openKept(text);
  await editor.settled();
  await editor.row(0, first).click();
  await editor.row(0, last).click({ modifiers: ["Shift"] });
  await editor.row(0, last).focus();
  await page.keyboard.press("s");
  await expect(form(page).getByLabel("Name", { exact: true })).toBeFocused();
  return editor;
}

const form = (page: Page) => page.getByTestId("extraction-form");

const SPLIT = `FROM golang:1.19 AS compile
WORKDIR /src
COPY go.mod main.go ./
RUN go build -o /app .

FROM golang:1.19
COPY --from=compile /app /app
CMD ["/app"]
`;

test("the rows of a build become a stage, of which only what is named is copied over", async ({ page }) => {
  const editor = await splitRows(page, 1, 3);
  await page.keyboard.type("compile");
  await expect(form(page)).toContainText("line 4 (RUN) writes there; line 5 (CMD) names it");
  await expect(form(page).getByLabel("Path 1")).toHaveValue("/app");
  // The sources are offered too, and not wanted: nothing else names them.
  await expect(form(page).getByRole("checkbox", { name: "Copy /src/" })).not.toBeChecked();
  const preview = form(page).getByRole("region", { name: "What the text becomes" });
  await expect(preview).toContainText("added COPY --from=compile /app /app");
  await expect(preview).not.toContainText("/src/ /src/");
  await page.keyboard.press("Escape");
  await editor.expectText(ONE);
});

test("as it is written, in one step; and it can be taken back", async ({ page }) => {
  const editor = await splitRows(page, 1, 3);
  await page.keyboard.type("compile");
  await form(page).getByRole("button", { name: "Split", exact: true }).click();
  await editor.expectText(SPLIT);
  await expect(editor.stages()).toHaveCount(2);
  await expect(editor.edges("copy")).toHaveCount(1);
  await editor.undo();
  await editor.expectText(ONE);
});

test("a path can be another, or one more", async ({ page }) => {
  const editor = await splitRows(page, 1, 3);
  await page.keyboard.type("compile");
  await form(page).getByLabel("Path 1").fill("/out/app");
  await form(page).getByRole("button", { name: "Add a path" }).click();
  await form(page).getByLabel("Path 3").fill("relative");
  await expect(form(page).getByTestId("extraction-problem")).toContainText("absolute");
  await form(page).getByLabel("Path 3").fill("/etc/my app");
  await page.keyboard.press("Enter");
  await editor.expectText(
    SPLIT.replace("/app /app", '/out/app /out/app\nCOPY --from=compile ["/etc/my app", "/etc/my app"]'),
  );
});

test("a name that is taken, or a stage left empty, is refused with the reason", async ({ page }) => {
  const two = `${ONE}\nFROM alpine:3.20 AS other\nRUN true\n`;
  const editor = await splitRows(page, 1, 3, two);
  await page.keyboard.type("other");
  await expect(form(page).getByTestId("extraction-problem")).toContainText("other");
  await expect(form(page).getByRole("button", { name: "Split", exact: true })).toBeDisabled();
  await page.keyboard.press("Escape");
  await editor.row(0, 1).click();
  await editor.row(0, 4).click({ modifiers: ["Shift"] });
  await page.keyboard.press("s");
  await expect(form(page).getByTestId("extraction-problem")).toContainText("Nothing would be left");
  await page.keyboard.press("Escape");
  await editor.expectText(two);
});

test("rows from the middle leave those before them in a base for both; inlined, that base is gone again", async ({
  page,
}) => {
  const editor = await splitRows(page, 3, 3);
  await page.keyboard.type("compile");
  await expect(form(page)).toContainText('What stands before it is now stage "compile-base"');
  await page.keyboard.press("Enter");
  const three = `FROM golang:1.19 AS compile-base
WORKDIR /src
COPY go.mod main.go ./

FROM compile-base AS compile
RUN go build -o /app .

FROM compile-base
COPY --from=compile /app /app
CMD ["/app"]
`;
  await editor.expectText(three);
  await editor.settled();
  await editor.stage(0).getByTestId("stage-name").click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Inline/ }).click();
  await editor.expectText(
    three
      .replace("FROM golang:1.19 AS compile-base\nWORKDIR /src\nCOPY go.mod main.go ./\n\n", "")
      .replaceAll(
        "FROM compile-base AS compile\n",
        "FROM golang:1.19 AS compile\nWORKDIR /src\nCOPY go.mod main.go ./\n",
      )
      .replace("FROM compile-base\n", "FROM golang:1.19\nWORKDIR /src\nCOPY go.mod main.go ./\n"),
  );
  await editor.undo();
  await editor.expectText(three);
});
