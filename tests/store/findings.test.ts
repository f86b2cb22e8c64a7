import { expect, test, vi } from "vitest";
import { buildOptionsSchema } from "@/lib/build/events";
import { type Diagnostic, parseDockerfile } from "@/lib/dockerfile";
import { findingsOf } from "@/lib/dockerfile/service/findings";
import type { WholeStore } from "@/lib/store/document-store";
import { type CheckElsewhere, createFindings } from "@/lib/store/findings";

const OPTIONS = buildOptionsSchema.parse({});
const SMALL = "FROM a as b\n";
const LARGE = SMALL + "RUN x\n".repeat(300);
const FOUND = (text: string) => findingsOf(parseDockerfile(text)).map(({ code }) => code);
const NONE: readonly Diagnostic[] = [];

/** The part of a store that checks read and write, with the answers of another thread given by hand. */
function open(text: string) {
  let state = {
    tree: parseDockerfile(text),
    options: OPTIONS,
    findings: NONE,
    checked: false,
    previewCopies: () => NONE,
  };
  const asked: { text: string; resolve(found: readonly Diagnostic[]): void; reject(why: Error): void }[] = [];
  const elsewhere: CheckElsewhere = (text) =>
    new Promise((resolve, reject) => asked.push({ text, resolve, reject }));
  const set = (part: Partial<WholeStore>) => {
    state = { ...state, ...part };
  };
  const findings = createFindings(set, () => state as unknown as WholeStore, elsewhere);
  set(findings.first(state.tree, OPTIONS));
  return {
    asked,
    findings,
    set,
    codes: () => state.findings.map(({ code }) => code),
    checked: () => state.checked,
  };
}

test("a small file is checked here, from the start", () => {
  const { asked, codes, checked } = open(SMALL);
  expect(codes()).toEqual(["FromAsCasing"]);
  expect(checked()).toBe(true);
  expect(asked).toEqual([]);
});

test("a large one is checked elsewhere, a moment later", async () => {
  const { asked, codes, checked } = open(LARGE);
  expect(codes()).toEqual([]);
  expect(checked()).toBe(false);
  await vi.waitUntil(() => asked.length > 0);
  expect(asked[0]?.text).toBe(LARGE);
  asked[0]?.resolve(findingsOf(parseDockerfile(LARGE)));
  await expect.poll(codes).toEqual(FOUND(LARGE));
  expect(checked()).toBe(true);
});

test("what was found in a text that is no more is not said", async () => {
  const { asked, findings, set, codes } = open(LARGE);
  findings.check();
  set({ tree: parseDockerfile(`${LARGE}MAINTAINER me\n`) });
  findings.check();
  asked[1]?.resolve(findingsOf(parseDockerfile(`${LARGE}MAINTAINER me\n`)));
  await expect.poll(codes).toEqual(["FromAsCasing", "MaintainerDeprecated"]);
  asked[0]?.resolve(NONE);
  await new Promise((soon) => setTimeout(soon));
  expect(codes()).toEqual(["FromAsCasing", "MaintainerDeprecated"]);
});

test("where there is no other thread it is checked here", async () => {
  const { asked, findings, codes } = open(LARGE);
  findings.check();
  asked[0]?.reject(new Error("no workers"));
  await expect.poll(codes).toEqual(FOUND(LARGE));
});
