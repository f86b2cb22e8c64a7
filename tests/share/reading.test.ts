import { expect, test } from "vitest";
import * as Y from "yjs";
import { buildOptionsSchema } from "@/lib/build/events";
import { documentParts } from "@/lib/share/document";
import { readingOf } from "@/lib/share/server/reading";
import { newState } from "@/lib/share/server/shared-document";

const state = (text: string) => newState(text, "", { eol: "lf", bom: false });

/** The same document with other build options. */
function withArgument(before: Uint8Array, value: string): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, before);
  documentParts(doc).settings.set("options", buildOptionsSchema.parse({ buildArgs: { BASE: value } }));
  return Y.encodeStateAsUpdate(doc);
}

test("what checks find of a text is found out once, however often it is read", () => {
  const text = "from a\nRUN b\nfrom c\nCOPY --from=x y z\n";
  const first = readingOf(state(text)).findings;
  expect(first.length).toBeGreaterThan(0);
  expect(readingOf(state(text)).findings).toBe(first);
});

test("another text, or other options, have findings of their own", () => {
  const text = "FROM a\nARG BASE=/absolute\nWORKDIR $BASE\n";
  const codes = (of: Uint8Array) => readingOf(of).findings.map(({ code }) => code);
  const plain = codes(state(text));
  expect(codes(withArgument(state(text), "relative"))).not.toEqual(plain);
  expect(codes(state("from alpine\nRUN b\nfrom c\n"))).not.toEqual(plain);
  expect(codes(state(text))).toEqual(plain);
});
