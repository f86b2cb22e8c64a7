/** Whether what a document took comes back when it is closed. */
import type { CDPSession, Page } from "@playwright/test";

/** Opens and closes before the first look: what is loaded once for all documents is there then. */
const WARM = 10;

/**
 * Within one page: from the list of documents into one and back. The page itself does it, since whoever drives a page
 * from outside holds the elements that it was told of, and all that they stood in.
 */
export async function memory(page: Page, id: string, opens: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.goto("/");
  await visit(page, id, WARM);
  const before = await held(session);
  await visit(page, id, opens);
  const after = await held(session);
  for (const what of ["heap, MB", "nodes", "listeners"] as const)
    console.log(`  ${what}: ${before[what]} before, ${after[what]} after ${opens} opens and closes`);
}

const visit = (page: Page, id: string, times: number) =>
  page.evaluate(
    async ([link, left]) => {
      const there = async (selector: string): Promise<HTMLElement> => {
        for (;;) {
          const element = document.querySelector<HTMLElement>(selector);
          if (element) return element;
          await new Promise((soon) => setTimeout(soon, 20));
        }
      };
      for (let each = 0; each < left; each++) {
        (await there(link)).click();
        await there('[data-testid="canvas"][data-ready="true"]');
        await there(".monaco-editor .view-line");
        (await there('[aria-label="Stagecraft: start page"]')).click();
        await there(link);
      }
    },
    [`a[href="/d/${id}"]`, times] as const,
  );

/** What is still referred to, as the browser counts it. */
async function held(session: CDPSession) {
  for (let each = 0; each < 3; each++) await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
  return {
    "heap, MB": (of("JSHeapUsedSize") / 1e6).toFixed(1),
    nodes: `${of("Nodes")}`,
    listeners: `${of("JSEventListeners")}`,
  };
}
