/**
 * `npm start`: from a fresh checkout to a running server. Installs, prepares and builds what is not up to date, then
 * becomes the server, in this same process, so that signals reach it directly.
 */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import util from "node:util";
import { Missing, plainly } from "./engines/apt.mjs";
import { ensureBuild, ensureClient } from "./start/build.mjs";
import { ensureDependencies, nodeProblem } from "./start/dependencies.mjs";
import { ensureDocker } from "./start/docker.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const usage = `Usage: npm start -- [options]

  --host ADDRESS   address to listen on (default 127.0.0.1, this machine only)
  --port NUMBER    port to listen on (default 3000)
  --data FOLDER    where documents and builds are kept (default ./data)
  --with-engine    install and start Docker from the distribution's packages (Debian or Ubuntu, as root)
  --dev            for changing the code: compile on demand, reload on change
  --only-build     prepare everything, then end without starting the server
  --help           show this text`;

/** @returns the options, or a sentence saying what is wrong with them */
function readOptions() {
  try {
    // Not imported by its name: a Node that is too old lacks it, and is to be told so in words.
    const { values } = util.parseArgs({
      options: {
        host: { type: "string" },
        port: { type: "string" },
        data: { type: "string" },
        "with-engine": { type: "boolean" },
        dev: { type: "boolean" },
        "only-build": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    return values;
  } catch (error) {
    return error.message;
  }
}

async function main() {
  const problem = nodeProblem();
  if (problem) throw new Missing(problem);
  const options = readOptions();
  if (typeof options === "string") {
    console.error(`${options}\n\n${usage}`);
    process.exit(2);
  }
  if (options.help) return console.log(usage);

  const say = (line) => console.log(line);
  process.chdir(root);
  await ensureDependencies(root, say);
  await ensureClient(root, say);
  if (!options.dev) await ensureBuild(root, say);
  if (options["with-engine"]) await ensureDocker(say);
  if (options["only-build"]) return;

  if (options.host) process.env.HOST = options.host;
  if (options.port) process.env.PORT = options.port;
  if (options.data) process.env.STAGECRAFT_DATA = options.data;
  process.env.NODE_ENV = options.dev ? "development" : "production";
  if (options.dev) (await import("tsx/esm/api")).register();
  await import(pathToFileURL(join(root, options.dev ? "server/main.ts" : "dist/server.mjs")).href);
}

main().catch((error) => {
  console.error(plainly(error));
  process.exit(1);
});
