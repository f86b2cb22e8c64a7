import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DockerfileEdit,
  type EditResult,
  parseDockerfile,
  planEdit,
  planEdits,
} from "../../lib/dockerfile";
import { applyEdits } from "../../lib/text";
import { PATIENCE, RUNS } from "../laws";

const apply = (source: string, ...edits: DockerfileEdit[]): string => {
  const result = planEdits(parseDockerfile(source), edits);
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return applyEdits(source, result.edits);
};

const mount = (option: string, value: string | null, nth = 0): DockerfileEdit => ({
  type: "setMountOption",
  stage: 1,
  instruction: 1,
  mount: nth,
  option,
  value,
});
const run = (flags: string) => `FROM a AS x\nFROM b\nRUN ${flags} ls\n`;
const BIND = run("--mount=type=bind,from=x,source=/p,target=/q");

type Row = [name: string, before: string, edits: DockerfileEdit[], after: string];

describe("options of a mount", () => {
  it.each<Row>([
    ["a value", BIND, [mount("source", "/r")], BIND.replace("/p", "/r")],
    [
      "a key that has another name",
      run("--mount=src=/p,dst=/q,from=x"),
      [mount("target", "/r")],
      run("--mount=src=/p,dst=/r,from=x"),
    ],
    ["an option more", BIND, [mount("rw", "")], BIND.replace("/q", "/q,rw")],
    [
      "an option less",
      run("--mount=from=x,rw,target=/q"),
      [mount("rw", null)],
      run("--mount=from=x,target=/q"),
    ],
    [
      "all of its names at once",
      run("--mount=readwrite,from=x,target=/q,rw"),
      [mount("rw", null)],
      run("--mount=from=x,target=/q"),
    ],
    [
      "of two with one meaning the last, which counts",
      run("--mount=from=x,dst=/1,target=/2"),
      [mount("target", "/3")],
      run("--mount=from=x,dst=/1,target=/3"),
    ],
    [
      "a comma makes the field quoted",
      run("--mount=from=x,target=/q"),
      [mount("target", "/a,b")],
      run("--mount='from=x,\"target=/a,b\"'"),
    ],
    [
      "of the second mount only",
      run("--mount=type=cache,target=/c --mount=from=x,target=/q"),
      [mount("target", "/r", 1)],
      run("--mount=type=cache,target=/c --mount=from=x,target=/r"),
    ],
    [
      "a mount across lines is written anew",
      "FROM a AS x\nFROM b\nRUN --mount=from=x,\\\ntarget=/q \\\n  ls\n",
      [mount("target", "/r")],
      "FROM a AS x\nFROM b\nRUN --mount=from=x,target=/r \\\n  ls\n",
    ],
    ["what is so already", BIND, [mount("source", "/p")], BIND],
  ])("%s", (_, before, edits, after) => {
    expect(apply(before, ...edits)).toBe(after);
  });

  it.each<[string, string, DockerfileEdit, string]>([
    ["a mount that is not there", BIND, mount("target", "/r", 1), "no such mount"],
    ["another instruction", BIND.replace(/RUN.*ls/, "WORKDIR /x"), mount("target", "/r"), "no such mount"],
    ["where it comes from", BIND, mount("from", "b"), "pointing it somewhere else"],
    ["a quote", BIND, mount("target", '/"'), "cannot be written"],
    ["a line break", BIND, mount("target", "/a\n/b"), "cannot be written"],
    ["the last option", run("--mount=rw"), mount("rw", null), "Say what to mount"],
  ])("refuses %s", (_, before, edit, reason) => {
    const result = planEdit(parseDockerfile(before), edit);
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe("flags that may come several times", () => {
  const copy = (flags: string) => `FROM a\nCOPY ${flags}. /p\n`;
  const exclude = (nth: number, value: string | null): DockerfileEdit => ({
    type: "setFlag",
    stage: 0,
    instruction: 1,
    flag: "exclude",
    value,
    nth,
  });
  it.each<Row>([
    ["the second", copy("--exclude=a --exclude=b "), [exclude(1, "c")], copy("--exclude=a --exclude=c ")],
    [
      "one more, behind its kin",
      copy("--exclude=a --link "),
      [exclude(1, "b")],
      copy("--exclude=a --exclude=b --link "),
    ],
    ["the first less", copy("--exclude=a --exclude=b "), [exclude(0, null)], copy("--exclude=b ")],
  ])("%s", (_, before, edits, after) => {
    expect(apply(before, ...edits)).toBe(after);
  });
  it("refuses a place behind a gap", () => {
    expect(planEdit(parseDockerfile(copy("--exclude=a ")), exclude(2, "b"))).toMatchObject({ ok: false });
  });
});

describe("several edits as one", () => {
  it("plans each on what those before leave", () => {
    const before = "FROM a AS x\nRUN 1\n\nFROM b AS y\nRUN 2\n";
    const edits: DockerfileEdit[] = [
      { type: "moveStage", stage: 1, to: 0 },
      { type: "addCopy", stage: 1, from: { kind: "stage", index: 0 }, sources: ["/p"], destination: "/q" },
    ];
    expect(apply(before, ...edits)).toBe("FROM b AS y\nRUN 2\n\nFROM a AS x\nRUN 1\nCOPY --from=y /p /q\n");
  });

  it("does nothing by halves", () => {
    const tree = parseDockerfile(BIND);
    const result = planEdits(tree, [mount("rw", ""), mount("target", "/r", 5)]);
    expect(result).toEqual({ ok: false, reason: "There is no such mount." });
  });

  const anyEdit = fc.oneof(
    fc.record({ type: fc.constant("moveStage" as const), stage: fc.nat(2), to: fc.nat(2) }),
    fc.record({
      type: fc.constant("removeInstruction" as const),
      stage: fc.nat(2),
      instruction: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      type: fc.constant("renameStage" as const),
      stage: fc.nat(2),
      name: fc.constantFrom("p", "q", "r"),
    }),
    fc.record({
      type: fc.constant("commentOut" as const),
      stage: fc.nat(2),
      instruction: fc.integer({ min: 1, max: 3 }),
    }),
  );
  it("is the same as doing one after the other", PATIENCE, () => {
    const source =
      "FROM a AS x\nRUN 1\n# two\nRUN 2\n\nFROM b AS y\nCOPY --from=x /1 /\nRUN 3\n\nFROM y\nRUN 4\n";
    const law = fc.property(fc.array(anyEdit, { maxLength: 4 }), (edits) => {
      let text: string | null = source;
      for (const edit of edits) {
        const result: EditResult | null = text === null ? null : planEdit(parseDockerfile(text), edit);
        text = text !== null && result?.ok ? applyEdits(text, result.edits) : null;
      }
      const whole = planEdits(parseDockerfile(source), edits);
      expect(whole.ok ? applyEdits(source, whole.edits) : null).toBe(text);
    });
    fc.assert(law, RUNS);
  });
});
