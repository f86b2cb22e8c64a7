/** What a build that has not begun says of itself. */
import { expect, test } from "vitest";
import { emptyBuild, reduceBuild } from "@/lib/build/reducer";
import { placeInLine, waitingInWords } from "@/lib/build/waiting";
import { numbered, started } from "./events";

test.each([
  [1, "next"],
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [11, "11th"],
  [12, "12th"],
  [13, "13th"],
  [21, "21st"],
  [22, "22nd"],
  [50, "50th"],
])("place %i is “%s”", (place, words) => expect(placeInLine(place)).toBe(words));

test.each([
  [{ host: "big", place: 1 }, "Next in line on big"],
  [{ host: "big", place: 2 }, "2nd in line on big"],
  [{ host: "big", reason: "Nothing answers there." }, "Waiting for big, which is away"],
  [null, "Waiting for the host"],
])("%o", (waiting, title) => expect(waitingInWords(waiting).title).toBe(title));

test("what is told last counts, until the build begins or ends", () => {
  const line = numbered([
    { type: "waiting", host: "big", place: 2 },
    { type: "waiting", host: "big", reason: "Nothing answers there." },
  ]);
  const waiting = reduceBuild(emptyBuild(), line);
  expect(waiting).toMatchObject({
    status: "queued",
    waiting: { host: "big", reason: "Nothing answers there." },
  });
  expect(waiting.waiting?.place).toBeUndefined();
  const after = (event: Parameters<typeof numbered>[0][number]) =>
    reduceBuild(waiting, [{ ...numbered([event])[0]!, seq: 3 }]).waiting;
  expect(after(started)).toBeNull();
  expect(after({ type: "finished", status: "canceled" })).toBeNull();
});
