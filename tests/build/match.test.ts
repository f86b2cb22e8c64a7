import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isIdentity, matchStages } from "@/lib/build/match";
import { parseDockerfile } from "@/lib/dockerfile";
import { PATIENCE, RUNS } from "../laws";

const stagesOf = (text: string) => parseDockerfile(text).stages;
const BUILT = "FROM a AS one\nRUN x\nRUN y\nFROM b\nCOPY --from=one /p /q\n";

describe("figures of a build stay with what they belong to", () => {
  test.each([
    { what: "an unchanged text", now: BUILT, match: ["0:0,1,2", "1:0,1"], same: true },
    { what: "a stage put in front", now: `FROM z\n${BUILT}`, match: ["1:0,1,2", "2:0,1"], same: false },
    {
      what: "an instruction put in",
      now: BUILT.replace("RUN y", "RUN new\nRUN y"),
      match: ["0:0,1,3", "1:0,1"],
      same: false,
    },
    {
      what: "an instruction changed",
      now: BUILT.replace("RUN x", "RUN xx"),
      match: ["0:0,-,2", "1:0,1"],
      same: false,
    },
    {
      what: "stages in another order",
      now: "FROM b\nFROM a AS one\nRUN x\nRUN y\n",
      match: ["1:0,1,2", "0:0,-"],
      same: false,
    },
    {
      what: "a stage removed",
      now: "FROM a AS one\nRUN x\nRUN y\n",
      match: ["0:0,1,2", "gone"],
      same: false,
    },
  ])("$what", ({ now, match, same }) => {
    const today = stagesOf(now);
    const found = matchStages(stagesOf(BUILT), today);
    expect(
      found.map((to) => (to ? `${to.stage}:${to.instructions.map((n) => n ?? "-").join(",")}` : "gone")),
    ).toEqual(match);
    expect(isIdentity(found, today)).toBe(same);
  });
});

/** What matchStages is to do with the instructions of a stage, one comparison after the other. */
function slowly(built: string[], now: string[]): (number | null)[] {
  let from = 0;
  return built.map((words) => {
    const at = now.indexOf(words, from);
    if (at === -1) return null;
    from = at + 1;
    return at + 1;
  });
}

test("instructions are matched as by comparing each with each", PATIENCE, () => {
  const lines = fc.array(fc.constantFrom("RUN a", "RUN b", "RUN c", "CMD a"), { maxLength: 8 });
  const stage = (list: string[]) => stagesOf(["FROM x", ...list, ""].join("\n"));
  fc.assert(
    fc.property(lines, lines, (built, now) => {
      const [match] = matchStages(stage(built), stage(now));
      expect(match?.instructions).toEqual([0, ...slowly(built, now)]);
    }),
    RUNS,
  );
});
