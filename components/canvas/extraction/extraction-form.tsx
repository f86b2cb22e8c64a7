"use client";
/**
 * Makes a stage of its own of some rows: asks what it is called and what of it the rest needs, and shows what the text
 * becomes. All that is not copied over stays behind, and with it its size.
 */
import { useReactFlow } from "@xyflow/react";
import { Plus, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button, IconButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { formatBytes } from "@/lib/build/format";
import { type Product, productsOfRows } from "@/lib/graph/products";
import type { RowRange } from "@/lib/store/selection-slice";
import { Anchored } from "../anchored";
import { stageIndex, weightOf } from "../build-view";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import { focusNode, focusRow, nodeElement, rowElement } from "../focus";
import panel from "../panel.module.css";
import styles from "./extraction.module.css";
import { textDifference } from "./text-difference";

export function ExtractionForm() {
  const open = useCanvasState((s) => s.extraction);
  const exists = useDocument((s) => {
    const stage = open && s.graph.stages[stageIndex(s.stageIds, open.stage)];
    return !!open && !!stage && open.to <= stage.rows.length + 1;
  });
  if (!open || !exists) return null;
  return <OpenForm key={`${open.stage} ${open.from} ${open.to}`} rows={open} />;
}

interface Path {
  path: string;
  why: string;
  wanted: boolean;
}

/** What the rest names is wanted; where it names none, whatever is seen to be made. */
function likelyPaths(products: readonly Product[]): readonly Path[] {
  const some = products.some(({ named }) => named);
  return products.map(({ path, why, named }) => ({ path, why, wanted: named || !some }));
}

function OpenForm({ rows }: { rows: RowRange }) {
  const canvas = useCanvasStore();
  const store = useDocumentStore();
  const flow = useReactFlow();
  const tree = useDocument((s) => s.tree);
  const stage = useDocument((s) => stageIndex(s.stageIds, rows.stage));
  const label = useDocument((s) => s.graph.stages[stage]?.label ?? "");
  const bytes = useDocument((s) => {
    const build = s.build?.state.stages[stage];
    const weight = build && weightOf(build);
    if (!weight) return 0;
    let sum = 0;
    for (let row = rows.from; row < rows.to; row++) sum += weight.byInstruction.get(row) ?? 0;
    return sum;
  });
  const [name, setName] = useState(() => freeName(tree.stages.map((each) => each.name)));
  const [paths, setPaths] = useState(() => likelyPaths(productsOfRows(tree, stage, rows.from, rows.to)));
  const nameField = useRef<HTMLInputElement>(null);
  const wanted = paths
    .filter((path) => path.wanted && path.path.trim() !== "")
    .map((path) => path.path.trim());
  const edit = {
    type: "extractStage" as const,
    stage,
    from: rows.from,
    to: rows.to,
    name: name.trim(),
    paths: wanted,
  };
  const asked = JSON.stringify(edit);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a plan is of the tree as it is
  const plan = useMemo(() => store.getState().plan(JSON.parse(asked)), [store, asked, tree]);
  const lines = useMemo(() => (plan.ok ? textDifference(tree.source, plan.edits) : []), [tree, plan]);

  useEffect(() => {
    nameField.current?.focus({ preventScroll: true });
    nameField.current?.select();
  }, []);
  const close = () => {
    canvas.getState().change({ extraction: null });
    requestAnimationFrame(() => setTimeout(() => focusRow(rows.stage, rows.from)));
  };
  const write = () => {
    const result = store.getState().apply(edit);
    if (!result.ok) return;
    canvas.getState().change({ extraction: null });
    const id = result.select && store.getState().stageIds[result.select.stage];
    if (id) requestAnimationFrame(() => setTimeout(() => focusNode(id), 120));
  };
  const change = (index: number, part: Partial<Path>) =>
    setPaths(paths.map((path, at) => (at === index ? { ...path, ...part } : path)));

  const [place] = useState(() => {
    const row = rowElement(rows.stage, rows.to - 1) ?? nodeElement(rows.stage);
    const rect = row?.getBoundingClientRect();
    return rect ? flow.screenToFlowPosition({ x: rect.right + 12, y: rect.top - 40 }) : { x: 0, y: 0 };
  });
  const count = rows.to - rows.from;

  return (
    <Anchored at={place}>
      <div
        role="dialog"
        aria-label={`Split ${label}`}
        data-testid="extraction-form"
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") close();
        }}
      >
        <form
          className={cx(panel.frame, styles.form)}
          onSubmit={(event) => {
            event.preventDefault();
            write();
          }}
        >
          <div className={panel.head}>
            <b className={styles.title}>
              {count === 1 ? "Make a stage of this instruction" : `Make a stage of ${count} instructions`}
            </b>
            <IconButton label="Close without a change" className={styles.small} onClick={close}>
              <X size={15} />
            </IconButton>
          </div>
          <p className={styles.hint}>
            What they leave on disk stays behind in a stage that does not ship; {label} takes over only the
            paths below
            {bytes > 0 && `. In the last build they added ${formatBytes(bytes)}`}.
          </p>
          <label className={styles.field}>
            Name
            <input
              ref={nameField}
              className={styles.input}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
            />
          </label>
          <fieldset className={styles.paths}>
            <legend>Copy over</legend>
            {paths.length === 0 && (
              <p className={styles.hint}>
                No path is seen that they make. Add what the rest needs, if anything.
              </p>
            )}
            {paths.map((path, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a path is its place; it changes under the hand
              <div key={index} className={styles.path}>
                <input
                  type="checkbox"
                  aria-label={`Copy ${path.path || "this path"}`}
                  checked={path.wanted}
                  onChange={(event) => change(index, { wanted: event.currentTarget.checked })}
                />
                <div className={styles.what}>
                  <input
                    className={styles.input}
                    aria-label={`Path ${index + 1}`}
                    value={path.path}
                    placeholder="/path"
                    onChange={(event) => change(index, { path: event.currentTarget.value, wanted: true })}
                    spellCheck={false}
                    autoComplete="off"
                    autoCapitalize="off"
                  />
                  <span className={styles.why}>{path.why}</span>
                </div>
              </div>
            ))}
            <button
              type="button"
              className={styles.add}
              onClick={() => setPaths([...paths, { path: "", why: "added by you", wanted: true }])}
            >
              <Plus size={13} aria-hidden="true" /> Add a path
            </button>
          </fieldset>
          <div aria-live="polite">
            {!plan.ok && (
              <p className={styles.reason} data-testid="extraction-problem">
                {plan.reason}
              </p>
            )}
            {plan.ok && plan.notes.length > 0 && (
              <ul className={styles.notes}>
                {plan.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            )}
          </div>
          {plan.ok && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
            <section className={styles.preview} aria-label="What the text becomes" tabIndex={0}>
              <pre>
                {lines.map(({ kind, line, text }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines of one picture, drawn at once
                  <span key={index} className={cx(styles.line, styles[kind])}>
                    <span className={styles.number}>{line || ""}</span>
                    <span aria-hidden="true">{SIGNS[kind]}</span>
                    {WORDS[kind] && <span className="visually-hidden">{WORDS[kind]}</span>}
                    {kind === "gap" ? "" : ` ${text}`}
                    {"\n"}
                  </span>
                ))}
              </pre>
            </section>
          )}
          <div className={styles.buttons}>
            <Button type="submit" variant="primary" size="small" disabled={!plan.ok}>
              Split
            </Button>
            <Button size="small" onClick={close}>
              Cancel
            </Button>
            <span className={styles.hint}>
              Undo takes it back; so does "Inline stage" where the stage is a base.
            </span>
          </div>
        </form>
      </div>
    </Anchored>
  );
}

const SIGNS = { gone: "−", new: "+", same: " ", gap: "⋯" };
const WORDS = { gone: "removed", new: "added", same: "", gap: "" };

function freeName(names: readonly (string | null)[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? "build" : `build${n}`;
    if (!names.includes(name)) return name;
  }
}
