"use client";
/**
 * An instruction, written or changed where it stands: fields suited to it, and its text, which is always there. What is
 * in the fields is what the text reads as.
 */
import { useReactFlow } from "@xyflow/react";
import { X } from "lucide-react";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { isMac, keyLabel } from "@/components/commands/keys";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button, IconButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { purposeOf, templateOf } from "@/lib/dockerfile/form";
import { Anchored } from "../anchored";
import { stageIndex } from "../build-view";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import { focusNode, focusRow, nodeElement, rowElement } from "../focus";
import panel from "../panel.module.css";
import { FormField } from "./fields";
import styles from "./instruction-form.module.css";
import { InstructionPicker } from "./instruction-picker";
import type { OpenInstruction } from "./open-instruction";
import { useDraft } from "./use-draft";

export function InstructionForm() {
  const open = useCanvasState((s) => s.writing);
  const exists = useDocument((s) => {
    const stage = open && s.graph.stages[stageIndex(s.stageIds, open.stage)];
    return !!open && !!stage && open.at <= stage.rows.length + (open.kind === "insert" ? 1 : 0);
  });
  if (!open || !exists) return null;
  return <OpenForm key={`${open.kind} ${open.stage} ${open.at}`} open={open} />;
}

function OpenForm({ open }: { open: OpenInstruction }) {
  const { kind, stage, at } = open;
  const canvas = useCanvasStore();
  const store = useDocumentStore();
  const flow = useReactFlow();
  const draft = useDraft(open);
  const box = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const textId = useId();
  const [said, setSaid] = useState(false);
  /** The text itself is being typed, whatever fields there are. */
  const [typing, setTyping] = useState(false);
  const label = useDocument((s) => s.graph.stages[stageIndex(s.stageIds, stage)]?.label ?? "");
  const stageNames = useDocument((s) =>
    s.tree.stages
      .slice(0, stageIndex(s.stageIds, stage))
      .flatMap(({ name }) => (name === null ? [] : [name]))
      .join(" "),
  );
  const picking = kind === "insert" && draft.text === "";
  const purpose = purposeOf(draft.form.keyword ?? "");
  const keyword = purpose === "" ? null : draft.form.keyword;

  const close = useCallback(
    (focus = true) => {
      canvas.getState().change({ writing: null });
      if (!focus) return;
      const row = kind === "edit" ? at : at - 1;
      requestAnimationFrame(() =>
        setTimeout(() => {
          const { selection } = store.getState();
          if (selection.kind === "instruction") focusRow(selection.stage, selection.instruction);
          else if (row > 0) focusRow(stage, row);
          else focusNode(stage);
        }),
      );
    },
    [canvas, store, kind, stage, at],
  );
  /** Whether the form may go: it is in the text, or there is nothing worth keeping. */
  const leave = useRef<() => boolean>(() => true);
  useEffect(() => {
    leave.current = () => {
      if (!draft.changed || draft.text.trim() === "") return true;
      setSaid(true);
      return draft.save();
    };
  });
  const submit = () => {
    setSaid(true);
    if (draft.text.trim() !== "" && draft.save()) close();
  };

  useEffect(() => {
    const inside = (target: EventTarget | null) =>
      target instanceof Node && (box.current?.contains(target) || !target.isConnected);
    const away = ({ target }: Event) => {
      if (!inside(target) && leave.current()) close(false);
    };
    const left = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null && !inside(relatedTarget) && leave.current()) close(false);
    };
    const form = box.current;
    window.addEventListener("pointerdown", away, true);
    form?.addEventListener("focusout", left);
    return () => {
      window.removeEventListener("pointerdown", away, true);
      form?.removeEventListener("focusout", left);
    };
  }, [close]);

  // The first field, or the text where there is none, is there to be typed in.
  useEffect(() => {
    if (picking) return;
    const first = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>(
      "input[data-field]:not(:disabled), textarea[data-field]",
    );
    const place = (typing ? null : first) ?? area.current;
    place?.focus({ preventScroll: true });
    if (kind === "insert" && !typing) place?.select();
    else place?.setSelectionRange(place.value.length, place.value.length);
  }, [picking, kind, typing]);

  const pick = (chosen: string) => {
    const { tree } = store.getState();
    const from = tree.stages[stageIndex(store.getState().stageIds, stage)]?.instructions[0]?.keywordRange;
    const lower = from !== undefined && /^[a-z]/.test(tree.source.slice(from.start, from.end));
    draft.begin(templateOf(chosen, lower));
  };

  const above = rowElement(stage, kind === "edit" ? at : at - 1) ?? nodeElement(stage);
  const [place] = useState(() => {
    const rect = above?.getBoundingClientRect();
    if (!rect) return { x: 0, y: 0 };
    return flow.screenToFlowPosition({ x: rect.left, y: Math.min(rect.bottom, rect.top + 72) + 6 });
  });
  const refusal = draft.text.trim() === "" ? null : draft.refusal;

  return (
    <Anchored at={place}>
      <div
        ref={box}
        role="dialog"
        aria-label={kind === "edit" ? `Edit ${keyword ?? "instruction"} of ${label}` : `Add to ${label}`}
        data-testid="instruction-form"
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") close();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
        }}
      >
        <form
          className={cx(panel.frame, styles.form)}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <div className={panel.head}>
            {keyword && !picking && <span className={styles.keyword}>{keyword}</span>}
            <span className={styles.where}>{picking ? `Add to ${label}` : `in ${label}`}</span>
            <IconButton label="Close without a change" className={styles.small} onClick={() => close()}>
              <X size={15} />
            </IconButton>
          </div>
          {picking ? (
            <InstructionPicker
              onPick={pick}
              onText={(text) => {
                setTyping(true);
                draft.setText(text);
              }}
            />
          ) : (
            <>
              {purpose && <p className={styles.hint}>{purpose}</p>}
              {draft.form.fields.map((field) => (
                <FormField
                  key={`${keyword} ${field.id}`}
                  field={field}
                  write={(value) => draft.writeField(field.id, value)}
                  {...(field.id === "from" && { more: stageNames.split(" ").filter(Boolean) })}
                />
              ))}
              {draft.form.beyond.length > 0 && (
                <p className={styles.hint}>
                  No field for <code>{draft.form.beyond.join(" ")}</code>; it stays as the text has it.
                </p>
              )}
              <div className={styles.textLabel}>
                <label htmlFor={textId}>Text</label>
                <textarea
                  id={textId}
                  ref={area}
                  className={styles.text}
                  rows={Math.min(10, Math.max(2, draft.text.split("\n").length))}
                  value={draft.text}
                  onChange={(event) => draft.setText(event.currentTarget.value)}
                  spellCheck={false}
                  autoComplete="off"
                  autoCapitalize="off"
                  wrap="off"
                />
              </div>
              <div aria-live="polite">
                {refusal && (
                  <p className={said ? styles.reason : styles.notYet} data-testid="draft-problem">
                    {refusal}
                  </p>
                )}
                {!refusal &&
                  draft.findings.map(({ code, message }) => (
                    <p key={`${code} ${message}`} className={styles.finding} data-testid="draft-problem">
                      {message}
                    </p>
                  ))}
                {draft.outdated && (
                  <p className={styles.finding}>The text changed here meanwhile; saving writes over that.</p>
                )}
              </div>
              <div className={styles.buttons}>
                <Button type="submit" variant="primary" size="small">
                  {kind === "edit" ? "Save" : "Add"}
                </Button>
                <Button size="small" onClick={() => close()}>
                  Cancel
                </Button>
                <span className={styles.hint}>{keyLabel("Mod+Enter", isMac())} saves, Esc leaves it</span>
              </div>
            </>
          )}
        </form>
      </div>
    </Anchored>
  );
}
