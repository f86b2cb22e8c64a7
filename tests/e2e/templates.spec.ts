import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectClean } from "./axe";
import { Editor } from "./editor";
import { expect, test } from "./fixtures";

const WINDOWS = "FROM busybox AS windows\r\nRUN true\r\n";
const LF = WINDOWS.replaceAll("\r\n", "\n");

const dockerfile = (id: string) => readFile(join("examples", id, "Dockerfile"), "utf8");
const cards = (page: Page) => page.getByTestId("template-card");

/** An empty document, as the start page makes it. */
async function openEmpty(page: Page): Promise<Editor> {
  await page.goto("/");
  await page.getByTestId("start-empty").click();
  await expect(page.getByTestId("starting-points")).toBeVisible();
  await expect(page).toHaveURL(/\/d\//);
  return new Editor(page);
}

test("a template is found by what it is made with, and opened by keyboard", async ({ page }) => {
  await page.goto("/");
  const all = await (await page.request.get("/api/templates")).json();
  await expect(cards(page)).toHaveCount(all.length);
  await page.getByTestId("template-search").fill("java maven");
  await expect(cards(page)).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(cards(page)).toBeFocused();
  await page.keyboard.press("Enter");

  const editor = new Editor(page);
  await editor.ready();
  await expect(editor.stages()).toHaveCount(4);
  await editor.expectText(await dockerfile("java-maven"));
  expect((await editor.view()).context?.files).toBe(4);
});

test("a search that finds nothing says so", async ({ page }) => {
  await page.goto("/");
  await page.getByTestId("template-search").fill("cobol");
  await expect(page.getByText("No template has all of these words.")).toBeVisible();
  await expect(cards(page)).toHaveCount(0);
});

test("an empty document takes a template in: text, files and title; undo empties it again", async ({
  page,
}) => {
  const editor = await openEmpty(page);
  const { id } = editor;
  await page.getByRole("button", { name: "Start from a template" }).click();
  await page.locator('[data-template="go"]').click();
  await editor.ready();
  expect(editor.id).toBe(id);
  await editor.expectText(await dockerfile("go"));
  await expect.poll(async () => (await editor.view()).title).toBe("Go");
  expect((await editor.view()).context).toMatchObject({ name: "Go", files: 4 });
  await editor.tab("Context").click();
  await expect(
    page.getByRole("region", { name: "Files of the build context" }).getByText("main_test.go"),
  ).toBeVisible();
  await editor.undo();
  await editor.expectText("");
  await expect(page.getByTestId("starting-points")).toBeVisible();
});

test("an empty document takes a pasted Dockerfile, its line endings kept for the way out", async ({
  page,
}) => {
  const editor = await openEmpty(page);
  await page.getByRole("button", { name: "Paste a Dockerfile" }).click();
  // As a paste arrives: a field turns CRLF into LF.
  await page.getByTestId("paste-dockerfile").fill(LF);
  await expect(page.getByText("1 stage", { exact: true })).toBeVisible();
  await page.getByTestId("open-pasted").click();
  await editor.ready();
  await editor.expectText(LF);
});

test("Ctrl+V on an empty canvas pastes a Dockerfile", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const editor = await openEmpty(page);
  await page.evaluate((text) => navigator.clipboard.writeText(text), WINDOWS);
  await page.locator(".react-flow__pane").click();
  await page.keyboard.press("Control+V");
  await editor.ready();
  await editor.expectText(LF);
  await expect.poll(async () => (await editor.view()).format).toEqual({ eol: "crlf", bom: false });
});

test("an empty document opens a file from the disk", async ({ page }, info) => {
  const editor = await openEmpty(page);
  await mkdir(info.outputDir, { recursive: true });
  const file = info.outputPath("Dockerfile");
  await writeFile(file, WINDOWS);
  await page.getByTestId("open-file").setInputFiles(file);
  await editor.ready();
  await editor.expectText(LF);
  await expect.poll(async () => (await editor.view()).format).toEqual({ eol: "crlf", bom: false });
});

test("a document that holds something stays when a new one is begun from a template", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText("FROM busybox AS mine\n");
  const { id } = editor;
  await page.keyboard.press("Control+K");
  await expect(page.getByTestId("picker").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("new from template");
  await expect(page.getByTestId("picker").getByRole("option").first()).toContainText(/new from template/i);
  await page.keyboard.press("Enter");
  await page.getByTestId("template-search").fill("rust");
  await page.locator('[data-template="rust"]').click();
  await expect(editor.stages()).toHaveCount(4);
  expect(editor.id).not.toBe(id);
  await editor.expectText(await dockerfile("rust"));
  expect((await (await page.request.get(`/api/documents/${id}`)).json()).text).toBe("FROM busybox AS mine\n");
});

test("the ways to begin pass axe", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await openEmpty(page);
  const points = page.getByTestId("starting-points");
  await expectClean(page, "ways to begin", '[data-testid="starting-points"]');
  await points.getByRole("button", { name: "Start from a template" }).click();
  await expect(cards(page).first()).toBeVisible();
  await expectClean(page, "templates", '[role="dialog"]');
});
