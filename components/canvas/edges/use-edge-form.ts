"use client";
/** Writes what the form of an edge says: its source and whatever else changed, as one step of the history. */
import { type RefObject, useEffect, useState } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import type { DockerfileEdit } from "@/lib/dockerfile";
import { planConnection, type ReferencePlace, type Remedy } from "@/lib/graph/connect";
import type { GraphEdge } from "@/lib/graph/types";
import type { HistoryStep } from "@/lib/store/types";
import { referencePlace } from "./connection";
import { nameOfSource, sourceNamed } from "./source-names";

/** What the panel hands to each of its forms. */
export interface EdgeFormProps {
  edge: GraphEdge;
  /** The step that drew the edge, which the answers belong to; the form was opened by it where `isDrawn`. */
  drawn: HistoryStep | null;
  isDrawn: boolean;
  leave: RefObject<() => boolean>;
  close(focus?: boolean): void;
}

/** `editsAt` gives the edits for all that changed but the source, of the reference at a place; a sentence where it can't. */
export function useEdgeForm(
  { edge, drawn, leave, close }: EdgeFormProps,
  editsAt: (place: ReferencePlace) => DockerfileEdit[] | string,
) {
  const store = useDocumentStore();
  const [first] = useState(() => nameOfSource(store.getState().graph, edge.source));
  const [source, setSource] = useState(first);
  const [refusal, setRefusal] = useState<{ reason: string; remedy: Remedy | null } | null>(null);
  const refuse = (reason: string, remedy: Remedy | null = null) => {
    setRefusal({ reason, remedy });
    return false;
  };

  /** True once all of it is in the text. `help` is what makes another source possible. */
  const write = (help: Remedy | null = null): boolean => {
    const { planAll, applyAll, lastStep } = store.getState();
    const place = () => referencePlace(store.getState(), edge);
    const edits = editsAt(place());
    if (typeof edits === "string") return refuse(edits);
    if (edits.length === 0 && source.trim() === first) return true;
    // The rest is possible before the source is touched: nothing is written by halves.
    const rest = planAll(edits);
    if (!rest.ok) return refuse(rest.reason);
    let step = drawn;
    if (source.trim() !== first) {
      if (source.trim() === "") return refuse("Say the stage or image that it comes from.");
      const from = sourceNamed(store.getState(), source);
      const plan = planConnection(store.getState().tree, { kind: "source", edge: place(), from }, planAll);
      if (!plan.ok && !help) return refuse(plan.reason, plan.remedy);
      const result = applyAll(help ? help.edits : plan.ok ? plan.edits : [], step);
      if (!result.ok) return refuse(result.reason);
      step = lastStep();
    }
    // The stages may have moved: the edits are put together anew, for where the edge is now.
    const now = editsAt(place());
    const result = typeof now === "string" || now.length === 0 ? null : applyAll(now, step);
    return result?.ok === false ? refuse(result.reason) : true;
  };
  const submit = (help: Remedy | null = null) => {
    if (write(help)) close();
  };
  useEffect(() => {
    leave.current = () => write();
  });
  return { source, setSource, refusal, submit, first };
}
