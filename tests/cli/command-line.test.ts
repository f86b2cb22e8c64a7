import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const command = join(import.meta.dirname, "../../bin/stagecraft.mjs");
let folder = "";

const FILES: Record<string, string | Buffer> = {
  good: 'FROM golang:1.22 AS build\nRUN go build\n\n# final is what ships\nFROM alpine AS final\nCOPY --from=build /app /app\nCMD ["app"]\n',
  warned: "FROM alpine as x\nRUN a\n",
  wrong: "FROM alpine\n\tCOPY x\n",
  lost: "FROM alpine\nCOPY --from=9 /a /b\n",
  strict: "# check=error=true\nFROM alpine as x\n",
  bytes: Buffer.from([0x46, 0x52, 0x4f, 0x4d, 0x20, 0x61, 0xff, 0x0a]),
  escapes: "FROM alpine\nCOPY \u001b[31m\n",
  upper: "FROM UPPER AS x\n",
  empty: "",
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-cli-"));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: string[], input: string | Buffer = "") {
  const result = spawnSync(process.execPath, [command, ...args], { cwd: folder, input, encoding: "utf8" });
  return { code: result.status, out: result.stdout, error: result.stderr };
}

describe("inspect", () => {
  it("prints stages, what they stand on and what they take from where", () => {
    expect(run(["inspect", "good"])).toEqual({
      code: 0,
      error: "",
      out: [
        "build  FROM golang:1.22          lines 1-2",
        "final  FROM alpine               lines 5-7, the image that is built, is what ships",
        "  COPY from build  /app -> /app  line 6",
        "",
      ].join("\n"),
    });
  });

  it.each([
    ["dot", /^digraph "good" \{[\s\S]*stage0 -> stage1 \[style=dashed, label="COPY \/app"\];\n\}\n$/],
    ["mermaid", /^flowchart LR\n[\s\S]*stage0 -\.->\|"COPY \/app"\| stage1\n$/],
    ["svg", /^<svg [\s\S]*<title>good<\/title>[\s\S]*--from=build \/app \/app[\s\S]*<\/svg>\n$/],
  ])("as %s", (format, expected) => {
    const { code, out } = run(["inspect", "--format", format, "good"]);
    expect(code).toBe(0);
    expect(out).toMatch(expected);
  });

  it("as JSON has a line a file with BuildKit's view and the graph", () => {
    const { out } = run(["inspect", "--format=json", "good", "warned"]);
    const [good, warned] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(good.graph.edges).toHaveLength(3);
    expect(good.edges).toEqual([[0, 1, "copy", 6]]);
    expect(warned.path).toBe("warned");
  });

  const CHAIN =
    "ARG BASE=alpine\nFROM golang AS build\nRUN go build\nFROM build AS test\nFROM $BASE AS final\nCOPY --from=build /app /app\n";

  it.each([
    [
      ["--target", "test"],
      [
        "build  FROM golang  lines 2-3",
        "test   FROM build   line 4, the image that is built",
        "not needed: final",
      ],
    ],
    [
      ["--build-arg", "BASE=scratch", "--build-context", "golang=docker-image://my/go:1"],
      [
        "build  FROM my/go:1              lines 2-3",
        "final  FROM scratch              lines 5-6, the image that is built",
        "  COPY from build  /app -> /app  line 6",
        "not needed: test",
      ],
    ],
    [
      ["--build-context", "build=./out", "--build-context", "biuld=."],
      [
        "build  FROM ./out                lines 2-3",
        "final  FROM alpine               lines 5-6, the image that is built",
        "  COPY from build  /app -> /app  line 6",
        "build is replaced by ./out",
        "not needed: test",
        "contexts that nothing goes by: biuld",
      ],
    ],
  ])("of a build with %j", (options, lines) => {
    expect(run(["inspect", ...options, "-"], CHAIN)).toEqual({
      code: 0,
      error: "",
      out: `${lines.join("\n")}\n`,
    });
  });

  it("of a build as a diagram shows what it is made from, as JSON all there is to know", () => {
    const options = ["--build-context=build=./out", "--platform=linux/arm64"];
    expect(run(["inspect", "--format=mermaid", ...options, "-"], CHAIN).out).not.toContain("golang");
    const { build, graph } = JSON.parse(run(["inspect", "--format=json", ...options, "-"], CHAIN).out);
    expect(graph.stages).toHaveLength(3);
    expect(build).toMatchObject({ target: 2, error: null, contexts: { used: ["build"], unknown: [] } });
    expect(build.stages[0]).toMatchObject({
      needed: true,
      replacedBy: { name: "build", source: "./out", kind: "local" },
      platform: "linux/arm64",
    });
  });

  it.each([
    [["inspect", "--target", "finl", "-"], 1, 'target stage "finl" could not be found (did you mean final?)'],
    [["inspect", "--build-arg", "BASE=", "-"], 1, "base name ($BASE) should not be blank [GraphError]"],
    [["inspect", "--build-context", "x", "-"], 2, '--build-context takes NAME=SOURCE, not "x".'],
    [["check", "--platform", "a/b/c/d", "-"], 2, "--platform: "],
    [["fmt", "--target", "x", "-"], 2, "fmt has no options of a build."],
  ])("refuses %j", (args, code, reason) => {
    const result = run(args, CHAIN);
    expect([result.code, result.error]).toEqual([code, expect.stringContaining(reason)]);
  });

  it("prints what it can of a refused file, and why it is refused", () => {
    const { code, out, error } = run(["inspect", "lost"]);
    expect(code).toBe(1);
    expect(out).toContain("FROM alpine");
    expect(error).toContain("lost:2:13: error: invalid stage index 9 [GraphError]");
  });

  it("reads the standard input", () => {
    expect(run(["inspect", "-"], "FROM scratch AS x\n").out).toContain("x  FROM scratch");
  });
});

describe("check", () => {
  it.each([
    ["good", 0, ""],
    [
      "warned",
      0,
      "warned:1:13: warning: 'as' and 'FROM' keywords' casing do not match [FromAsCasing]\n  1 | FROM alpine as x\n    |             ^~\n",
    ],
    [
      "wrong",
      1,
      "wrong:2:2: error: COPY requires at least two arguments, but only one was provided. Destination could not be determined [InstructionError]\n  2 | \tCOPY x\n    | \t^~~~~~\n",
    ],
    ["strict", 1, "strict:2:13: warning: "],
    [
      "upper",
      1,
      'upper:1:6: error: failed to parse stage name "UPPER": invalid reference format: repository name (library/UPPER) must be lowercase [GraphError]\n',
    ],
    ["empty", 1, "empty:1:1: error: file with no instructions [ParseError]\n"],
  ])("of %s ends with %i", (name, code, beginning) => {
    const result = run(["check", name]);
    expect(result.code).toBe(code);
    expect(result.out.slice(0, beginning.length)).toBe(beginning);
    if (beginning === "") expect(result.out).toBe("");
  });

  it("is of the build that is asked for", () => {
    const text = "FROM alpine AS x\nENV A=$A\nFROM alpine AS y\nENV B=$B\n";
    const lines = (...args: string[]) => run(["check", ...args, "-"], text).out.match(/<stdin>:\d+/g);
    expect(lines()).toEqual(["<stdin>:2", "<stdin>:4"]);
    expect(lines("--target", "x")).toEqual(["<stdin>:2"]);
    const lost = run(["check", "--target", "z", "-"], text);
    expect([lost.code, lost.out]).toEqual([
      1,
      expect.stringContaining('target stage "z" could not be found'),
    ]);
  });

  it("names the rule's page", () => {
    expect(run(["check", "warned"]).out).toContain(
      "= https://docs.docker.com/go/dockerfile/rule/from-as-casing/",
    );
  });

  it("lets no file steer the terminal", () => {
    expect(run(["check", "escapes"]).out).not.toContain("\u001b");
  });

  it("as JSON is one list", () => {
    expect(JSON.parse(run(["check", "--format", "json", "warned", "good"]).out)).toMatchObject([
      { path: "warned", severity: "warning", rule: "FromAsCasing", start: { line: 1, column: 13 } },
    ]);
  });

  it("as SARIF points at rules that it lists", () => {
    const log = JSON.parse(run(["check", "--format", "sarif", "warned", "wrong"]).out);
    const [{ results, tool }] = log.runs;
    expect(log.version).toBe("2.1.0");
    expect(results.map((each: { level: string }) => each.level)).toEqual(["warning", "error"]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });
});

describe("--stdin-paths", () => {
  it.each([[[]], [["inspect"]], [["check"]]])("answers each path with a line (%j)", (words) => {
    const { code, out } = run([...words, "--stdin-paths"], "good\nwrong\n\nbytes");
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ path, accepted }) => [path, accepted])).toEqual([
      ["good", true],
      ["wrong", false],
      ["bytes", true],
    ]);
    expect(lines[0]).toEqual({
      path: "good",
      accepted: true,
      escape: "\\",
      instructions: [
        ["FROM", 1, 1],
        ["RUN", 2, 2],
        ["FROM", 5, 5],
        ["COPY", 6, 6],
        ["CMD", 7, 7],
      ],
      stages: [
        {
          index: 0,
          name: "build",
          base: "golang:1.22",
          platform: "",
          line: 1,
          endLine: 2,
          copies: [],
          mounts: [],
        },
        {
          index: 1,
          name: "final",
          base: "alpine",
          platform: "",
          line: 5,
          endLine: 7,
          copies: [["build", 6]],
          mounts: [],
        },
      ],
      edges: [[0, 1, "copy", 6]],
      checks: [],
    });
    expect(lines[1].error).toBe(
      "dockerfile parse error on line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined",
    );
    expect(lines[2].stages[0].base).toBe("a\ufffd");
  });

  it("goes on after a file that cannot be read", () => {
    const { code, out } = run(["--stdin-paths"], "nowhere\ngood\n");
    expect(code).toBe(2);
    const [missing, good] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(missing).toMatchObject({ accepted: false, error: "nowhere: there is no such file" });
    expect(good.accepted).toBe(true);
  });
});

describe("fmt", () => {
  const before = Buffer.from("FROM  a\xff\r\nRUN x  \r\n\r\n\r\n", "latin1");
  const after = Buffer.from("FROM a\xff\r\nRUN x\r\n", "latin1");
  const path = () => join(folder, "untidy");

  it("writes what changes, bytes that are no text included, and names the file", () => {
    writeFileSync(path(), before);
    expect(run(["fmt", "--check", "good", "untidy"])).toMatchObject({ code: 1, out: "untidy\n" });
    expect(readFileSync(path())).toEqual(before);
    expect(run(["fmt", "good", "untidy"])).toMatchObject({ code: 0, out: "untidy\n" });
    expect(readFileSync(path())).toEqual(after);
    expect(run(["fmt", "--check", "good", "untidy"])).toMatchObject({ code: 0, out: "" });
  });

  it("passes the standard input through", () => {
    expect(run(["fmt", "-"], "FROM   a\n").out).toBe("FROM a\n");
  });

  it("leaves a file alone that does not parse", () => {
    const { code, error } = run(["fmt", "empty"]);
    expect(code).toBe(1);
    expect(error).toContain("empty:1:1: error: file with no instructions");
  });
});

describe("what a person gets wrong", () => {
  it.each([
    [["check", "nowhere", "good"], "stagecraft: nowhere: there is no such file\n"],
    [["inspect", "."], "stagecraft: .: it is a folder; name the Dockerfile in it\n"],
    [["inspect", "--format", "png", "good"], "stagecraft: --format of inspect is one of text, json,"],
    [["inspect", "--format", "svg", "good", "warned"], "stagecraft: svg is one picture; name one file.\n"],
    [["check"], "stagecraft: Name a file, or - for the standard input.\n"],
    [["chekc", "good"], 'stagecraft: There is no command "chekc".\n'],
    [["check", "--check", "good"], "stagecraft: --check is an option of fmt.\n"],
    [["--what"], "stagecraft: Unknown option '--what'"],
    [[], "stagecraft: Name a command.\n"],
  ])("%j ends with 2 and says so", (args, message) => {
    const { code, error } = run(args);
    expect(code).toBe(2);
    expect(error.slice(0, message.length)).toBe(message);
  });
});
