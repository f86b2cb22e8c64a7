/** `--stdin-paths`: a line of JSON for each path, in their order, as paths come in. */
import { describeDockerfile } from "../lib/dockerfile/description";
import { readDockerfile } from "./files";

const LF = 0x0a;

export async function describePaths(): Promise<number> {
  let rest = Buffer.alloc(0);
  let missed = false;
  const answer = async (path: Buffer) => {
    if (path.length === 0) return;
    const line = describe(path);
    missed ||= line.unreadable;
    if (!process.stdout.write(line.text)) {
      await new Promise((drained) => process.stdout.once("drain", drained));
    }
  };
  for await (const chunk of process.stdin) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let end = rest.indexOf(LF); end !== -1; end = rest.indexOf(LF)) {
      const path = rest.subarray(0, end);
      rest = rest.subarray(end + 1);
      await answer(path);
    }
  }
  await answer(rest);
  return missed ? 2 : 0;
}

function describe(bytes: Buffer): { text: string; unreadable: boolean } {
  const path = bytes.toString();
  const tree = readDockerfile(bytes.toString() === "-" ? Buffer.from("./-") : bytes);
  const unreadable = "unreadable" in tree;
  const found = unreadable
    ? { accepted: false, error: `${path}: ${tree.unreadable}`, errorPhase: "read" }
    : describeDockerfile(tree);
  return { text: `${JSON.stringify({ path, ...found })}\n`, unreadable };
}
