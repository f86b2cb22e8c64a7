/**
 * Real Docker engines for tests, with base images and without a registry.
 *
 *   node scripts/engines.mjs start KIND [SET…]   starts one (or finds it running), prints its socket, leaves it running
 *   node scripts/engines.mjs stop [KIND]         ends it, or all of them
 *   node scripts/engines.mjs images SOCKET [SET…]  imports the base images that this engine lacks
 *
 * KIND is 20.10, 28-overlay2, 28-containerd, 26, small, spare or unclipped; SET is busybox or toolchain, both unless told otherwise.
 */
import { pathToFileURL } from "node:url";
import { plainly } from "./engines/apt.mjs";
import { startDaemon, stopDaemon } from "./engines/daemon.mjs";
import { ensureImages, imageSets } from "./engines/images.mjs";
import { kinds } from "./engines/kinds.mjs";

export { buildxProgram } from "./engines/buildx.mjs";
export { ensureImages };
/** Those that every test of an engine runs on; `kinds` has further ones. */
export const engineKinds = Object.keys(kinds).filter((name) => !kinds[name].aside);
const allSets = Object.keys(imageSets);

/** Starts or joins an engine, with these base images in it. Call `stop` when done: the last one ends it. */
export async function startEngine(kind, { images = allSets, holder, say } = {}) {
  const engine = await startDaemon(kind, { holder, say });
  try {
    await ensureImages(engine.socket, images, say);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return engine;
}

async function main([command, subject, ...sets]) {
  const say = (line) => console.error(line);
  const images = sets.length > 0 ? sets : allSets;
  if (command === "start" && subject) {
    const engine = await startEngine(subject, { images, holder: "kept", say });
    console.log(engine.socket);
  } else if (command === "stop") {
    for (const kind of subject ? [subject] : Object.keys(kinds)) await stopDaemon(kind);
  } else if (command === "images" && subject) {
    await ensureImages(subject.replace(/^unix:\/\//, ""), images, say);
  } else {
    console.error("Usage: node scripts/engines.mjs start KIND [SET…] | stop [KIND] | images SOCKET [SET…]");
    console.error(`KIND: ${Object.keys(kinds).join(", ")}. SET: ${allSets.join(", ")}.`);
    process.exitCode = 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(plainly(error));
    process.exitCode = 1;
  });
}
