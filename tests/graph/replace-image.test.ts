import { describe, expect, it } from "vitest";
import { parseDockerfile, planEdits } from "../../lib/dockerfile";
import { planReplacement, replacementEdits } from "../../lib/graph/replace-image";
import { applyEdits } from "../../lib/text";

function replace(text: string, ref: string, to: string, way: "argument" | "text"): string {
  const tree = parseDockerfile(text);
  const result = planEdits(tree, replacementEdits(planReplacement(tree, ref, to), to, way));
  return result.ok ? applyEdits(text, result.edits) : result.reason;
}

describe("an image for another", () => {
  it.each<[name: string, before: string, ref: string, to: string, way: "argument" | "text", after: string]>([
    [
      "in FROM, COPY and a mount",
      "FROM go:1 AS b\nFROM go:1\nCOPY --from=go:1 /a /a\nCOPY --from=b /a /a\nRUN --mount=from=go:1,target=/g --mount=from=b,target=/b x\n",
      "go:1",
      "go:2",
      "text",
      "FROM go:2 AS b\nFROM go:2\nCOPY --from=go:2 /a /a\nCOPY --from=b /a /a\nRUN --mount=from=go:2,target=/g --mount=from=b,target=/b x\n",
    ],
    [
      "in the second mount of a RUN",
      "FROM a\nRUN --mount=from=b,target=/b --mount=from=c,target=/c x\n",
      "c",
      "d",
      "text",
      "FROM a\nRUN --mount=from=b,target=/b --mount=from=d,target=/c x\n",
    ],
    [
      "not where another is meant",
      "FROM go:1\nFROM go:10\n",
      "go:1",
      "go:2",
      "text",
      "FROM go:2\nFROM go:10\n",
    ],
    [
      "by the default of the ARG that it comes from",
      "ARG V=1\nFROM go:${V}-alpine\nFROM go:$V-alpine\n",
      "go:1-alpine",
      "go:2-alpine",
      "argument",
      "ARG V=2\nFROM go:${V}-alpine\nFROM go:$V-alpine\n",
    ],
    [
      "by an ARG that is all of it",
      "ARG BASE=go:1\nFROM ${BASE}\n",
      "go:1",
      "rust:2",
      "argument",
      "ARG BASE=rust:2\nFROM ${BASE}\n",
    ],
    [
      "by an ARG whose FROM has a default of its own",
      "ARG V=1\nFROM go:${V:-9}\n",
      "go:1",
      "go:2",
      "argument",
      "ARG V=2\nFROM go:${V:-9}\n",
    ],
    [
      "into FROM, whatever the ARG",
      "ARG V=1\nFROM go:${V}\n",
      "go:1",
      "go:2",
      "text",
      "ARG V=1\nFROM go:2\n",
    ],
    [
      "into FROM, where the ARG could not say it",
      "ARG V=1\nFROM go:${V}\n",
      "go:1",
      "rust:2",
      "argument",
      "ARG V=1\nFROM rust:2\n",
    ],
    [
      "into FROM, where two variables make it",
      "ARG A=go\nARG V=1\nFROM $A:$V\n",
      "go:1",
      "go:2",
      "argument",
      "ARG A=go\nARG V=1\nFROM go:2\n",
    ],
    ["for scratch", "FROM scratch\nFROM go\n", "scratch", "alpine", "text", "FROM alpine\nFROM go\n"],
    ["scratch for an image", "FROM alpine\n", "alpine", "scratch", "text", "FROM scratch\n"],
  ])("%s", (_name, before, ref, to, way, after) => {
    expect(replace(before, ref, to, way)).toBe(after);
  });
});
