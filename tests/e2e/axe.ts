import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * A bar of the timeline is as wide as its step took long. The step's row on its card does the same, which is what
 * WCAG 2.2, 2.5.8 asks of a target so small.
 */
const BAR = /^<button[^>]* data-kind="/;

/** What axe finds wrong with the page as it is now: nothing. */
export async function expectClean(page: Page, what: string): Promise<void> {
  // What moves in is not yet what it will look like.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {}))),
  );
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes
      .filter(({ html }) => !(id === "target-size" && BAR.test(html)))
      .map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary}`),
  );
  expect.soft(found, what).toEqual([]);
}
