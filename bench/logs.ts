/**
 * A step that says two million lines: until the last of them is stored, against buildx writing the same to a file; what
 * the server holds meanwhile; and whether what it stored is what was said, by its hash.
 */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { startEngine } from "../scripts/engines.mjs";
import { browserPath } from "../scripts/test/programs.mjs";
import { Product } from "../tests/e2e/product";
import { startServer } from "../tests/e2e/server";
import { framesFor } from "./page-gestures";
import { buildx, type Peer } from "./peer";
import { highest, mb, memoryOf } from "./server-memory";
import { median, spread } from "./statistics";

const LINE = ["line ", " of a build that talks a lot, sixty-six bytes\n"] as const;
const FOLLOWED_SECONDS = 4;
/** BuildKit's own client gives up on a log that goes on for more than three seconds after the build: it gets its time. */
const REST = 25;
export const dockerfile = (lines: number, rest = REST) =>
  `FROM busybox:musl\nRUN seq ${lines} | sed 's/.*/${LINE[0]}&${LINE[1].trimEnd()}/' && sleep ${rest}\n`;

export async function benchLogs(lines: number, pairs: number): Promise<void> {
  const engine = await startEngine("unclipped", { images: ["busybox"] });
  const server = await startServer({ DOCKER_HOST: `unix://${engine.socket}` });
  const folder = await mkdtemp(join(tmpdir(), "stagecraft-bench-"));
  try {
    await writeFile(join(folder, "Dockerfile"), dockerfile(lines));
    const peer = await buildx(engine.socket);
    const said = saidBy(lines);
    const product = new Product(server.url);
    const document = await product.createDocument({ text: dockerfile(lines) });
    const before = await memoryOf(server.data);
    const own: number[] = [];
    const other: number[] = [];
    let most = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const ours = async () => {
        const run = throughProduct(product, document);
        most = Math.max(most, await highest(() => memoryOf(server.data), run));
        const { hash, stored } = await run;
        if (hash !== said) throw new Error("What is stored is not what was said.");
        own.push(stored);
      };
      const theirs = async () => void other.push(await throughBuildx(peer, folder, lines));
      for (const run of pair % 2 === 0 ? [ours, theirs] : [theirs, ours]) await run();
      console.log(
        `  pair ${pair + 1}: last line stored after ${own[pair]!.toFixed(1)} s, buildx ${other[pair]!.toFixed(1)} s`,
      );
    }
    const ratios = own.map((stored, pair) => stored / other[pair]!);
    console.log(
      `${lines} log lines, ${pairs} pairs: last line stored after ${median(own).toFixed(1)} s, ` +
        `buildx ${peer.version} --progress=plain ${median(other).toFixed(1)} s, ratio median ` +
        `${median(ratios).toFixed(2)} (${spread(ratios, 2)}); server ${mb(before)} before, ${mb(most)} at most; ` +
        "what is stored has the hash of what was said",
    );
    console.log(`  ${await followed(server.url, product, document)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await server.remove();
    await engine.stop();
  }
}

/** The page of a link that follows the log of such a build. */
async function followed(url: string, product: Product, document: string): Promise<string> {
  const link = await product.call("POST", `/api/documents/${document}/links`);
  const { token } = (await link.json()) as { token: string };
  const browser = await chromium.launch({
    executablePath: browserPath() ?? undefined,
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
    await page.addInitScript("globalThis.__name ??= (named) => named");
    const id = await start(product, document);
    await page.goto(`/s/${token}`);
    await page.getByRole("tab", { name: /^Logs/ }).click();
    const log = page.getByTestId("log-view");
    const lines = async () => Number(await log.getAttribute("data-lines"));
    while ((await lines()) < 1000) await new Promise((wait) => setTimeout(wait, 50));
    const before = await lines();
    const frames = await framesFor(page, FOLLOWED_SECONDS);
    const gained = (await lines()) - before;
    await ended(product, id);
    return `a page that follows it draws ${frames.toFixed(0)} frames a second while ${gained} lines come in ${FOLLOWED_SECONDS} s`;
  } finally {
    await browser.close();
  }
}

export function saidBy(lines: number): string {
  const hash = createHash("sha256");
  for (let line = 1; line <= lines; line++) hash.update(`${LINE[0]}${line}${LINE[1]}`);
  return hash.digest("hex");
}

async function start(product: Product, document: string): Promise<string> {
  const begun = await product.call(
    "POST",
    `/api/documents/${document}/builds`,
    JSON.stringify({ options: { noCache: true } }),
  );
  if (begun.status !== 201) throw new Error(`Starting a build: ${begun.status} ${await begun.text()}`);
  return ((await begun.json()) as { id: string }).id;
}

async function ended(product: Product, id: string): Promise<void> {
  for (;;) {
    const build = (await (await product.call("GET", `/api/builds/${id}`)).json()) as {
      endedAt: number | null;
    };
    if (build.endedAt !== null) return;
    await new Promise((wait) => setTimeout(wait, 500));
  }
}

/** Nobody looks on: whoever reads along takes time of the machine that is measured. */
export async function throughProduct(product: Product, document: string) {
  const begun = Date.now();
  const id = await start(product, document);
  await ended(product, id);
  const hash = createHash("sha256");
  let stored = 0;
  for await (const event of product.stream(`/api/builds/${id}/events`)) {
    if (event.type !== "log") continue;
    hash.update(event.text);
    stored = event.at;
  }
  return { hash: hash.digest("hex"), stored: (stored - begun) / 1000 };
}

/** Seconds until the last line is in the file that buildx writes. */
async function throughBuildx(peer: Peer, folder: string, lines: number): Promise<number> {
  const path = join(folder, "progress.txt");
  await rm(path, { force: true });
  const begun = Date.now();
  const build = peer.build(["--no-cache", "--progress=plain", "-t", "stagecraft-bench", folder], path);
  let stored: number | null = null;
  const look = setInterval(() => {
    if (stored === null && endOf(path).includes(`${LINE[0]}${lines} `)) stored = Date.now();
  }, 50);
  try {
    await build;
  } finally {
    clearInterval(look);
  }
  if (stored === null) throw new Error("buildx did not write the last line.");
  return (stored - begun) / 1000;
}

function endOf(path: string): string {
  const length = 4096;
  const bytes = Buffer.alloc(length);
  try {
    const file = openSync(path, "r");
    try {
      return bytes.toString(
        "latin1",
        0,
        readSync(file, bytes, 0, length, Math.max(0, fstatSync(file).size - length)),
      );
    } finally {
      closeSync(file);
    }
  } catch {
    return "";
  }
}
