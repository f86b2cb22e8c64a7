/**
 * A short build and a long one with nothing cached: through the product (from the request that starts the build until it
 * tells that all is built, and until its last event, with the sizes of every stage) and by buildx, on one engine, with the
 * same context, pair by pair, order alternating.
 */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type EngineKind, startEngine } from "../scripts/engines.mjs";
import { Product } from "../tests/e2e/product";
import { startServer } from "../tests/e2e/server";
import { buildx, type Peer } from "./peer";
import { median, spread } from "./statistics";

const example = resolve(import.meta.dirname, "../examples/go-hello");

/** Of the same files: one program, and all that the compiler's own library has. */
const builds = [
  { name: "short", compile: "go build -o /app ." },
  { name: "long", compile: "go build -a std && go build -o /app ." },
] as const;

const dockerfile = (compile: string) =>
  `FROM golang:1.19 AS builder\nWORKDIR /src\nCOPY go.mod main.go ./\nRUN ${compile}\n\n` +
  'FROM alpine:3.20\nCOPY --from=builder /app /app\nCMD ["/app"]\n';

export async function benchBuild(kind: EngineKind, pairs: number): Promise<void> {
  const engine = await startEngine(kind);
  const server = await startServer({ DOCKER_HOST: `unix://${engine.socket}` });
  const folder = await mkdtemp(join(tmpdir(), "stagecraft-bench-"));
  try {
    const peer = await buildx(engine.socket);
    const product = new Product(server.url);
    await cp(example, folder, { recursive: true });
    for (const { name, compile } of builds) {
      const text = dockerfile(compile);
      await writeFile(join(folder, "Dockerfile"), text);
      const document = await product.createDocument({ template: "go-hello", text });
      console.log(`${name} build on ${engine.version} (${kind}), ${pairs} pairs:`);
      await compare(
        () => throughProduct(product, document),
        () => throughBuildx(peer, folder),
        pairs,
        peer,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    await server.remove();
    await engine.stop();
  }
}

interface Times {
  built: number;
  weighed: number;
}

async function compare(
  ours: () => Promise<Times>,
  theirs: () => Promise<number>,
  pairs: number,
  { version }: Peer,
): Promise<void> {
  await ours();
  await theirs();
  const own: Times[] = [];
  const other: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const runs = [async () => void own.push(await ours()), async () => void other.push(await theirs())];
    for (const run of pair % 2 === 0 ? runs : runs.reverse()) await run();
    const { built, weighed } = own[pair]!;
    console.log(
      `  pair ${pair + 1}: ${built.toFixed(2)} s, weighed ${weighed.toFixed(2)} s, buildx ${other[pair]!.toFixed(2)} s`,
    );
  }
  const against = (times: readonly number[]) => {
    const ratios = times.map((time, pair) => time / other[pair]!);
    const more = times.map((time, pair) => (time - other[pair]!) * 1000);
    return (
      `${median(times).toFixed(2)} s, ratio median ${median(ratios).toFixed(2)} (${spread(ratios, 2)}), ` +
      `${median(more).toFixed(0)} ms more (${spread(more, 0)})`
    );
  };
  console.log(
    `  buildx ${version} ${median(other).toFixed(2)} s; product ${against(own.map(({ built }) => built))}; ` +
      `with the sizes of every stage ${against(own.map(({ weighed }) => weighed))}`,
  );
}

async function throughProduct(product: Product, document: string): Promise<Times> {
  const start = performance.now();
  const events = await product.build(document, { noCache: true });
  const weighed = (performance.now() - start) / 1000;
  const [built, end] = [events.find(({ type }) => type === "built")!, events.at(-1)!];
  return { built: weighed - (end.at - built.at) / 1000, weighed };
}

const throughBuildx = (peer: Peer, folder: string) =>
  peer.build(["--no-cache", "-q", "-t", "stagecraft-bench", folder]);
