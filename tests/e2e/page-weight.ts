/** What scripts a page of the product is sent, told from the browser's own record of what it loaded. */
import type { Page } from "@playwright/test";

/** Bytes as sent (gzipped) that the page which only shows a document may need until its graph is drawn. */
export const READING_LIMIT = 300_000;

export interface PageWeight {
  /** Bytes of scripts asked for until the canvas was drawn whole and in view. */
  untilDrawn: number;
  /** Those that came after it included. */
  all: number;
}

declare global {
  interface Window {
    drawnAt?: number;
  }
}

/** Before the page is opened: notes when its canvas is drawn. */
export async function watchDrawing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    performance.setResourceTimingBufferSize(1000);
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[data-testid="canvas"][data-ready="true"]')) return;
      window.drawnAt = performance.now();
      observer.disconnect();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
}

/** Once it has been opened. What the layout's worker loads is its own, and is not counted. */
export async function pageWeight(page: Page): Promise<PageWeight> {
  await page.waitForFunction(() => window.drawnAt !== undefined);
  return page.evaluate(() => {
    const scripts = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(
      ({ name }) => /\/_next\/static\/chunks\/[^/]+\.js|\/theme\.js$/.test(name),
    );
    const bytes = (some: PerformanceResourceTiming[]) =>
      some.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    return {
      untilDrawn: bytes(scripts.filter(({ startTime }) => startTime < window.drawnAt!)),
      all: bytes(scripts),
    };
  });
}
