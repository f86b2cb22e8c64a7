/** The pictures of README.md, taken of a real build. `npm run screenshots` puts them into docs/. */
import { join, resolve } from "node:path";
import { Editor } from "./editor";
import { expect, test } from "./fixtures";

const root = resolve(import.meta.dirname, "../..");
const folder = process.env.STAGECRAFT_SCREENSHOTS ? "docs" : "test-results/screenshots";

test("a built document looks as README.md shows it, in light and dark", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openTemplate("Go: hello world");
  await page.getByRole("button", { name: "Fit all in view" }).click();
  await editor.build();
  for (const stage of [0, 1]) await editor.expectBuilt(stage);
  await editor.tab("Sizes").click();
  await expect(page.getByTestId("sizes")).toBeVisible();
  await page.mouse.move(5, 5);
  const taken = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForTimeout(500);
    const path = join(root, folder, `screenshot-${colorScheme}.png`);
    taken.push(await page.screenshot({ path }));
  }
  // Monaco is drawn in colours of its own, which have to follow.
  expect(await page.locator(".monaco-editor-background").first().evaluate(backgroundOf)).toBe(
    await page.getByTestId("code-pane").evaluate(backgroundOf),
  );
  expect(taken[0]!.byteLength).toBeGreaterThan(30_000);
  expect(taken[0]!.equals(taken[1]!)).toBe(false);
});

const backgroundOf = (element: Element) => getComputedStyle(element).backgroundColor;
