/** What a keystroke costs in the document's store, everything that follows the text included, without a page. */
import * as Y from "yjs";
import { type DocumentView, documentParts } from "../lib/share/document";
import { openDocument } from "../lib/store/open-document";
import { longDockerfile } from "./corpus";
import { median, spread, timed } from "./statistics";

const KEYS = 30;

export function benchStore(): void {
  console.log("a keystroke in the store, in ms:");
  for (const stages of [50, 500, 1_000, 2_000]) {
    const { store, shared } = openDocument(documentOf(longDockerfile(stages)));
    const { stageIds, settleNodes } = store.getState();
    settleNodes(Object.fromEntries(stageIds.map((id, at) => [id, { x: at, y: 0 }])));
    const text = shared.text.toString();
    const at = text.indexOf("./cmd", text.length >> 1);
    const times = Array.from({ length: KEYS }, () =>
      timed(() => shared.doc.transact(() => shared.text.insert(at, "x"))),
    );
    console.log(
      `  ${String(stages).padStart(5)} stages, ${text.split("\n").length} lines: ${median(times).toFixed(2)} (${spread(times, 2)})`,
    );
    shared.doc.destroy();
  }
}

function documentOf(text: string): DocumentView {
  const doc = new Y.Doc();
  documentParts(doc).text.insert(0, text);
  return {
    id: "bench",
    title: "bench",
    state: Buffer.from(Y.encodeStateAsUpdate(doc)).toString("base64"),
    text,
    format: { eol: "lf", bom: false },
    updatedAt: 0,
    context: null,
    lastBuild: null,
    rights: { edit: true, build: true, share: true },
  };
}
