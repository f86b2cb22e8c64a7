/**
 * The real page in Chromium, over a production build: what a link's page weighs, what a keystroke costs beside Monaco by
 * itself, how soon a very large file is open, how it pans and zooms beside plain React Flow with as many cards, and
 * whether memory comes back.
 */
import { cpus, loadavg } from "node:os";
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { browserPath } from "../scripts/test/programs.mjs";
import { pageWeight, READING_LIMIT, watchDrawing } from "../tests/e2e/page-weight";
import { startServer } from "../tests/e2e/server";
import { type Floor, serveFloor } from "./floor-server";
import { framesWhile, keystrokes } from "./page-gestures";
import { buildkitLike, veryLarge } from "./page-input";
import { memory } from "./page-memory";
import { median, spread } from "./statistics";

const KEYS = 40;
const SECONDS = 3;
const MONACO_WORKER = "monaco-editor/editor/editor.worker";
/** Waited for as locators: a handle of an element would keep the page that it was on. */
const DRAWN = '[data-testid="canvas"][data-ready="true"]';

/** @param opens how often a document is opened and closed before memory is looked at again */
export async function benchPage(runs: number, opens: number): Promise<void> {
  const server = await startServer({});
  const browser = await chromium.launch({
    executablePath: browserPath() ?? undefined,
    args: ["--no-sandbox"],
  });
  try {
    const page = await openBrowser(browser, server.url);
    await weigh(browser, page);
    const results = new Map<string, number[]>();
    const note = (what: string, value: number) => results.set(what, [...(results.get(what) ?? []), value]);
    const [small, large] = [await create(page, buildkitLike()), await create(page, veryLarge())];
    for (const id of [small, large]) await open(page, id);
    const floor = await serveFloor("page-monaco.ts", buildkitLike(), MONACO_WORKER);
    const plain = await openBrowser(browser, floor.url);
    for (let run = 0; run < runs; run++) {
      await measure(page, small, large, note);
      await measureMonaco(plain, floor, note);
    }
    await plain.context().close();
    floor.close();
    for (let run = 0; run < runs; run++) await measureFloor(browser, page, note);
    console.log(
      `the page, ${runs} runs on ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}: median (range)`,
    );
    for (const [what, values] of results)
      console.log(`  ${what.padEnd(56)} ${median(values).toFixed(1)} (${spread(values, 1)})`);
    if (opens > 0) await memory(page, small, opens);
  } finally {
    await browser.close();
    await server.remove();
  }
}

async function openBrowser(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  // Functions are named by what runs this file; the page does not know how.
  await page.addInitScript("globalThis.__name ??= (named) => named");
  await watchDrawing(page);
  await page.goto("/");
  return page;
}

/** Asks the server as the page itself would. */
const post = (page: Page, path: string, body: object) =>
  page.evaluate(
    async ([where, text]) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(where!, { method: "POST", headers, body: text! });
      return (await answer.json()) as { id: string; url: string };
    },
    [path, JSON.stringify(body)],
  );

const create = async (page: Page, text: string) => (await post(page, "/api/documents", { text })).id;

/** Fails, by the exit code, where the page of a link is above its limit. */
async function weigh(browser: Browser, page: Page): Promise<void> {
  const { url } = await post(page, `/api/documents/${await create(page, "FROM a\n")}/links`, {});
  const reader = await openBrowser(browser, new URL(url).origin);
  await reader.goto(url);
  const { untilDrawn } = await pageWeight(reader);
  await reader.waitForLoadState("networkidle");
  const { all } = await pageWeight(reader);
  const kB = (bytes: number) => (bytes / 1000).toFixed(1);
  const over = untilDrawn > READING_LIMIT;
  console.log(
    `a link's page, kB gzipped of scripts until it is drawn: ${kB(untilDrawn)} of ${READING_LIMIT / 1000}` +
      `${over ? "   ABOVE THE LIMIT" : ""}; with what comes after it ${kB(all)}`,
  );
  if (over) process.exitCode = 1;
  await reader.context().close();
}

/** Seconds from the page's load to the graph drawn. */
async function open(page: Page, id: string): Promise<number> {
  await page.goto(`/d/${id}`);
  await page.locator(DRAWN).first().waitFor({ timeout: 120_000 });
  await page.locator(".monaco-editor .view-line").first().waitFor({ timeout: 120_000 });
  await page.locator('[data-save="saved"]').first().waitFor({ timeout: 120_000 });
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    return (window.drawnAt! - navigation!.loadEventEnd) / 1000;
  });
}

type Note = (what: string, value: number) => void;

async function measure(page: Page, small: string, large: string, note: Note): Promise<void> {
  const session = await watchThread(page);
  for (const [what, id] of [
    ["49 stages, 600 lines", small],
    ["500 stages, 5,000 instructions", large],
  ] as const) {
    note(`${what}: open, s after load`, await open(page, id));
    await typeInto(page, session, what, note);
    for (const how of ["pan", "zoom"] as const)
      note(`${what}: ${how}, frames a second`, await framesWhile(page, how, SECONDS));
  }
  await session.detach();
}

async function watchThread(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  // What the thread itself has worked: on a busy machine the clock counts the work of others.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return session;
}

async function typeInto(page: Page, session: CDPSession, what: string, note: Note): Promise<void> {
  const costs = (await keystrokes(page, session, KEYS)).sort((a, b) => a - b);
  note(`${what}: keystroke, ms of main thread, median`, median(costs));
  note(`${what}: keystroke, ms of main thread, p95`, costs[Math.floor(costs.length * 0.95)]!);
}

/** Monaco by itself with the product's text and options, opened anew as the product is. */
async function measureMonaco(plain: Page, floor: Floor, note: Note): Promise<void> {
  await plain.goto(floor.url);
  await plain.locator(".monaco-editor .view-line").first().waitFor();
  const session = await watchThread(plain);
  await typeInto(plain, session, "Monaco alone, 600 lines", note);
  await session.detach();
}

/** Plain React Flow with the cards and edges that the product shows now. */
async function measureFloor(browser: Browser, page: Page, note: Note): Promise<void> {
  const graph = await page.evaluate(() => ({
    cards: [...document.querySelectorAll<HTMLElement>(".react-flow__node")].map((node) => {
      const { m41: x, m42: y } = new DOMMatrix(node.style.transform);
      return { id: node.dataset.id!, x, y };
    }),
    edges: [...document.querySelectorAll<HTMLElement>(".react-flow__edge")].length,
  }));
  const { cards } = graph;
  const edges = Array.from({ length: graph.edges }, (_, at) => ({
    source: cards[at % cards.length]!.id,
    target: cards[(at + 1) % cards.length]!.id,
  }));
  const floor = await serveFloor("page-floor.tsx", { cards, edges });
  const plain = await openBrowser(browser, floor.url);
  await plain.locator(".react-flow__node").first().waitFor();
  for (const how of ["pan", "zoom"] as const)
    note(
      `plain React Flow, ${cards.length} cards: ${how}, frames a second`,
      await framesWhile(plain, how, SECONDS),
    );
  await plain.context().close();
  floor.close();
}
