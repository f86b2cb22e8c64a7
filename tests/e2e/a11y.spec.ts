/** What axe finds wrong, which is nothing: in both themes, wide and narrow, on every page and what stands over it. */
import { expectClean } from "./axe";
import { Editor, GO_HELLO } from "./editor";
import { expect, test } from "./fixtures";

/** What stands over a page is looked at by itself: the page under it was before. */
const PICKER = '[data-testid="picker"]';

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test.describe(`${width} px wide`, () => {
    test.use({ colorScheme: "light", viewport: { width, height } });
    const narrow = width < 860;

    test("start page", async ({ page }) => {
      await page.goto("/");
      await expect(page.getByTestId("template-card").first()).toBeVisible();
      await expectClean(page, "start page");
    });

    test("editor, and what stands over it", async ({ page }) => {
      await new Editor(page).goTo(GO_HELLO);
      await expectClean(page, "canvas");
      for (const pane of narrow ? ["Dockerfile", "Build"] : []) {
        await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: pane }).click();
        await expectClean(page, pane);
      }
      if (narrow)
        await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Canvas" }).click();
      await expect(page.locator('[data-canvas][data-ready="true"]')).toBeVisible();

      await page.getByTestId("palette-button").click();
      await expect(page.getByTestId("picker")).toBeVisible();
      await expectClean(page, "palette", PICKER);
      await page.getByRole("combobox").fill("app");
      await expectClean(page, "palette with places", PICKER);
      await page.keyboard.press("Escape");

      await page.locator(".react-flow__node").first().focus();
      await page.keyboard.press("?");
      await expect(page.getByTestId("key-overview")).toBeVisible();
      await expectClean(page, "keys", '[data-testid="key-overview"]');
      await page.keyboard.press("Escape");

      await page.locator('.react-flow__node:has([data-stage-index="0"])').focus();
      await page.keyboard.press("c");
      await expect(page.getByTestId("picker")).toBeVisible();
      await expectClean(page, "connecting", PICKER);
      await page.keyboard.press("Escape");

      await page.keyboard.press("/");
      await page.getByRole("searchbox").fill("app");
      await expectClean(page, "search", '[data-testid="search"]');
      await page.keyboard.press("Escape");

      await page.getByRole("button", { name: "List", exact: true }).click();
      await expect(page.getByTestId("outline")).toBeVisible();
      await expectClean(page, "list", '[data-testid="outline"]');
      await page.getByRole("button", { name: "Graph", exact: true }).click();

      await page.getByRole("button", { name: "Share" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectClean(page, "share", '[role="dialog"]');
    });

    test("a finished build, in every tab, and the shared page", async ({ page, otherPage }) => {
      await page.goto("/");
      await page
        .getByTestId("template-card")
        .filter({ has: page.getByText("Go: hello world", { exact: true }) })
        .click();
      await expect(page.locator('[data-canvas][data-ready="true"]')).toBeVisible();
      await page.getByTestId("build-button").click();
      await expect(page.locator('[data-testid="stage-card"][data-status="ships"]')).toBeVisible({
        timeout: 80_000,
      });
      await expectClean(page, "canvas after the build");
      if (narrow)
        await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Build" }).click();
      const tabs = page.getByRole("region", { name: "Build" }).getByRole("tab");
      for (let nth = 0; nth < (await tabs.count()); nth++) {
        await tabs.nth(nth).click();
        await expectClean(page, `tab ${await tabs.nth(nth).textContent()}`, '[aria-label="Build"]');
      }
      const id = new URL(page.url()).pathname.split("/").at(-1);
      const link = await page.evaluate(
        async (document_) => (await fetch(`/api/documents/${document_}/links`, { method: "POST" })).json(),
        id,
      );
      await otherPage.setViewportSize({ width, height });
      await otherPage.goto(`/s/${link.token}`);
      await expect(otherPage.locator('[data-canvas][data-ready="true"]')).toBeVisible();
      await expectClean(otherPage, "shared page");
    });
  });
}

test("a finger finds what it is to press: at least 24 pixels, on a narrow page too", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    baseURL,
    hasTouch: true,
    isMobile: true,
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await new Editor(page).goTo(GO_HELLO);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a[href], input, [role=tab]")]
      .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((each) => !each.closest(".react-flow__viewport"))
      .map((each) => ({ box: each.getBoundingClientRect(), name: each.ariaLabel ?? each.textContent }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ box, name }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
  );
  expect(small).toEqual([]);
  // Nothing is cut off at the side.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await context.close();
});

test("forced colours leave what is selected, focused and drawn to be seen", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await page.locator('.react-flow__node:has([data-stage-index="0"])').focus();
  await page.keyboard.press("Space");
  await expect(editor.stage(0)).toHaveCSS("outline-style", "solid");
  await page.keyboard.press("Control+k");
  const option = page.getByRole("option").first();
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(option).toHaveCSS("outline-style", "solid");
});

test("who wants less motion gets none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await page.keyboard.press("Shift+T");
  await page.keyboard.press("Control+k");
  await expect(page.getByTestId("picker")).toBeVisible();
  const slow = await page.evaluate(
    () =>
      document.getAnimations().filter((each) => Number(each.effect?.getComputedTiming().duration ?? 0) > 1)
        .length,
  );
  expect(slow).toBe(0);
});
