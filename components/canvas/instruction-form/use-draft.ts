"use client";
/** The text of an instruction while it is written: what it would do to the document, and what is wrong with it. */
import { useDeferredValue, useMemo, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { type Diagnostic, type DockerfileEdit, type EditResult, reparse } from "@/lib/dockerfile";
import { type FieldValue, type Form, readForm, writeField } from "@/lib/dockerfile/form";
import { findingsOf } from "@/lib/dockerfile/service";
import { stageIndex } from "../build-view";
import type { OpenInstruction } from "./open-instruction";

export interface Draft {
  text: string;
  setText(text: string): void;
  /** Starts from a text that nobody has touched yet. */
  begin(text: string): void;
  form: Form;
  /** Null once it is in the text; else why that cannot be. */
  writeField(id: string, value: FieldValue): string | null;
  /** Why it could not be saved as it is; null where it could. */
  refusal: string | null;
  /** What checks say of it, where it could be saved. */
  findings: readonly Diagnostic[];
  /** The document's own text was changed at this place by somebody else meanwhile. */
  outdated: boolean;
  changed: boolean;
  /** True once it is in the document, or nothing was to be done. */
  save(): boolean;
}

/** What the document says there now: nothing, where an instruction is to be inserted. */
function textAt(
  open: OpenInstruction,
  tree: {
    stages: readonly { instructions: readonly { range: { start: number; end: number } }[] }[];
    source: string;
  },
  stage: number,
): string {
  const range = open.kind === "edit" ? tree.stages[stage]?.instructions[open.at]?.range : undefined;
  return range ? tree.source.slice(range.start, range.end) : "";
}

export function useDraft(open: OpenInstruction): Draft {
  const store = useDocumentStore();
  const tree = useDocument((s) => s.tree);
  const stage = useDocument((s) => stageIndex(s.stageIds, open.stage));
  const [original, setOriginal] = useState(() => textAt(open, tree, stage));
  const [text, setText] = useState(original);
  const [begun, setBegun] = useState(text);
  const now = textAt(open, tree, stage);
  const changed = text !== begun;
  if (open.kind === "edit" && now !== original && !changed) {
    // Nobody has touched it here: it follows.
    setOriginal(now);
    setText(now);
    setBegun(now);
  }
  const checked = useDeferredValue(text);
  const form = useMemo(() => readForm(text, tree.escape), [text, tree.escape]);
  const edit = useMemo<DockerfileEdit>(
    () =>
      open.kind === "edit"
        ? { type: "replaceInstruction", stage, instruction: open.at, text: checked }
        : { type: "insertInstruction", stage, at: open.at, text: checked },
    [open, stage, checked],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a plan is of the tree as it is
  const plan = useMemo(() => store.getState().plan(edit), [store, edit, tree]);
  const findings = useMemo(() => findingsIn(store.getState().tree, plan), [store, plan]);
  return {
    text,
    setText,
    begin(next) {
      setBegun(next);
      setText(next);
    },
    form,
    writeField(id, value) {
      const written = writeField(text, tree.escape, id, value);
      if ("reason" in written) return written.reason;
      setText(written.text);
      return null;
    },
    refusal: plan.ok ? null : plan.reason,
    findings,
    outdated: open.kind === "edit" && now !== original,
    changed,
    save() {
      if (open.kind === "edit" && text === now) return true;
      return store.getState().apply({ ...edit, text } as DockerfileEdit).ok;
    },
  };
}

/** What checks say of the instruction that a plan writes. */
function findingsIn(tree: Parameters<typeof reparse>[0], plan: EditResult): readonly Diagnostic[] {
  if (!plan.ok || !plan.select?.instruction) return NONE;
  const after = reparse(tree, plan.edits);
  const range = after.stages[plan.select.stage]?.instructions[plan.select.instruction]?.range;
  if (!range) return NONE;
  return findingsOf(after).filter(
    ({ range: { start, end } }) => start < range.end && end > range.start && start >= range.start,
  );
}

const NONE: readonly Diagnostic[] = [];
