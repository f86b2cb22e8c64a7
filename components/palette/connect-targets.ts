/** Where a connection drawn by keyboard can go, as entries to choose from: each with what it writes or why it can't. */
import { type Landing, type Pull, planFor } from "@/components/canvas/edges/connection";
import type { StageGraph } from "@/lib/graph/types";
import type { DocumentStore } from "@/lib/store/types";
import type { Entry, EntryGroup } from "./entries";
import { hasWords, wordsOf } from "./matches";

/** A mount is files let go on a RUN; in the graph it is drawn by where it ends. */
export type ConnectionKind = "copy" | "from" | "mount";

interface KindWords {
  kind: ConnectionKind;
  title: string;
  /** What the text will say, as far as it is known. */
  says(label: string): string;
}

export const KINDS: readonly KindWords[] = [
  { kind: "copy", title: "Copy files of it", says: (label) => `COPY --from=${label}` },
  { kind: "from", title: "Build on it", says: (label) => `FROM ${label}` },
  {
    kind: "mount",
    title: "Mount its files while a RUN runs",
    says: (label) => `RUN --mount=type=bind,from=${label}`,
  },
];

export interface Target extends Entry {
  landing: Landing;
}

export const pullOf = (kind: ConnectionKind, source: string): Pull => ({
  kind: kind === "from" ? "from" : "copy",
  source,
});

export function kindGroups(label: string, query: string): EntryGroup[] {
  const words = wordsOf(query);
  const entries = KINDS.map(
    ({ kind, title, says }): Entry => ({
      id: kind,
      group: "kind",
      title,
      note: says(label),
      perform: () => {},
    }),
  ).filter(({ title, note }) => hasWords(`${title} ${note}`, words));
  return entries.length > 0 ? [{ name: `From ${label}`, entries }] : [];
}

/** Of all stages (or all RUNs, for a mount) but the source's own: those that can be first, then the others. */
export function targetsOf(
  state: DocumentStore,
  kind: ConnectionKind,
  source: string,
  query: string,
): Target[] {
  const words = wordsOf(query);
  const pull = pullOf(kind, source);
  return landingsOf(state.graph, kind, source)
    .filter(({ title }) => hasWords(title, words))
    .flatMap(({ id, title, landing }): Target[] => {
      const plan = planFor(state, pull, landing);
      if (!plan) return [];
      const entry = { id, title, landing, perform: () => {} };
      if (plan.ok) return [{ ...entry, group: "Possible", note: plan.line }];
      const { reason, remedy } = plan;
      return [
        remedy
          ? { ...entry, group: "Possible after a change", note: `${reason} Enter offers: ${remedy.label}.` }
          : { ...entry, group: "Not possible", reason },
      ];
    });
}

const ORDER = ["Possible", "Possible after a change", "Not possible"];

export function targetGroups(targets: readonly Target[]): EntryGroup[] {
  return ORDER.map((name) => ({ name, entries: targets.filter(({ group }) => group === name) })).filter(
    ({ entries }) => entries.length > 0,
  );
}

function landingsOf({ stages }: StageGraph, kind: ConnectionKind, source: string) {
  return stages
    .filter(({ id }) => id !== source)
    .flatMap(({ id, index, label, rows }) => {
      const title = `${index} ${label}`;
      if (kind !== "mount") return [{ id, title, landing: { node: id } as Landing }];
      return rows
        .filter(({ keyword }) => keyword === "RUN")
        .map(({ instruction, text }) => ({
          id: `${id} ${instruction}`,
          title: `${title}: RUN ${text}`,
          landing: { node: id, run: instruction } as Landing,
        }));
    });
}
