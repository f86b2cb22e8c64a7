import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * A bar of the timeline is as wide as its step took long. The step's row on its card does the same, which is what
 * WCAG 2.2, 2.5.8 asks of a target so small.
 */
const BAR = /^<button[^>]* data-kind="/;

/** What axe finds wrong with the page as it is now, or with a part of it, in either theme: nothing. */
export async function expectClean(page: Page, what: string, part = "body"): Promise<void> {
  expect.soft(await found(page, new AxeBuilder({ page }).withTags(TAGS), part), what).toEqual([]);
  // The dark theme has other colours and nothing else of its own.
  await page.emulateMedia({ colorScheme: "dark" });
  const contrast = new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]);
  expect.soft(await found(page, contrast, part), `${what}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}

async function found(page: Page, axe: AxeBuilder, part: string): Promise<string[]> {
  // What moves in is not yet what it will look like.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {}))),
  );
  // There are no frames: nothing is to be gathered from several pages.
  const { violations } = await axe.include(part).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes
      .filter(({ html }) => !(id === "target-size" && BAR.test(html)))
      .map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary}`),
  );
}
