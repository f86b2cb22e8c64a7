import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { bindModel } from "@/components/code/monaco/binding";
import { DEED, openSharedText, REMOTE, writeEdits } from "@/lib/store/shared-text";
import { PATIENCE, RUNS } from "../../laws";
import { PlainModel } from "./plain-model";

function bound(start: string, limit = 1_000_000) {
  const doc = new Y.Doc();
  doc.getText("dockerfile").insert(0, start);
  const shared = openSharedText(doc);
  const model = new PlainModel();
  const events = { onSynced: vi.fn(), onRefused: vi.fn() };
  const unbind = bindModel(model as never, shared, limit, events);
  const canvas = (edit: { start: number; end: number; text: string }, origin: unknown = DEED) =>
    doc.transact(() => writeEdits(shared.text, [edit]), origin);
  return { doc, shared, model, events, canvas, unbind, text: () => shared.text.toString() };
}

/** No editor puts its cursor into the middle of an emoji. */
function wholeLetter(text: string, offset: number): number {
  return /[\uDC00-\uDFFF]/.test(text[offset] ?? "") ? offset - 1 : offset;
}

describe("both sides stay the same", () => {
  const edit = fc.record({
    side: fc.constantFrom("code", "canvas", "remote", "undo", "redo"),
    from: fc.nat(),
    length: fc.nat(6),
    text: fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom("\n", "FROM a\n", "é😀", "\r\n", "a\rb")),
  });

  test("whoever edits, in whatever order", PATIENCE, () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        const { model, shared, canvas, text } = bound("FROM a AS b\nRUN x\n");
        for (const { side, from, length, text: inserted } of edits) {
          if (side === "undo") shared.undoManager.undo();
          else if (side === "redo") shared.undoManager.redo();
          else {
            const now = side === "code" ? model.getValue() : text();
            const start = wholeLetter(now, from % (now.length + 1));
            const end = wholeLetter(now, Math.min(now.length, start + length));
            const change = { start, end, text: inserted };
            if (side === "code") model.change([change]);
            else canvas(change, side === "canvas" ? DEED : REMOTE);
          }
          expect(model.getValue()).toBe(text().replace(/\r\n?/g, "\n"));
        }
      }),
      RUNS,
    );
  });

  test("several cursors at once", () => {
    const { model, text } = bound("RUN a\nRUN b\n");
    model.change([
      { start: 4, end: 5, text: "one" },
      { start: 10, end: 11, text: "two" },
    ]);
    expect(text()).toBe("RUN one\nRUN two\n");
  });

  test("after it is let go, neither follows the other", () => {
    const { model, canvas, text, unbind } = bound("a");
    unbind();
    model.type("b");
    canvas({ start: 0, end: 0, text: "c" });
    expect([model.getValue(), text()]).toEqual(["ab", "ca"]);
  });
});

describe("line endings", () => {
  test("a pasted CRLF enters the document as LF", () => {
    const { model, text } = bound("");
    model.change([{ start: 0, end: 0, text: "FROM a\r\nRUN b\r\n" }]);
    expect(text()).toBe("FROM a\nRUN b\n");
  });

  test("a carriage return that meets its line feed again is one line's end", () => {
    const { model, shared, canvas, text } = bound("FROM a\r\nRUN b\n");
    canvas({ start: 7, end: 7, text: " " });
    expect([model.getValue(), text()]).toEqual(["FROM a\n \nRUN b\n", "FROM a\r \nRUN b\n"]);
    shared.undoManager.undo();
    expect([model.getValue(), text()]).toEqual(["FROM a\nRUN b\n", "FROM a\r\nRUN b\n"]);
  });

  test("a line begun behind a lone carriage return is one line more", () => {
    const { model, text } = bound("FROM a\rRUN b\n");
    model.change([{ start: 7, end: 7, text: "\n" }]);
    expect([model.getValue(), text()]).toEqual(["FROM a\n\nRUN b\n", "FROM a\n\nRUN b\n"]);
  });

  test("mixed endings stay as they are until somebody edits here, and come back with undo", () => {
    const mixed = "FROM a\r\nRUN b\nRUN c\r\n";
    const { model, shared, text } = bound(mixed);
    expect([model.getValue(), text()]).toEqual(["FROM a\nRUN b\nRUN c\n", mixed]);
    model.type("#");
    expect(text()).toBe("FROM a\nRUN b\nRUN c\n#");
    shared.undoManager.undo();
    expect([model.getValue(), text()]).toEqual(["FROM a\nRUN b\nRUN c\n", mixed]);
  });
});

describe("history", () => {
  test("letters typed in one go are one step", () => {
    const { model, shared, text } = bound("FROM a\n");
    model.type("RUN go");
    expect(shared.undoManager.undoStack).toHaveLength(1);
    shared.undoManager.undo();
    expect([text(), model.getValue()]).toEqual(["FROM a\n", "FROM a\n"]);
  });

  const letter = (start: number, text: string, end = start) => ({ start, end, text });
  test.each([
    ["a jump", [letter(0, "a"), letter(1, "b"), letter(0, "c")], 2],
    ["a new line", [letter(0, "a"), letter(1, "\n"), letter(2, "b")], 2],
    ["a paste", [letter(0, "a"), letter(1, "pasted")], 2],
    ["taking letters back", [letter(0, "a"), letter(1, "b"), letter(1, "", 2)], 1],
  ])("%s", (_, edits, steps) => {
    const { model, shared } = bound("");
    for (const edit of edits) model.change([edit]);
    expect(shared.undoManager.undoStack).toHaveLength(steps);
  });

  test("edits of text and canvas are undone in their order, from either side", () => {
    const { model, shared, canvas, text } = bound("FROM a\n");
    model.type("x");
    shared.undoManager.stopCapturing();
    canvas({ start: 5, end: 6, text: "b" });
    expect(text()).toBe("FROM b\nx");
    shared.undoManager.undo();
    expect(model.getValue()).toBe("FROM a\nx");
    shared.undoManager.undo();
    expect(model.getValue()).toBe("FROM a\n");
  });

  test("what came from elsewhere is not undone here", () => {
    const { shared, canvas } = bound("FROM a\n");
    canvas({ start: 0, end: 0, text: "# theirs\n" }, REMOTE);
    expect(shared.undoManager.undo()).toBeNull();
  });
});

describe("too long a text", () => {
  test.each([
    ["plain letters", "x".repeat(101)],
    ["fewer letters than bytes", "é".repeat(51)],
  ])("%s are refused, and nothing of it enters the document", async (_, pasted) => {
    const { model, events, text } = bound("FROM a\n", 100);
    model.change([{ start: 7, end: 7, text: pasted }]);
    await Promise.resolve();
    expect([text(), model.getValue()]).toEqual(["FROM a\n", "FROM a\n"]);
    expect(events.onRefused).toHaveBeenCalledOnce();
    model.type("b");
    expect(text()).toBe("FROM a\nb");
  });

  test("just at the limit is let in", () => {
    const { model, events, text } = bound("", 100);
    model.change([{ start: 0, end: 0, text: "é".repeat(50) }]);
    expect(text()).toHaveLength(50);
    expect(events.onRefused).not.toHaveBeenCalled();
  });
});

test("tells what came from outside once both sides are the same", () => {
  const { model, shared, events, canvas } = bound("FROM a\n");
  events.onSynced.mockImplementation(() => expect(model.getValue()).toBe(shared.text.toString()));
  canvas({ start: 5, end: 6, text: "b" });
  expect(events.onSynced).toHaveBeenLastCalledWith([{ start: 5, end: 6, text: "b" }], DEED);
  model.type("x");
  expect(events.onSynced.mock.lastCall?.[0]).toEqual([]);
});
