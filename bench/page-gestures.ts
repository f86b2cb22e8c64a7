/** What is done to a page and what it costs its main thread, as the browser itself accounts for it. */
import type { CDPSession, Page } from "@playwright/test";

const frames = (page: Page, count: number) =>
  page.evaluate(
    (left) =>
      new Promise<void>((done) => {
        const next = (rest: number): void =>
          void requestAnimationFrame(() => (rest > 1 ? next(rest - 1) : done()));
        next(left);
      }),
    count,
  );

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((each) => each.name === name)!.value;
}

/** Milliseconds of main-thread tasks of each key typed in the middle of the text, until it is painted. */
export async function keystrokes(page: Page, session: CDPSession, keys: number): Promise<number[]> {
  await page.locator(".monaco-editor .view-line").nth(8).click();
  await page.keyboard.press("End");
  await frames(page, 30);
  const costs: number[] = [];
  for (let key = 0; key < keys; key++) {
    const before = await metric(session, "TaskDuration");
    await page.keyboard.press(key % 2 === 0 ? "x" : "Backspace");
    await frames(page, 2);
    costs.push(((await metric(session, "TaskDuration")) - before) * 1000);
  }
  return costs;
}

/** Frames a second that the page draws from now on. */
export const framesFor = (page: Page, seconds: number): Promise<number> =>
  page.evaluate(
    (ms) =>
      new Promise<number>((done) => {
        let drawn = 0;
        const start = performance.now();
        const next = () => {
          drawn++;
          const passed = performance.now() - start;
          if (passed < ms) requestAnimationFrame(next);
          else done((drawn * 1000) / passed);
        };
        requestAnimationFrame(next);
      }),
    seconds * 1000,
  );

/** Frames a second while the wheel pans and zooms for `seconds`. */
export async function framesWhile(page: Page, how: "pan" | "zoom", seconds: number): Promise<number> {
  const box = (await page.locator(".react-flow__pane").boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const counted = framesFor(page, seconds);
  if (how === "zoom") await page.keyboard.down("Control");
  const until = performance.now() + seconds * 1000;
  for (let turn = 0; performance.now() < until; turn++) {
    const there = Math.floor(turn / 20) % 2 === 0 ? 1 : -1;
    await page.mouse.wheel(how === "pan" ? 24 * there : 0, 24 * there);
  }
  if (how === "zoom") await page.keyboard.up("Control");
  return counted;
}
