import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  commentOutRows,
  duplicateRows,
  movedRows,
  moveRows,
  type Rows,
  removeRows,
  stepOf,
} from "../../../components/canvas/rows/row-edits";
import { type DockerfileEdit, parseDockerfile, planEdits } from "../../../lib/dockerfile";
import { applyEdits } from "../../../lib/text";
import { PATIENCE, RUNS } from "../../laws";

const FILE = "FROM a AS x\nRUN 1\n# two\nRUN 2\nRUN 3 \\\n  && 3\nRUN 4\n\nFROM b AS y\nRUN 5\n";
const tree = parseDockerfile(FILE);

function apply(edits: readonly DockerfileEdit[]): string {
  const result = planEdits(tree, edits);
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return applyEdits(FILE, result.edits);
}

const rows = (from: number, to: number): Rows => ({ stage: 0, from, to });

test.each<[name: string, edits: DockerfileEdit[], after: string]>([
  ["removed", removeRows(rows(2, 4)), "FROM a AS x\nRUN 1\n# two\nRUN 4\n\nFROM b AS y\nRUN 5\n"],
  [
    "commented out",
    commentOutRows(rows(2, 4)),
    "FROM a AS x\nRUN 1\n# two\n# RUN 2\n# RUN 3 \\\n#   && 3\nRUN 4\n\nFROM b AS y\nRUN 5\n",
  ],
  [
    "duplicated",
    duplicateRows(tree, rows(2, 4)),
    "FROM a AS x\nRUN 1\n# two\nRUN 2\nRUN 3 \\\n  && 3\nRUN 2\nRUN 3 \\\n  && 3\nRUN 4\n\nFROM b AS y\nRUN 5\n",
  ],
  [
    "moved up",
    moveRows(rows(2, 4), { stage: 0, at: 1 }),
    "FROM a AS x\n# two\nRUN 2\nRUN 3 \\\n  && 3\nRUN 1\nRUN 4\n\nFROM b AS y\nRUN 5\n",
  ],
  [
    "moved down",
    moveRows(rows(1, 3), { stage: 0, at: 5 }),
    "FROM a AS x\nRUN 3 \\\n  && 3\nRUN 4\nRUN 1\n# two\nRUN 2\n\nFROM b AS y\nRUN 5\n",
  ],
  [
    "moved to another stage",
    moveRows(rows(2, 4), { stage: 1, at: 1 }),
    "FROM a AS x\nRUN 1\nRUN 4\n\nFROM b AS y\n# two\nRUN 2\nRUN 3 \\\n  && 3\nRUN 5\n",
  ],
  ["left where they are", moveRows(rows(2, 4), { stage: 0, at: 3 }), FILE],
])("rows are %s", (_, edits, after) => {
  expect(apply(edits)).toBe(after);
});

test.each<[rows: Rows, by: -1 | 1, to: ReturnType<typeof stepOf>]>([
  [rows(2, 4), -1, { stage: 0, at: 1 }],
  [rows(2, 4), 1, { stage: 0, at: 5 }],
  [rows(4, 5), 1, { stage: 1, at: 1 }],
  [rows(1, 2), -1, null],
  [{ stage: 1, from: 1, to: 2 }, -1, { stage: 0, at: 5 }],
  [{ stage: 1, from: 1, to: 2 }, 1, null],
])("from %j a step of %i leads to %j", (from, by, to) => {
  expect(stepOf(tree, from, by)).toEqual(to);
});

describe("laws", () => {
  it("rows arrive where it is said, in their order, and nothing else changes its", PATIENCE, () => {
    const place = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(place, place, fc.nat(1), place, (a, b, stage, at) => {
        const moved = rows(Math.min(a, b), Math.max(a, b) + 1);
        const to = { stage, at: stage === 1 ? Math.min(at, 2) : at };
        const after = parseDockerfile(apply(moveRows(moved, to)));
        const words = tree.stages.map(({ instructions }) => instructions.map(({ text }) => text));
        const taken = words[0]!.slice(moved.from, moved.to);
        const now = after.stages.map(({ instructions }) => instructions.map(({ text }) => text));
        const place = movedRows(moved, to);
        expect(now[place.stage]!.splice(place.from, place.to - place.from)).toEqual(taken);
        words[0]!.splice(moved.from, moved.to - moved.from);
        expect(now).toEqual(words);
      }),
      RUNS,
    );
  });
});
