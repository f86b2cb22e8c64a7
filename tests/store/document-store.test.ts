import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createLogStore } from "@/lib/build/logs";
import type { DocumentView } from "@/lib/share/document";
import { createDocumentStore } from "@/lib/store/document-store";
import { selectedLines } from "@/lib/store/selection-slice";
import { openSharedText } from "@/lib/store/shared-text";

const GO = `FROM golang:1.19 AS builder
COPY . .
RUN go build -o /app .

FROM alpine
COPY --from=builder /app /app
`;

const VIEW: DocumentView = {
  id: "d1",
  title: "hello",
  state: "",
  text: "",
  format: { eol: "lf", bom: false },
  updatedAt: 0,
  context: null,
  lastBuild: null,
  rights: { edit: true, build: true, share: true },
};

function open(text: string, doc = new Y.Doc(), view = VIEW) {
  if (text) doc.getText("dockerfile").insert(0, text);
  const shared = openSharedText(doc);
  let n = 0;
  const store = createDocumentStore({
    view,
    shared,
    logs: createLogStore(),
    source: {
      follow: () => () => {},
      getBuild: () => Promise.reject(new Error("no builds here")),
      listBuilds: () => Promise.resolve([]),
      getFigures: () => Promise.reject(new Error("no builds here")),
    },
    flush: () => Promise.resolve(),
    newId: () => `id${n++}`,
  });
  return { store, shared, doc, state: () => store.getState() };
}

let page: ReturnType<typeof open>;
beforeEach(() => {
  page = open(GO);
});

describe("one history over canvas and text", () => {
  test("an edit from the canvas changes only what it must and is undone whole", () => {
    const { state } = page;
    expect(state().apply({ type: "renameStage", stage: 0, name: "build" }).ok).toBe(true);
    expect(state().text).toBe(GO.replace("AS builder", "AS build").replace("--from=builder", "--from=build"));
    state().undo();
    expect(state().text).toBe(GO);
    state().redo();
    expect(state().text).toContain("AS build\n");
  });

  test("several edits are one step, planned one on the other, and none is done where one can't be", () => {
    const { state } = page;
    const move = { type: "moveStage", stage: 1, to: 0 } as const;
    const rename = { type: "renameStage", stage: 0, name: "b" } as const;
    expect(state().applyAll([{ type: "removeInstruction", stage: 1, instruction: 1 }, move]).ok).toBe(true);
    expect(state().text).toMatch(/^FROM alpine\n\nFROM golang/);
    state().undo();
    expect(state().text).toBe(GO);
    expect(state().applyAll([rename, { ...rename, stage: 1 }]).ok).toBe(false);
    expect(state().text).toBe(GO);
  });

  test("what a form adds belongs to the step that opened it, while that is the last one", () => {
    const { state } = page;
    state().apply({ type: "renameStage", stage: 0, name: "build" });
    const step = state().lastStep();
    state().applyAll([{ type: "setFlag", stage: 1, instruction: 1, flag: "link", value: "" }], step);
    expect(state().text).toContain("COPY --from=build --link");
    state().undo();
    expect(state().text).toBe(GO);
    state().redo();
    // Redone, it is another step: what comes now is one of its own.
    state().applyAll([{ type: "setFlag", stage: 1, instruction: 1, flag: "link", value: null }], step);
    state().undo();
    expect(state().text).toContain("COPY --from=build --link");
  });

  test("undo takes back text, canvas and places in the order in which they came", () => {
    const { state, shared } = page;
    const typing = { typing: true };
    shared.undoManager.trackedOrigins.add(typing);
    const id = state().stageIds[0]!;
    state().settleNodes({ [id]: { x: 0, y: 0 } });

    shared.doc.transact(() => shared.text.insert(shared.text.length, "FROM busybox AS third\n"), typing);
    state().placeNodes({ [id]: { x: 50, y: 60 } });
    state().apply({ type: "renameStage", stage: 2, name: "last" });

    expect(state().graph.stages.map(({ label }) => label)).toEqual(["builder", "stage-1", "last"]);
    state().undo();
    expect(state().graph.stages[2]?.label).toBe("third");
    expect(state().positions[id]).toEqual({ x: 50, y: 60 });
    state().undo();
    expect(state().positions[id]).toEqual({ x: 0, y: 0 });
    expect(state().tree.stages).toHaveLength(3);
    state().undo();
    expect(state().text).toBe(GO);
    expect(state().canUndo).toBe(false);
  });

  test("what is typed into one option is one step, and another option is another", () => {
    const { store } = open(GO);
    for (const VERSION of ["1", "1.", "1.2"]) store.getState().setOptions({ buildArgs: { VERSION } });
    store.getState().setOptions({ noCache: true });
    store.getState().undo();
    expect(store.getState().options).toMatchObject({ noCache: false, buildArgs: { VERSION: "1.2" } });
    store.getState().undo();
    expect(store.getState().options.buildArgs).toEqual({});
    expect(store.getState().canUndo).toBe(false);
  });

  test("several deeds as one step", () => {
    const { state } = page;
    state().asOneStep(() => {
      state().apply({ type: "addStage", base: "busybox", name: "tools" });
      const id = state().stageIds[2]!;
      state().placeNodes({ [id]: { x: 1, y: 2 } });
    });
    expect(state().graph.stages).toHaveLength(3);
    state().undo();
    expect(state().text).toBe(GO);
    expect(state().canUndo).toBe(false);
  });
});

describe("places", () => {
  test("stay with their stage while text moves, and after the document is opened again", () => {
    const { state, shared, doc } = page;
    const [first, second] = state().stageIds as [string, string];
    state().placeNodes({ [first]: { x: 10, y: 20 }, [second]: { x: 300, y: 20 } });
    shared.text.insert(0, "# a comment\nFROM busybox AS zero\n");
    expect(state().stageIds.slice(1)).toEqual([first, second]);

    const again = new Y.Doc();
    Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
    const reopened = open("", again).state();
    expect(reopened.stageIds.slice(1)).toEqual([first, second]);
    expect(reopened.positions[second]).toEqual({ x: 300, y: 20 });
  });

  test("a removed stage that comes back by undo stands where it stood", () => {
    const { state } = page;
    const id = state().stageIds[0]!;
    state().placeNodes({ [id]: { x: 10, y: 20 } });
    state().apply({ type: "removeStage", stage: 0 });
    expect(state().stageIds).not.toContain(id);
    state().undo();
    expect(state().stageIds[0]).toBe(id);
  });

  test("a reader's layout is on the screen only", () => {
    const doc = new Y.Doc();
    const { state } = open(GO, doc, { ...VIEW, rights: { edit: false, build: false, share: false } });
    const before = Y.encodeStateVector(doc);
    state().settleNodes({ [state().stageIds[0]!]: { x: 5, y: 5 } });
    expect(state().positions[state().stageIds[0]!]).toEqual({ x: 5, y: 5 });
    expect(Y.encodeStateVector(doc)).toEqual(before);
    expect(state().apply({ type: "addStage", base: "busybox" })).toMatchObject({ ok: false });
  });

  test("what is stored as a place but is none is passed over", () => {
    const doc = new Y.Doc();
    (doc.getMap("positions") as Y.Map<unknown>).set("evil", { x: "1; drop", y: null });
    expect(open(GO, doc).state().positions).toEqual({});
  });
});

describe("broken text", () => {
  test("keeps the cards and refuses to be written into by the canvas", () => {
    const { state, shared } = page;
    const before = state().graph.stages;
    shared.text.delete(GO.indexOf("FROM alpine") + 3, 1);
    expect(state().graph.stale).toBe(true);
    expect(state().graph.stages).toBe(before);
    expect(state().apply({ type: "addStage", base: "busybox" })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/line 5/i),
    });
    shared.text.insert(GO.indexOf("FROM alpine") + 3, "M");
    expect(state().graph.stale).toBe(false);
    expect(state().graph.stages.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });
});

describe("selection", () => {
  test.each([
    { line: 1, selection: { kind: "stage", stage: "id0" } },
    { line: 3, selection: { kind: "instruction", stage: "id0", instruction: 2 } },
    { line: 4, selection: { kind: "none" } },
    { line: 6, selection: { kind: "instruction", stage: "id1", instruction: 1 } },
  ])("line $line is $selection.kind", ({ line, selection }) => {
    page.state().selectLine(line, "code");
    expect(page.state().selection).toEqual(selection);
  });

  test.each([
    { lines: [2, 3], selection: { kind: "instruction", stage: "id0", instruction: 2, anchor: 1 } },
    { lines: [3, 2], selection: { kind: "instruction", stage: "id0", instruction: 1, anchor: 2 } },
    { lines: [1, 2], selection: { kind: "instruction", stage: "id0", instruction: 1 } },
    { lines: [1, 4], selection: { kind: "instruction", stage: "id0", instruction: 2, anchor: 1 } },
    { lines: [3, 6], selection: { kind: "instruction", stage: "id1", instruction: 1 } },
  ] as const)("lines $lines are $selection", ({ lines: [anchor, line], selection }) => {
    const { state } = page;
    state().selectLine(line, "code", anchor);
    expect(state().selection).toEqual(selection);
  });

  test("of several rows, their lines are one stretch, and it goes when one of them goes", () => {
    const { state } = page;
    state().selectLine(2, "code", 3);
    expect(selectedLines(state())).toEqual([2, 3]);
    state().apply({ type: "removeInstruction", stage: 0, instruction: 2 });
    expect(state().selection).toEqual({ kind: "instruction", stage: "id0", instruction: 1 });
  });

  test("goes when what was selected goes", () => {
    const { state } = page;
    state().selectLine(6, "code");
    state().apply({ type: "removeInstruction", stage: 1, instruction: 1 });
    expect(state().selection.kind === "instruction" ? state().selection : null).toBeNull();
  });
});

describe("what checks find", () => {
  const CODES = (state: typeof page.state) => state().findings.map(({ code }) => code);

  test("is there from the start, follows its words, and is worked out anew", async () => {
    const { state, shared } = open("FROM a as b\n");
    expect(CODES(state)).toEqual(["FromAsCasing"]);
    const word = () => {
      const { start, end } = state().findings[0]!.range;
      return state().text.slice(start, end);
    };
    shared.text.insert(0, "# why\n");
    expect(word()).toBe("as");
    shared.text.insert(state().text.length, "MAINTAINER me\n");
    await expect.poll(() => CODES(state)).toEqual(["FromAsCasing", "MaintainerDeprecated"]);
    shared.text.delete(0, state().text.length);
    expect(word()).toBe("");
    await expect.poll(() => CODES(state)).toEqual([]);
  });

  test("is for the build that is asked for", () => {
    const UNSET = "FROM a AS x\nENV A=$A\nFROM b\nENV B=$B\n";
    const { state, doc } = open(UNSET);
    const lines = (of: typeof state) =>
      of()
        .findings.filter(({ code }) => code === "UndefinedVar")
        .map(({ range }) => of().tree.lines.lineAt(range.start));
    expect(lines(state)).toEqual([2, 4]);
    state().setOptions({ target: 0 });
    expect(lines(state)).toEqual([2]);
    expect(lines(open("", doc).state)).toEqual([2]);
  });

  test("edits of a fix are one step, and none where the document is for reading", () => {
    const { state } = open("FROM a as b\n");
    state().applyEdits([
      { start: 0, end: 4, text: "from" },
      { start: 12, end: 12, text: "run x\n" },
    ]);
    expect(state().text).toBe("from a as b\nrun x\n");
    state().undo();
    expect(state().text).toBe("FROM a as b\n");
    const reader = open("FROM a\n", undefined, {
      ...VIEW,
      rights: { edit: false, build: false, share: false },
    });
    reader.state().applyEdits([{ start: 0, end: 6, text: "" }]);
    expect(reader.state().text).toBe("FROM a\n");
  });
});

describe("ARGs before the first FROM", () => {
  const ARGS = "ARG A=1\nARG B\n\nFROM a:$A\nRUN b\n\nFROM c\n";

  test("are selected by their line, and not any more once they are gone", () => {
    const { state } = open(ARGS);
    state().selectLine(2, "code");
    expect(state().selection).toEqual({ kind: "argument", argument: "B" });
    expect(selectedLines(state())).toEqual([2, 2]);
    state().selectLine(3, "code");
    expect(state().selection).toEqual({ kind: "none" });
    state().select({ kind: "argument", argument: "B" }, "canvas");
    state().apply({ type: "removeGlobalArg", arg: 1 });
    expect(state().selection).toEqual({ kind: "none" });
  });

  test("have a place that is kept, and that no stage is ever found at", () => {
    const { state, doc } = open(ARGS);
    state().settleNodes({ args: { x: 1, y: 2 }, id0: { x: 3, y: 4 } });
    state().replaceText("FROM z\n");
    state().replaceText(ARGS);
    const again = open("", doc);
    expect(again.state().positions.args).toEqual({ x: 1, y: 2 });
    expect(again.state().stageIds).not.toContain("args");
  });
});

test("all stages are collapsed as one step, and shown again as one", () => {
  const { state } = page;
  const [first, second] = state().stageIds as [string, string];
  state().settleNodes({ [first]: { x: 0, y: 0 }, [second]: { x: 9, y: 9 } });
  state().setAllCollapsed(true);
  expect(state().collapsed).toEqual({ [first]: true, [second]: true });
  state().undo();
  expect(state().collapsed).toEqual({});
  state().redo();
  state().setAllCollapsed(false);
  expect(state().collapsed).toEqual({});
  expect(state().positions[second]).toEqual({ x: 9, y: 9 });
});
