import { flagPart, type RawFlag } from "./flags";
import { isHeredoc } from "./heredocs";
import { mountOption, readMount } from "./mounts";
import { type InstructionContent, type InstructionNode, moveRange, type ReferenceContent } from "./node";
import type { ReferenceTarget, StageReference } from "./types";
import type { Word } from "./words";

const NONE: readonly null[] = [];
const FROM_FLAG = "--from=";
const MOUNT_FLAG = "--mount=";

/**
 * What an instruction takes files from, in its order: of a COPY one or none, of a RUN one for each mount, which is null
 * where the mount names nothing.
 */
export function referencesOf(node: InstructionContent): readonly (ReferenceContent | null)[] {
  if (node.references === undefined) {
    if (node.rawFlags.length === 0) node.references = NONE;
    else if (node.keyword === "COPY") node.references = readCopy(node);
    else node.references = node.keyword === "RUN" ? readMounts(node) : NONE;
  }
  return node.references;
}

/** A reference of an instruction, where that stands. */
export function placeReference(
  node: InstructionNode,
  content: ReferenceContent,
  target: ReferenceTarget,
): StageReference {
  const { kind, raw, range, closing, flag, sources, destination } = content;
  return {
    kind,
    raw,
    range: moveRange(range, node.by),
    closing,
    target,
    instruction: node,
    flag,
    sources: sources as string[],
    destination: destination as string,
  };
}

function readCopy(node: InstructionContent): ReferenceContent[] {
  for (let index = node.rawFlags.length - 1; index >= 0; index--) {
    const { word } = node.rawFlags[index] as RawFlag;
    if (!word.startsWith(FROM_FLAG)) continue;
    const raw = word.slice(FROM_FLAG.length);
    if (raw === "") return [];
    const sources: string[] = [];
    const { words } = node.list;
    for (let at = 0; at < words.length - 1; at++) {
      const { value } = words[at] as Word;
      if (!isHeredoc(value)) sources.push(value);
    }
    const destination = words[words.length - 1]?.value ?? "";
    return [referenceTo("copy", node, index, FROM_FLAG.length, word.length, raw, sources, destination)];
  }
  return [];
}

function readMounts(node: InstructionContent): (ReferenceContent | null)[] {
  const references: (ReferenceContent | null)[] = [];
  for (let index = 0; index < node.rawFlags.length; index++) {
    const { word } = node.rawFlags[index] as RawFlag;
    if (!word.startsWith(MOUNT_FLAG)) continue;
    const offset = MOUNT_FLAG.length;
    const mount = readMount(word.slice(offset));
    if ("error" in mount || mount.from === null || !mount.from.value) {
      references.push(null);
      continue;
    }
    const { value, valueStart, valueEnd } = mount.from;
    const source = mountOption(mount, "source", "src");
    const sources = source === null ? [] : [source];
    const target = mountOption(mount, "target", "dst", "destination") ?? "";
    references.push(
      referenceTo("mount", node, index, offset + valueStart, offset + valueEnd, value, sources, target),
    );
  }
  return references;
}

/** A reference to `[from, to)` of a flag's word. */
function referenceTo(
  kind: "copy" | "mount",
  node: InstructionContent,
  index: number,
  from: number,
  to: number,
  raw: string,
  sources: string[],
  destination: string,
): ReferenceContent {
  const part = flagPart(node.rawFlags[index] as RawFlag, from, to);
  return {
    kind,
    raw,
    range: node.line.range(part.start, part.end),
    closing: part.closing,
    flag: index,
    sources,
    destination,
  };
}
