/**
 * The two-stage Go example with nothing cached: through the product (from the request that starts the build until it
 * tells that all is built, and until its last event, with the sizes of every stage) and by `docker build`, on one engine, pair by pair, order alternating.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { type EngineKind, startEngine } from "../scripts/engines.mjs";
import { Product } from "../tests/e2e/product";
import { startServer } from "../tests/e2e/server";
import { median, spread } from "./statistics";

const example = resolve(import.meta.dirname, "../examples/go-hello");

export async function benchBuild(kind: EngineKind, pairs: number): Promise<void> {
  const engine = await startEngine(kind);
  const server = await startServer({ DOCKER_HOST: `unix://${engine.socket}` });
  try {
    const product = new Product(server.url);
    const document = await product.createDocument({ template: "go-hello" });
    /** Seconds until all was built, and until every stage was weighed too. */
    const through = async (): Promise<[built: number, weighed: number]> => {
      const start = performance.now();
      const events = await product.build(document, { noCache: true });
      const weighed = (performance.now() - start) / 1000;
      const [built, end] = [events.find(({ type }) => type === "built")!, events.at(-1)!];
      return [weighed - (end.at - built.at) / 1000, weighed];
    };
    const docker = dockerProgram();
    const direct = () => dockerBuild(docker, engine.socket);
    await through();
    await direct();

    const own: number[] = [];
    const whole: number[] = [];
    const other: number[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const ours = async () => {
        const [built, weighed] = await through();
        own.push(built);
        whole.push(weighed);
      };
      const theirs = async () => void other.push(await seconds(direct));
      for (const run of pair % 2 === 0 ? [ours, theirs] : [theirs, ours]) await run();
      console.log(
        `  pair ${pair + 1}: ${own[pair]!.toFixed(2)} s, weighed ${whole[pair]!.toFixed(2)} s, ` +
          `docker build ${other[pair]!.toFixed(2)} s`,
      );
    }
    const against = (times: readonly number[]) => {
      const ratios = times.map((time, pair) => time / other[pair]!);
      return `${median(times).toFixed(2)} s, ratio median ${median(ratios).toFixed(2)} (${spread(ratios, 2)})`;
    };
    console.log(
      `build on ${engine.version} (${kind}), ${pairs} pairs: docker build ${median(other).toFixed(2)} s; ` +
        `product ${against(own)}; with the sizes of every stage ${against(whole)}`,
    );
  } finally {
    await server.remove();
    await engine.stop();
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The first docker on the PATH that can build with BuildKit: newer ones can't without their buildx plugin. */
function dockerProgram(): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];
  const programs = folders.map((folder) => join(folder, "docker")).filter((path) => existsSync(path));
  const env = { ...process.env, DOCKER_BUILDKIT: "1" };
  const able = programs.find((path) => spawnSync(path, ["build", "--help"], { env }).status === 0);
  if (!able)
    throw new Error("No docker on the PATH can build with BuildKit: install docker.io or docker-buildx.");
  return able;
}

function dockerBuild(program: string, socket: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(program, ["build", "--no-cache", "-q", "-t", "stagecraft-bench", example], {
      env: { ...process.env, DOCKER_HOST: `unix://${socket}`, DOCKER_BUILDKIT: "1" },
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done() : fail(new Error(`docker build ended with ${code}`))));
  });
}
