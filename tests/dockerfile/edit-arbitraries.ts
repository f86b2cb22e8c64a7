import fc from "fast-check";
import type { DockerfileEdit, Source } from "../../lib/dockerfile";

/** Edits that fit files of `sound` often enough, by their type: a type that is missing here does not compile. */
type ByType = { [T in DockerfileEdit["type"]]: fc.Arbitrary<Extract<DockerfileEdit, { type: T }>> };

const stage = fc.nat(3);
const instruction = fc.integer({ min: 1, max: 3 });
const place = { stage, instruction };
const source: fc.Arbitrary<Source> = fc.oneof(
  stage.map((index): Source => ({ kind: "stage", index })),
  fc
    .constantFrom("nginx", "r.io:5000/a/b", "scratch", "s0", "0")
    .map((ref): Source => ({ kind: "image", ref })),
);
const name = fc.constantFrom("fresh", "s0", "S1", "x-1.y_z");
const text = fc.constantFrom(
  "RUN ls",
  "COPY a b",
  "RUN <<E\nx\nE",
  "WORKDIR /x",
  "COPY --from=s0 /q /r",
  "ENV A=b",
);
const path = fc.constantFrom("/a", "b c", ".", "$Y");
const paths = fc.array(path, { minLength: 1, maxLength: 2 });
const of = <T extends DockerfileEdit["type"]>(type: T) => ({ type: fc.constant(type) });

export const BY_TYPE: ByType = {
  addStage: fc.record(
    {
      ...of("addStage"),
      base: fc.constantFrom("a", "s0", "scratch"),
      name,
      after: fc.integer({ min: -1, max: 3 }),
    },
    { requiredKeys: ["type", "base"] },
  ),
  removeStage: fc.record({ ...of("removeStage"), stage }),
  renameStage: fc.record({ ...of("renameStage"), stage, name: fc.oneof(name, fc.constant("")) }),
  moveStage: fc.record({ ...of("moveStage"), stage, to: stage }),
  describeStage: fc.record({ ...of("describeStage"), stage, text: fc.constantFrom(null, "makes it", "x") }),
  duplicateStage: fc.record({ ...of("duplicateStage"), stage, name }),
  setBase: fc.record({ ...of("setBase"), stage, base: source }),
  setPlatform: fc.record({
    ...of("setPlatform"),
    stage,
    platform: fc.constantFrom(null, "linux/arm64", "$BUILDPLATFORM"),
  }),
  addCopy: fc.record(
    {
      ...of("addCopy"),
      stage,
      from: source,
      sources: paths,
      destination: path,
      at: fc.integer({ min: 1, max: 3 }),
    },
    { requiredKeys: ["type", "stage", "from", "sources", "destination"] },
  ),
  setCopyPaths: fc.record({ ...of("setCopyPaths"), ...place, sources: paths, destination: path }),
  removeInstruction: fc.record({ ...of("removeInstruction"), ...place }),
  retargetReference: fc.record({
    ...of("retargetReference"),
    stage,
    instruction: fc.nat(3),
    reference: fc.constant(0),
    to: source,
  }),
  insertInstruction: fc.record({
    ...of("insertInstruction"),
    stage,
    at: fc.integer({ min: 1, max: 4 }),
    text,
  }),
  replaceInstruction: fc.record({ ...of("replaceInstruction"), ...place, text }),
  moveInstruction: fc.record({
    ...of("moveInstruction"),
    from: fc.record(place),
    to: fc.record({ stage, at: fc.integer({ min: 1, max: 4 }) }),
  }),
  extractStage: fc.record(
    { ...of("extractStage"), stage, from: instruction, to: fc.integer({ min: 2, max: 4 }), name, paths },
    { requiredKeys: ["type", "stage", "from", "to", "name"] },
  ),
  inlineStage: fc.record({ ...of("inlineStage"), stage }),
  nameReferences: fc.record({ ...of("nameReferences"), at: fc.record(place) }, { requiredKeys: ["type"] }),
  setFlag: fc.record({
    ...of("setFlag"),
    ...place,
    flag: fc.constantFrom("link", "chown", "network", "security"),
    value: fc.constantFrom(null, "", "1:1", "none", "host"),
  }),
  setDirective: fc.record({
    ...of("setDirective"),
    name: fc.constantFrom("syntax" as const, "escape" as const, "check" as const),
    value: fc.constantFrom(null, "docker/dockerfile:1", "\\", "skip=all"),
  }),
  addMount: fc.record(
    {
      ...of("addMount"),
      ...place,
      options: fc.constantFrom<[string, string | null][]>(
        [
          ["type", "bind"],
          ["target", "/x"],
        ],
        [
          ["type", "cache"],
          ["target", "/a,b"],
        ],
        [
          ["target", "/y"],
          ["rw", null],
        ],
      ),
      from: source,
    },
    { requiredKeys: ["type", "stage", "instruction", "options"] },
  ),
  setMountOption: fc.record({
    ...of("setMountOption"),
    ...place,
    mount: fc.constant(0),
    option: fc.constantFrom("target", "dst", "rw", "type"),
    value: fc.constantFrom(null, "", "/q", "bind"),
  }),
  removeMount: fc.record({ ...of("removeMount"), ...place, mount: fc.constant(0) }),
  addGlobalArg: fc.record({
    ...of("addGlobalArg"),
    name: fc.constantFrom("W", "X_1", "V"),
    value: fc.constantFrom(null, "1", "a b"),
  }),
  setGlobalArg: fc.record({
    ...of("setGlobalArg"),
    arg: fc.constant(0),
    value: fc.constantFrom(null, "2", "c d"),
  }),
  removeGlobalArg: fc.record({ ...of("removeGlobalArg"), arg: fc.constant(0) }),
  commentOut: fc.record({ ...of("commentOut"), ...place }),
  uncomment: fc.record({ ...of("uncomment"), stage, line: fc.integer({ min: 1, max: 8 }) }),
};

export const anyEdit: fc.Arbitrary<DockerfileEdit> = fc.oneof(
  ...(Object.values(BY_TYPE) as fc.Arbitrary<DockerfileEdit>[]),
);
