import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { BuildEventBody } from "@/lib/build/events";
import { REDACTED, redacting } from "@/lib/build/server/redaction";
import { PATIENCE, RUNS } from "../laws";

const log = (text: string, vertex = "v", stream: 1 | 2 = 1): BuildEventBody => ({
  type: "log",
  vertex,
  stream,
  text,
});
const END: BuildEventBody = { type: "finished", status: "succeeded" };

function tell(secrets: string[], events: BuildEventBody[]): BuildEventBody[] {
  const told: BuildEventBody[] = [];
  const emit = redacting(
    (body) => told.push(body),
    secrets.map((secret) => Buffer.from(secret)),
  );
  events.forEach(emit);
  return told;
}

const printed = (events: BuildEventBody[]) =>
  events.map((event) => (event.type === "log" ? event.text : "")).join("");

test.each<[secret: string, event: BuildEventBody]>([
  ["finished", END],
  ["succeeded", END],
  ["built", { type: "built" }],
  ["beef", { type: "vertex", digest: "sha256:beef", name: "RUN a", cached: false }],
  ["beef", { type: "progress", vertex: "sha256:beef", id: "a", current: 1, total: 2, done: false }],
  ["sha256", { type: "size", stage: 0, size: 1, base: 0, layers: [], image: "sha256:1" }],
  ["linux", { type: "size", platform: "linux/arm64", stage: 0, size: 1, base: 0, layers: [] }],
  [
    "sha256",
    {
      type: "plan",
      stages: [],
      vertices: [{ digest: "sha256:1", places: [], platforms: ["linux/arm64"] }],
      platforms: ["linux/arm64"],
    },
  ],
])("the secret %s by chance stands in what events are told apart by, which stays: %o", (secret, event) => {
  expect(tell([secret, "linux"], [event])).toEqual([event]);
});

describe("what is printed", () => {
  it.each<[name: string, secrets: string[], pieces: string[], said: string]>([
    ["nothing to hide", [], ["a", "b"], "ab"],
    ["whole", ["hunter22"], ["it is hunter22!\n"], "it is ***!\n"],
    ["in pieces", ["hunter22"], ["it is hun", "te", "r22!\n"], "it is ***!\n"],
    ["nearly", ["hunter22"], ["hunter", "23"], "hunter23"],
    ["begun and never ended", ["hunter22"], ["hunt"], "hunt"],
    ["begun twice", ["aaab"], ["aa", "aa", "b"], "a***"],
    ["with a line end of its file", ["hunter22\n"], ["hunter22"], "***"],
    ["each line of a key", ["first line\nsecond line\n"], ["second line, first line"], "***, ***"],
    ["the longer of two", ["abcd", "abcdef"], ["abcdef abcd"], "*** ***"],
    ["too short to be one", ["abc"], ["abc"], "abc"],
    ["a short line among several", ["{\n12345678\n}"], ["{ 12345678 }"], "{ *** }"],
  ])("%s", (_, secrets, pieces, said) => {
    expect(printed(tell(secrets, [...pieces.map((piece) => log(piece)), END]))).toBe(said);
  });

  it("keeps outputs of different steps and streams apart", () => {
    const told = tell(
      ["hunter22"],
      [log("hunt", "v", 1), log("er22", "v", 2), log("er22", "w"), log("er22"), END],
    );
    expect(told.filter(({ type }) => type === "log")).toEqual([
      log("er22", "v", 2),
      log("er22", "w"),
      log(REDACTED),
    ]);
  });

  it("gives out what it held when the step or the build ends, before it says so", () => {
    const completed: BuildEventBody = {
      type: "vertex",
      digest: "v",
      name: "RUN",
      cached: false,
      completed: 1,
    };
    expect(tell(["hunter22"], [log("hunt"), completed, END])).toEqual([log("hunt"), completed, END]);
    expect(tell(["hunter22"], [log("hunt"), END])).toEqual([log("hunt"), END]);
  });
});

test("a secret is hidden in whatever else is told", () => {
  const error = { message: "RUN curl hunter22 failed.", detail: "curl hunter22: 401" };
  const events: BuildEventBody[] = [
    { type: "vertex", digest: "v", name: "RUN curl hunter22", cached: false, error: "hunter22" },
    { type: "warning", message: "hunter22" },
    { type: "finished", status: "failed", error },
  ];
  expect(JSON.stringify(tell(["hunter22"], events))).not.toContain("hunter22");
});

test("however output is cut, no secret is told and nothing else is lost", PATIENCE, () => {
  const secret = fc.string({ unit: fc.constantFrom("a", "b", "é"), minLength: 4, maxLength: 900 });
  const other = fc.string({ unit: fc.constantFrom("x", "y", "\n"), maxLength: 20 });
  const cuts = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 });
  fc.assert(
    fc.property(secret, other, other, cuts, (hidden, before, after, lengths) => {
      const whole = before + hidden + after;
      const pieces: BuildEventBody[] = [];
      for (let at = 0, turn = 0; at < whole.length; turn++) {
        const length = lengths[turn % lengths.length]!;
        pieces.push(log(whole.slice(at, at + length)));
        at += length;
      }
      const said = printed(tell([hidden], [...pieces, END]));
      expect(said.replaceAll(REDACTED, "")).toBe(before + after);
      expect(said).not.toContain(hidden);
    }),
    RUNS,
  );
});
