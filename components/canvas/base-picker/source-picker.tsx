"use client";
/** Chooses a stage or an image: as the base of a stage, of a new one, or in place of another image everywhere. */
import { useMemo, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import type { DockerfileEdit } from "@/lib/dockerfile";
import { planConnection } from "@/lib/graph/connect";
import { planReplacement, type Replacement, replacementEdits, variableBase } from "@/lib/graph/replace-image";
import { stageIndex } from "../build-view";
import { useCanvasStore } from "../canvas-state";
import { focusNode } from "../focus";
import { sayNotes } from "../say-notes";
import { ChoiceList } from "./choice-list";
import {
  type Choice,
  fileChoices,
  hostChoices,
  repositoryOf,
  SCRATCH,
  stageChoices,
  tagChoices,
  typedChoice,
} from "./choices";
import type { Choosing } from "./choosing";
import { useHostImages, useTags } from "./use-images";
import { VariableChoice } from "./variable-choice";

type SourceChoosing = Exclude<Choosing, { kind: "platform" | "describe" }>;

export function SourcePicker({ choosing }: { choosing: SourceChoosing }) {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const graph = useDocument((s) => s.graph);
  const tree = useDocument((s) => s.tree);
  const [query, setQuery] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  /** An image that a variable stands for: by its ARG, or in its place? */
  const [asked, setAsked] = useState<{ to: string; replacement: Replacement } | null>(null);
  const host = useHostImages();
  const tags = useTags(query);

  const stage = choosing.kind === "base" ? stageIndex(store.getState().stageIds, choosing.stage) : -1;
  const image =
    choosing.kind === "image" ? (graph.images.find(({ id }) => id === choosing.image)?.ref ?? null) : null;
  const now = stage >= 0 ? (tree.stages[stage]?.baseText ?? "") : image;

  const choices = useMemo(() => {
    const found: Choice[] = [];
    if (choosing.kind === "base") {
      found.push(...stageChoices(graph, query, stage, (index) => judge(index)));
    } else if (choosing.kind === "newStage") found.push(...stageChoices(graph, query, -1, () => ({})));
    found.push(...fileChoices(graph, query, now));
    if (tags.state === "there") found.push(...tagChoices(tags.value.image, tags.value.list));
    if (host.state === "there")
      found.push(...hostChoices(host.value, query, new Set(found.map(({ title }) => title))));
    const copied = choosing.kind === "image" && usesOf(graph, choosing.image).some((use) => use !== "from");
    if ("scratch".startsWith(query) && !copied && now !== "scratch") found.push(SCRATCH);
    const typed = typedChoice(query, choosing.kind !== "image");
    const known = found.some(({ title }) => title === query.trim());
    // Behind a colon somebody is on the way to a tag.
    if (query.trim().endsWith(":")) return found;
    return typed && !known ? (typed.reason ? [...found, typed] : [typed, ...found]) : found;

    function judge(index: number) {
      const plan = planConnection(
        tree,
        { kind: "from", from: { kind: "stage", index }, to: stage },
        store.getState().planAll,
      );
      if (plan.ok) return {};
      return { reason: plan.reason, ...(plan.remedy && { remedy: plan.remedy.label }) };
    }
  }, [choosing, graph, tree, query, stage, now, tags, host, store]);

  const close = () => canvas.getState().change({ choosing: null });
  const write = (edits: readonly DockerfileEdit[]) => {
    const result = store.getState().applyAll(edits);
    if (!result.ok) return setRefusal(result.reason);
    close();
    sayNotes(result.notes, store.getState());
  };
  const choose = ({ source }: Choice) => {
    if (choosing.kind === "newStage") {
      const reason = canvas.getState().view?.deeds.createStage(source, choosing.after, choosing.at) ?? null;
      return reason === null ? close() : setRefusal(reason);
    }
    if (choosing.kind === "base") {
      const plan = planConnection(tree, { kind: "from", from: source, to: stage }, store.getState().planAll);
      if (!plan.ok) return plan.remedy ? write(plan.remedy.edits) : setRefusal(plan.reason);
      if (source.kind === "image" && !source.ref.includes("$")) {
        const variable = variableBase(tree, stage, source.ref);
        if (variable.arg)
          return setAsked({ to: source.ref, replacement: { plain: [], variable: [variable] } });
      }
      return write(plan.edits);
    }
    if (image === null || source.kind !== "image") return;
    const replacement = planReplacement(tree, image, source.ref);
    if (replacement.variable.some(({ arg }) => arg !== null))
      return setAsked({ to: source.ref, replacement });
    write(replacementEdits(replacement, source.ref, "text"));
  };

  if (asked) {
    const { to, replacement } = asked;
    return (
      <VariableChoice
        to={to}
        replacement={replacement}
        refusal={refusal}
        beside={choosing.beside}
        onChoose={(way) => write(replacementEdits(replacement, to, way))}
        onClose={close}
      />
    );
  }
  const repository = now && now !== "scratch" && !now.includes("$") ? repositoryOf(now) : null;
  const notes = [
    refusal,
    tags.state === "asking" && "Asking the registry for tags…",
    tags.state === "failed" && tags.message,
    tags.state === "there" &&
      tags.value.list.tags.length === 0 &&
      `None of its ${tags.value.list.total} tags fits.`,
    host.state === "failed" && query === "" && `No images of the build host: ${host.message}`,
    tags.state === "none" &&
      query === "" &&
      `Type ${repository ?? "golang"}: for the tags that its registry has.`,
  ].filter((note) => typeof note === "string");
  return (
    <ChoiceList
      label={labelOf(choosing, now, graph)}
      title={<Title choosing={choosing} now={now} label={graph.stages[stage]?.label ?? ""} />}
      placeholder={choosing.kind === "image" ? "image:tag" : "stage, image:tag or scratch"}
      query={query}
      onQuery={(next) => {
        setQuery(next);
        setRefusal(null);
      }}
      choices={choices}
      notes={notes}
      beside={choosing.beside}
      onChoose={choose}
      onClose={close}
      onLeave={(event) => {
        event.preventDefault();
        // There is a second question, which has the focus.
        if (canvas.getState().choosing === choosing) return;
        // A new stage's name has the focus by then.
        if (canvas.getState().renaming !== null) return;
        if (choosing.kind === "base") focusNode(choosing.stage);
        else if (choosing.kind === "image") focusNode(choosing.image);
        else if (choosing.beside && "node" in choosing.beside) focusNode(choosing.beside.node);
      }}
    />
  );
}

function usesOf({ images }: ReturnType<typeof useGraph>, id: string) {
  return images.find((image) => image.id === id)?.uses ?? [];
}
const useGraph = () => useDocument((s) => s.graph);

function labelOf(
  choosing: SourceChoosing,
  now: string | null,
  { stages }: ReturnType<typeof useGraph>,
): string {
  if (choosing.kind === "newStage") return "Base of the new stage";
  if (choosing.kind === "image") return `Replace ${now} everywhere`;
  return `Base of ${stages.find(({ id }) => id === choosing.stage)?.label}`;
}

function Title({ choosing, now, label }: { choosing: SourceChoosing; now: string | null; label: string }) {
  if (choosing.kind === "newStage") return "What is the new stage built on?";
  if (choosing.kind === "image") {
    return (
      <>
        Replace <code>{now}</code> everywhere by
      </>
    );
  }
  return (
    <>
      <code>{label}</code> is built on <code>{now}</code>. Build it on
    </>
  );
}
