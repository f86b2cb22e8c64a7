import { expect, test } from "vitest";
import * as Y from "yjs";
import type { DocumentReading } from "@/lib/share/reading";
import { readingOf } from "@/lib/share/server/reading";
import { readDocument } from "@/lib/store/read-document";
import { newStore } from "./new-store";

const TEXT =
  "ARG V=1\nFROM golang:$V AS builder\nRUN go build\n\nFROM alpine as last\nCOPY --from=builder /a /a\n";

/** A document that its owner has laid out, as it is sent to who reads it. */
function made(): { reading: DocumentReading; owner: ReturnType<typeof newStore> } {
  const doc = new Y.Doc();
  const owner = newStore(TEXT, null, doc);
  const [first, second] = owner.getState().stageIds;
  owner
    .getState()
    .placeNodes({ [first!]: { x: 1, y: 2 }, [second!]: { x: 3, y: 4 }, "image:x": { x: 5, y: 6 } });
  owner.getState().setCollapsed(second!, true);
  // The words move after the cards were placed.
  owner.getState().replaceText(`# above\n${TEXT}`);
  const state = Y.encodeStateAsUpdate(doc);
  const view = {
    id: "d",
    title: "t",
    format: { eol: "lf", bom: false } as const,
    context: null,
    lastBuild: null,
  };
  return { reading: { ...view, text: owner.getState().text, ...readingOf(state) }, owner };
}

test("who reads sees what its owner sees: stages, places, folds, findings and edges", () => {
  const { reading, owner } = made();
  const reader = readDocument(JSON.parse(JSON.stringify(reading)), "token").store.getState();
  const { stageIds, graph, positions, collapsed, text } = owner.getState();
  expect({ text: reader.text, stageIds: reader.stageIds, graph: reader.graph }).toEqual({
    text,
    stageIds,
    graph,
  });
  expect({ positions: reader.positions, collapsed: reader.collapsed }).toEqual({ positions, collapsed });
  expect(reader.findings.map(({ code }) => code)).toContain("FromAsCasing");
  expect(reader.rights).toEqual({ edit: false, build: false, share: false });
});

test("a reader moves cards on the screen only, and every edit is refused with what to do", () => {
  const reader = readDocument(made().reading, "token").store;
  const [id] = reader.getState().stageIds;
  reader.getState().settleNodes({ [id!]: { x: 7, y: 8 } });
  expect(reader.getState().positions[id!]).toEqual({ x: 7, y: 8 });
  const { apply, applyAll, plan, replaceText } = reader.getState();
  for (const result of [
    apply({ type: "removeStage", stage: 0 }),
    plan({ type: "removeStage", stage: 0 }),
    applyAll([]),
  ]) {
    expect(result).toEqual({ ok: false, reason: expect.stringContaining("Fork it") });
  }
  replaceText("FROM x\n");
  expect(reader.getState().text).toBe(made().reading.text);
});

test("a place that is none, and an anchor that leads nowhere, are passed over", () => {
  const doc = new Y.Doc();
  doc.getText("dockerfile").insert(0, "FROM a\n");
  const positions = doc.getMap<unknown>("positions");
  positions.set("evil", { x: "1; drop", y: null });
  positions.set("s", { x: 1, y: 2, anchor: "{", name: null, index: 0 });
  expect(readingOf(Y.encodeStateAsUpdate(doc)).places).toEqual({
    s: { x: 1, y: 2, name: null, index: 0, start: -1 },
  });
});
