import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DockerfileEdit, parseDockerfile, planEdit } from "../../lib/dockerfile";
import { applyEdits } from "../../lib/text";
import { PATIENCE, partOfRuns, RUNS } from "../laws";
import { expectSame } from "../same";
import { sound } from "./arbitraries";
import { anyEdit, BY_TYPE } from "./edit-arbitraries";
import { modelOf, plain } from "./edit-model";
import { change } from "./edit-model-change";

/** The text after an edit, held to what the edit means; null where it is refused. */
function edited(before: string, edit: DockerfileEdit): string | null {
  const tree = parseDockerfile(before);
  const result = planEdit(tree, edit);
  if (!result.ok) return null;
  const text = applyEdits(before, result.edits);
  const after = parseDockerfile(text);
  expect(after.accepted).toBe(true);
  expect(after.graphError).toBeNull();
  const expected = modelOf(tree);
  const actual = modelOf(after);
  change(expected, edit, actual);
  expectSame(plain(actual, expected), plain(expected));
  return text;
}

/** Files with instructions among their comments. */
const commented = sound.map((text) => text.replace(/^(?:RUN make|ENV A=b)$/gim, "# $&"));

describe("what an edit says is what it does", PATIENCE, () => {
  it.each(Object.keys(BY_TYPE) as DockerfileEdit["type"][])("%s", (type) => {
    let done = 0;
    fc.assert(
      fc.property(
        type === "uncomment" ? commented : sound,
        BY_TYPE[type] as fc.Arbitrary<DockerfileEdit>,
        (before, edit) => {
          if (edited(before, edit) !== null) done++;
        },
      ),
      partOfRuns(5),
    );
    expect(done).toBeGreaterThan(0);
  });

  it("one after the other", () => {
    fc.assert(
      fc.property(sound, fc.array(anyEdit, { minLength: 2, maxLength: 5 }), (before, edits) => {
        let text = before;
        for (const edit of edits) text = edited(text, edit) ?? text;
      }),
      RUNS,
    );
  });
});
