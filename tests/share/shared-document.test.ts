import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { documentParts, MAX_TEXT_BYTES } from "@/lib/share/document";
import { mergeUpdate, newState, readState } from "@/lib/share/server/shared-document";
import { fewerRuns, PATIENCE } from "../laws";

const LF = { eol: "lf", bom: false } as const;

/** A tab that has the document open. */
function openTab(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

function edit(doc: Y.Doc, change: (parts: ReturnType<typeof documentParts>) => void): Uint8Array {
  const before = Y.encodeStateVector(doc);
  doc.transact(() => change(documentParts(doc)));
  return Y.encodeStateAsUpdate(doc, before);
}

describe("two tabs", () => {
  test("that edit apart end with both edits, wherever they are merged", () => {
    const start = newState("FROM a\nRUN b\n", "Title", LF);
    const [one, two] = [openTab(start), openTab(start)];
    const first = edit(one, ({ text }) => text.insert(0, "# one\n"));
    const second = edit(two, ({ text, settings, positions }) => {
      text.insert(text.length, "RUN two\n");
      settings.set("title", "Renamed");
      positions.set("s1", { x: 1, y: 2 });
    });
    const afterFirst = mergeUpdate(start, first, Y.encodeStateVector(one));
    const afterSecond = mergeUpdate(afterFirst.state, second, Y.encodeStateVector(two));
    Y.applyUpdate(two, afterSecond.answer);
    expect(readState(afterSecond.state)).toEqual({
      text: "# one\nFROM a\nRUN b\nRUN two\n",
      settings: { title: "Renamed", format: LF, lesson: null },
    });
    expect(documentParts(two).text.toString()).toBe(afterSecond.content.text);
    // The first tab lacks nothing of its own, and gets the second's with its next save.
    Y.applyUpdate(one, mergeUpdate(afterSecond.state, first, Y.encodeStateVector(one)).answer);
    expect(documentParts(one).text.toString()).toBe(afterSecond.content.text);
  });

  test("agree whatever they do and whenever they save", PATIENCE, () => {
    const step = fc.record({
      tab: fc.nat(2),
      at: fc.nat(40),
      text: fc.string({ maxLength: 5 }),
      cut: fc.nat(3),
      save: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state: Uint8Array = newState("FROM a\n", "", LF);
        const tabs = [openTab(state), openTab(state), openTab(state)];
        const save = (tab: Y.Doc) => {
          const merged = mergeUpdate(state, Y.encodeStateAsUpdate(tab), Y.encodeStateVector(tab));
          state = merged.state;
          Y.applyUpdate(tab, merged.answer);
        };
        for (const { tab, at, text, cut, save: saves } of steps) {
          const doc = tabs[tab] as Y.Doc;
          edit(doc, (parts) => {
            const place = Math.min(at, parts.text.length);
            parts.text.delete(place, Math.min(cut, parts.text.length - place));
            parts.text.insert(place, text);
          });
          if (saves) save(doc);
        }
        for (const tab of [...tabs, ...tabs]) save(tab);
        const texts = tabs.map((tab) => documentParts(tab).text.toString());
        expect(new Set([...texts, readState(state).text]).size).toBe(1);
      }),
      fewerRuns(20),
    );
  });

  test("sending the same again changes nothing", () => {
    const start = newState("FROM a\n", "", LF);
    const update = edit(openTab(start), ({ text }) => text.insert(0, "x"));
    const once = mergeUpdate(start, update, null);
    const twice = mergeUpdate(once.state, update, null);
    expect([once.changed, twice.changed]).toEqual([true, false]);
    expect(twice.content.text).toBe("xFROM a\n");
  });
});

describe("a text", () => {
  test.each([
    ["exactly as long as allowed", "x".repeat(MAX_TEXT_BYTES), true],
    ["one byte longer", "x".repeat(MAX_TEXT_BYTES + 1), false],
    ["longer in bytes, not in characters", "ü".repeat(MAX_TEXT_BYTES / 2 + 1), false],
  ])("%s", (_what, text, allowed) => {
    const start = newState("", "", LF);
    const update = edit(openTab(start), (parts) => parts.text.insert(0, text));
    const attempts = [() => newState(text, "", LF), () => mergeUpdate(start, update, null)];
    for (const attempt of attempts) {
      if (allowed) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(expect.objectContaining({ kind: "tooLarge", code: "text-too-large" }));
    }
  });
});

test.each([
  ["nothing", new Uint8Array()],
  ["noise", new Uint8Array([255, 254, 1, 2, 3, 4, 5, 200, 9])],
  ["half an update", newState("FROM a\n", "", LF).slice(0, 20)],
])("an update of %s is refused", (_what, update) => {
  expect(() => mergeUpdate(newState("", "", LF), update, null)).toThrow(
    expect.objectContaining({ kind: "invalid" }),
  );
});

test("an update that puts something else where the text is does no harm", () => {
  const start = newState("FROM a\n", "T", LF);
  const strange = new Y.Doc();
  strange.getMap("dockerfile").set("k", 1);
  strange.getArray("settings").insert(0, ["x"]);
  const merged = mergeUpdate(start, Y.encodeStateAsUpdate(strange), null);
  expect(merged.content.text).toBe("FROM a\n");
  expect(merged.content.settings).toEqual({ title: "T", format: LF, lesson: null });
});

test("settings that make no sense fall back", () => {
  const doc = openTab(newState("", "", LF));
  edit(doc, ({ settings }) => {
    settings.set("title", 7);
    settings.set("format", { eol: "cr" });
    settings.set("options", "all");
    settings.set("lesson", 1);
  });
  expect(readState(Y.encodeStateAsUpdate(doc)).settings).toEqual({ title: "", format: LF, lesson: null });
});
