"use client";
import { X } from "lucide-react";
import { useRef } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { formatCount } from "@/lib/build/format";
import { globalArgsOf } from "@/lib/dockerfile/globalArgs";
import type { ArgumentNode, ArgumentUse } from "@/lib/graph/arguments";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import styles from "./global-args.module.css";
import { InlineField } from "./inline-field";
import { useLight } from "./use-light";

/** `within` says which of the two it is drawn in: both are on the page, and one is seen. */
export function ArgRow({
  arg,
  uses,
  readOnly,
  within,
}: {
  arg: ArgumentNode;
  uses: readonly ArgumentUse[];
  readOnly: boolean;
  within: "graph" | "list";
}) {
  const { index, name, value, comment } = arg;
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const selected = useDocument((s) => s.selection.kind === "argument" && s.selection.argument === name);
  const field = useCanvasState((s) =>
    s.argument?.name === name && s.shownAs === within ? s.argument.field : null,
  );
  const light = useLight(uses);
  const edit = (part: "name" | "value") => {
    if (!readOnly) canvas.getState().change({ argument: { name, field: part } });
  };
  const row = useRef<HTMLLIElement>(null);
  const close = () => {
    const held = row.current?.contains(document.activeElement);
    canvas.getState().change({ argument: null });
    if (held)
      requestAnimationFrame(() => row.current?.querySelector("button")?.focus({ preventScroll: true }));
  };
  const rename = (wish: string): string | null => {
    const { tree, applyEdits, select } = store.getState();
    const at = globalArgsOf(tree)[index]?.range.start;
    if (at === undefined || wish === name) return null;
    const result = canvas.getState().editing?.planRename(tree, at, wish);
    if (!result?.ok) return result?.reason ?? null;
    applyEdits(result.edits);
    select({ kind: "argument", argument: wish }, "canvas");
    return null;
  };
  const set = (wish: string): string | null => {
    if (wish === (value ?? "")) return null;
    const result = store
      .getState()
      .apply({ type: "setGlobalArg", arg: index, value: wish === "" ? null : wish });
    return result.ok ? null : result.reason;
  };
  const used = uses.length === 0 ? "used by nothing" : `used on ${formatCount(uses.length, "line")}`;
  const where = uses.map(({ keyword, line }) => `${keyword} on line ${line}`).join(", ");
  return (
    <li
      ref={row}
      className={cx(styles.row, selected && styles.selected, uses.length === 0 && styles.unused)}
      data-testid="arg-row"
      data-arg={name}
      data-argument={name}
      title={[comment && `${name}: ${comment}`, uses.length > 0 ? `Used by ${where}` : "Nothing uses it"]
        .filter(Boolean)
        .join("\n")}
      onPointerEnter={light.on}
      onPointerLeave={light.off}
      onFocus={light.on}
      onBlur={light.off}
    >
      {field === "name" ? (
        <InlineField label={`Name of ${name}`} value={name} onWrite={rename} onClose={close} />
      ) : (
        <button
          type="button"
          className={cx(styles.name, "nodrag")}
          aria-pressed={selected}
          aria-label={`ARG ${name}, ${used}`}
          onClick={(event) => {
            event.stopPropagation();
            store.getState().select({ kind: "argument", argument: name }, "canvas");
          }}
          onDoubleClick={() => edit("name")}
          onKeyDown={(event) => {
            if (event.key !== "F2") return;
            event.preventDefault();
            event.stopPropagation();
            edit("name");
          }}
        >
          {name}
        </button>
      )}
      <span className={styles.equals} aria-hidden="true">
        =
      </span>
      {field === "value" ? (
        <InlineField label={`Default of ${name}`} value={value ?? ""} onWrite={set} onClose={close} />
      ) : (
        <button
          type="button"
          className={cx(styles.value, value === null && styles.none, "nodrag")}
          aria-label={`Default of ${name}: ${value ?? "none"}`}
          disabled={readOnly}
          onClick={(event) => {
            event.stopPropagation();
            store.getState().select({ kind: "argument", argument: name }, "canvas");
            edit("value");
          }}
        >
          {value ?? "no default"}
        </button>
      )}
      <span className={styles.uses} aria-hidden="true">
        {uses.length === 0 ? "unused" : `${uses.length}×`}
      </span>
      {!readOnly && (
        <button
          type="button"
          className={cx(styles.remove, "nodrag")}
          aria-label={`Remove ARG ${name}`}
          title={`Remove ARG ${name}`}
          onClick={(event) => {
            event.stopPropagation();
            store.getState().select({ kind: "argument", argument: name }, "canvas");
            canvas.getState().view?.deeds.removeSelected();
          }}
        >
          <X size={13} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}
