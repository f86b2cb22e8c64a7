"use client";
/** The paths and flags of a COPY --from. */
import { useEffect, useMemo, useRef, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import type { DockerfileEdit, Instruction } from "@/lib/dockerfile";
import { guessPaths } from "@/lib/graph/products";
import { stageIndex } from "../build-view";
import { joinPaths, splitPaths } from "../path-list";
import { flagEdits, readFlags } from "./copy-flags";
import styles from "./edge-panel.module.css";
import { Check, Field } from "./field";
import { FormFoot } from "./form-foot";
import { likelySources, sourceNamed } from "./source-names";
import { type EdgeFormProps, useEdgeForm } from "./use-edge-form";

export function CopyForm(props: EdgeFormProps) {
  const { edge, isDrawn } = props;
  const store = useDocumentStore();
  const [sources, setSources] = useState(() => joinPaths(edge.sources));
  const [destination, setDestination] = useState(edge.destination ?? "");
  const [before] = useState(() => readFlags(instructionOf(store.getState(), edge)));
  const [flags, setFlags] = useState(before);
  const set = (part: Partial<typeof flags>) => setFlags({ ...flags, ...part });
  const pathField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isDrawn) return;
    pathField.current?.focus({ preventScroll: true });
    pathField.current?.select();
  }, [isDrawn]);

  const form = useEdgeForm(props, ({ stage, instruction }) => {
    const paths = splitPaths(sources);
    const wish = destination.trim();
    const edits: DockerfileEdit[] = [];
    if (joinPaths(paths) !== joinPaths(edge.sources) || wish !== edge.destination) {
      if (paths.length === 0) return "Say which files to copy.";
      if (wish === "") return "Say where they go.";
      edits.push({ type: "setCopyPaths", stage, instruction, sources: paths, destination: wish });
    }
    return [...edits, ...flagEdits(stage, instruction, before, flags)];
  });
  const graph = useDocument((s) => s.graph);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph is what the names are of
  const known = useMemo(() => {
    const state = store.getState();
    const to = stageIndex(state.stageIds, edge.target);
    return {
      sources: likelySources(state, edge.target),
      paths: guessPaths(state.tree, sourceNamed(state, form.source), to),
    };
  }, [store, edge.target, form.source, graph]);

  return (
    <form
      className={styles.form}
      aria-label="Paths to copy"
      data-testid="paths-form"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <Field label="from" value={form.source} onChange={form.setSource} suggestions={known.sources} />
      <Field
        label="Copy"
        value={sources}
        onChange={setSources}
        fieldRef={pathField}
        suggestions={known.paths.sources}
      />
      <Field
        label="to"
        value={destination}
        onChange={setDestination}
        suggestions={known.paths.destinations}
      />
      <div className={styles.pair}>
        <Field
          label="--chown"
          title="Who owns the copied files: user:group, by name or number"
          value={flags.chown}
          onChange={(chown) => set({ chown })}
          placeholder="user:group"
        />
        <Field
          label="--chmod"
          title="Permissions of the copied files, as in 755 or u=rwX,go=rX"
          value={flags.chmod}
          onChange={(chmod) => set({ chmod })}
          placeholder="755"
        />
      </div>
      <Check
        label="--link"
        note="stays cached when layers below change"
        checked={flags.link}
        onChange={(link) => set({ link })}
      />
      {before.parents && (
        <Check
          label="--parents"
          note="keeps the folders of the sources"
          checked={flags.parents}
          onChange={(parents) => set({ parents })}
        />
      )}
      {flags.exclude.map((pattern, nth) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: a pattern is the nth of its instruction, and may be edited
          key={nth}
          label="--exclude"
          title="What of the sources is not copied; empty takes the flag away"
          value={pattern}
          onChange={(value) => set({ exclude: flags.exclude.map((each, i) => (i === nth ? value : each)) })}
        />
      ))}
      <FormFoot refusal={form.refusal} onHelp={form.submit} />
    </form>
  );
}

function instructionOf(
  { tree, stageIds }: ReturnType<ReturnType<typeof useDocumentStore>["getState"]>,
  { target, instruction }: EdgeFormProps["edge"],
): Instruction | undefined {
  return tree.stages[stageIndex(stageIds, target)]?.instructions[instruction];
}
