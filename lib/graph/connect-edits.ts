/** The edits that make a connection true. */
import {
  type Dockerfile,
  type DockerfileEdit,
  mountOption,
  placeForFiles,
  readMount,
  type StageReference,
} from "../dockerfile";
import type { Connection, ReferencePlace } from "./connect";
import { referenceAt, sourceOfReference } from "./connect-words";
import { guessMount, guessPaths } from "./products";

export function editsFor(tree: Dockerfile, connection: Connection): DockerfileEdit[] {
  switch (connection.kind) {
    case "from":
      return [{ type: "setBase", stage: connection.to, base: connection.from }];
    case "copy": {
      const { from, to, at } = connection;
      const { sources, destinations } = guessPaths(tree, from, to);
      const paths = { sources: sources.slice(0, 1), destination: destinations[0]! };
      return [{ type: "addCopy", stage: to, from, ...paths, ...(at !== undefined && { at }) }];
    }
    case "mount": {
      const { from, to, instruction } = connection;
      const { sources, destinations } = guessMount(tree, from);
      const options: [string, string][] = [
        ["type", "bind"],
        ["source", sources[0]!],
        ["target", destinations[0]!],
      ];
      return [{ type: "addMount", stage: to, instruction, options, from }];
    }
    case "source": {
      const { edge, from } = connection;
      return edge.instruction === 0
        ? [{ type: "setBase", stage: edge.stage, base: from }]
        : [{ type: "retargetReference", ...edge, to: from }];
    }
    case "target": {
      const { edge, to } = connection;
      const stage = tree.stages[to];
      const at = connection.at ?? (stage ? placeForFiles(stage) : 1);
      return [{ type: "moveInstruction", from: edge, to: { stage: to, at } }];
    }
    case "mountTarget":
      return moveMount(tree, connection);
  }
}

function moveMount(
  tree: Dockerfile,
  { edge, to, instruction }: Connection & { kind: "mountTarget" },
): DockerfileEdit[] {
  const reference = referenceAt(tree, edge);
  const from = reference && sourceOfReference(reference);
  const mount = reference && readMount(reference.instruction.flags[reference.flag]?.value ?? "");
  if (!reference || !from || !mount || "error" in mount) return [];
  const options = mount.options.map(({ key, value }): [string, string | null] => [key, value]);
  const { stage, instruction: at } = edge;
  return [
    { type: "removeMount", stage, instruction: at, mount: mountIndex(reference) },
    { type: "addMount", stage: to, instruction, options, from },
  ];
}

/** Which of its RUN's mounts a reference is, those that name no source counted too. */
export function mountIndex({ instruction, flag }: StageReference): number {
  return instruction.flags.slice(0, flag).filter(({ name }) => name === "mount").length;
}

/** How a mount is used beside its paths. */
export function mountSettings(reference: StageReference): {
  type: string;
  /** can be written to, or (a cache) can't */
  rw: boolean;
  ro: boolean;
} {
  const mount = readMount(reference.instruction.flags[reference.flag]?.value ?? "");
  if ("error" in mount) return { type: "bind", rw: false, ro: false };
  const isOn = (...keys: string[]) =>
    mount.options.some(
      ({ key, value }) => keys.includes(key) && (value === null || /^(1|t|true)$/i.test(value)),
    );
  return {
    type: mountOption(mount, "type") ?? "bind",
    rw: isOn("rw", "readwrite"),
    ro: isOn("ro", "readonly"),
  };
}

/** The instruction that says the connection, as it is in the text afterwards; of a RUN, only the mount. */
export function lineOf(
  after: Dockerfile,
  connection: Connection,
  select: { stage: number; instruction?: number } | undefined,
): string {
  const instruction = after.stages[select?.stage ?? -1]?.instructions[select?.instruction ?? 0];
  if (!instruction) return "";
  if (instruction.keyword !== "RUN") return `${instruction.keyword} ${instruction.text}`;
  const mounts = instruction.flags.filter(({ name }) => name === "mount");
  const place: ReferencePlace | null = connection.kind === "source" ? connection.edge : null;
  const reference = place && referenceAt(after, place);
  const flag = reference ? instruction.flags[reference.flag] : mounts.at(-1);
  return `RUN --mount=${flag?.value ?? ""}`;
}
