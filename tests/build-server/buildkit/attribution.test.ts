/** Definitions as BuildKit marshals them, to places; a host that keeps only one line of a merged step included. */
import { createHash } from "node:crypto";
import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { attribute } from "@/lib/build/server/buildkit/attribution";
import { DefinitionSchema, OpSchema } from "@/lib/build/server/buildkit/generated/llb_pb";
import { parseDockerfile } from "@/lib/dockerfile";

const FIELDS = { exec: 2, source: 3, file: 4 } as const;

interface Step {
  name: string;
  kind: keyof typeof FIELDS;
  on?: string[];
  lines: number[];
}

/** A definition of these steps, the last being the result. */
function definition(steps: Step[]) {
  const digests = new Map<string, string>();
  const operation = (inputs: string[], payload: Uint8Array) =>
    Buffer.concat([
      toBinary(OpSchema, create(OpSchema, { inputs: inputs.map((digest) => ({ digest })) })),
      payload,
    ]);
  const def = steps.map(({ name, kind, on = [] }) => {
    const named = Buffer.from(name);
    const payload = Buffer.concat([Buffer.from([(FIELDS[kind] << 3) | 2, named.length]), named]);
    const bytes = operation(
      on.map((input) => digests.get(input)!),
      payload,
    );
    digests.set(name, `sha256:${createHash("sha256").update(bytes).digest("hex")}`);
    return bytes;
  });
  def.push(operation([digests.get(steps.at(-1)!.name)!], new Uint8Array()));
  const locations = Object.fromEntries(
    steps.map(({ name, lines }) => [
      digests.get(name)!,
      { locations: lines.map((line) => ({ ranges: [{ start: { line }, end: { line } }] })) },
    ]),
  );
  return { definition: create(DefinitionSchema, { def, Source: { locations } }), digests };
}

describe("attribution", () => {
  const tree = parseDockerfile(
    "FROM busybox AS left\nRUN same\nRUN left\n\nFROM busybox\nENV a=b\nRUN same\nCOPY --from=left /l /l\n",
  );
  const left: Step[] = [
    { name: "busybox", kind: "source", lines: [1] },
    { name: "same", kind: "exec", on: ["busybox"], lines: [2] },
    { name: "left", kind: "exec", on: ["same"], lines: [3] },
  ];
  const copy: Step = { name: "copy", kind: "file", on: ["same", "left"], lines: [8] };

  it.each<[title: string, merged: number[][]]>([
    [
      "with all lines of a merged step",
      [
        [1, 5],
        [2, 7],
      ],
    ],
    ["where the host kept the last lines only", [[5], [7]]],
    ["where the host kept the first lines only", [[1], [2]]],
  ])("is complete %s", (_title, [base, same]) => {
    const whole = definition([{ ...left[0]!, lines: base! }, { ...left[1]!, lines: same! }, left[2]!, copy]);
    const places = attribute(
      [
        [0, definition(left).definition],
        [1, whole.definition],
      ],
      tree,
    );
    const of = (name: string) =>
      places.get(whole.digests.get(name)!)?.map(({ stage, instruction }) => `${stage}.${instruction}`);
    expect(of("busybox")).toEqual(["0.0", "1.0"]);
    expect(of("same")).toEqual(["0.1", "1.2"]);
    expect(of("left")).toEqual(["0.2"]);
    expect(of("copy")).toEqual(["1.3"]);
    expect(places.size).toBe(4);
  });
});
