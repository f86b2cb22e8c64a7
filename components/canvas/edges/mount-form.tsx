"use client";
/** The source, target and access of a RUN --mount that takes files from elsewhere. */
import { useEffect, useMemo, useRef, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import type { DockerfileEdit } from "@/lib/dockerfile";
import { mountIndex, mountSettings, referenceAt } from "@/lib/graph/connect";
import { guessMount } from "@/lib/graph/products";
import { referencePlace } from "./connection";
import styles from "./edge-panel.module.css";
import { Check, Field } from "./field";
import { FormFoot } from "./form-foot";
import { likelySources, sourceNamed } from "./source-names";
import { type EdgeFormProps, useEdgeForm } from "./use-edge-form";

export function MountForm(props: EdgeFormProps) {
  const { edge, isDrawn } = props;
  const store = useDocumentStore();
  const [before] = useState(() => {
    const state = store.getState();
    const reference = referenceAt(state.tree, referencePlace(state, edge));
    return {
      source: edge.sources[0] ?? "",
      target: edge.destination ?? "",
      ...(reference ? mountSettings(reference) : { type: "bind", rw: false, ro: false }),
    };
  });
  const [now, setNow] = useState(before);
  const set = (part: Partial<typeof now>) => setNow({ ...now, ...part });
  const pathField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isDrawn) return;
    pathField.current?.focus({ preventScroll: true });
    pathField.current?.select();
  }, [isDrawn]);

  const form = useEdgeForm(props, (place) => {
    const reference = referenceAt(store.getState().tree, place);
    if (!reference) return "This mount is not in the text any more.";
    const { stage, instruction } = place;
    const mount = mountIndex(reference);
    const option = (option: string, value: string | null): DockerfileEdit => ({
      ...{ type: "setMountOption", stage, instruction, mount, option, value },
    });
    const edits: DockerfileEdit[] = [];
    const source = now.source.trim();
    if (source !== before.source) edits.push(option("source", source === "" ? null : source));
    const target = now.target.trim();
    if (target !== before.target && target === "") return "Say where the command finds it.";
    if (target !== before.target) edits.push(option("target", target));
    for (const key of ["rw", "ro"] as const) {
      if (now[key] !== before[key]) edits.push(option(key, now[key] ? "" : null));
    }
    return edits;
  });
  const graph = useDocument((s) => s.graph);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph is what the names are of
  const known = useMemo(() => {
    const state = store.getState();
    return {
      sources: likelySources(state, edge.target),
      paths: guessMount(state.tree, sourceNamed(state, form.source)),
    };
  }, [store, edge.target, form.source, graph]);

  return (
    <form
      className={styles.form}
      aria-label="Mount"
      data-testid="mount-form"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <Field label="from" value={form.source} onChange={form.setSource} suggestions={known.sources} />
      <Field
        label="source"
        title="The path there; its whole file system, unless told"
        value={now.source}
        onChange={(source) => set({ source })}
        fieldRef={pathField}
        suggestions={known.paths.sources}
        placeholder="/"
      />
      <Field
        label="target"
        title="Where the command finds it"
        value={now.target}
        onChange={(target) => set({ target })}
        suggestions={known.paths.destinations}
      />
      {now.type === "bind" ? (
        <Check
          label="rw"
          note="may be written to; what is written is dropped"
          checked={now.rw}
          onChange={(rw) => set({ rw })}
        />
      ) : (
        <Check label="ro" note="the command may only read" checked={now.ro} onChange={(ro) => set({ ro })} />
      )}
      <FormFoot refusal={form.refusal} onHelp={form.submit} />
    </form>
  );
}
