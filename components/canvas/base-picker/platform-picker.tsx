"use client";
import { useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { stageIndex } from "../build-view";
import { useCanvasStore } from "../canvas-state";
import { focusNode } from "../focus";
import { ChoiceList } from "./choice-list";
import type { Choice } from "./choices";
import type { Choosing } from "./choosing";

/** What people build for, and the two that are known to a build only. */
const KNOWN: readonly [platform: string, note: string][] = [
  ["linux/amd64", "64-bit Intel and AMD"],
  ["linux/arm64", "64-bit ARM, Apple silicon"],
  ["linux/arm/v7", "32-bit ARM"],
  ["linux/386", "32-bit Intel"],
  ["linux/ppc64le", "POWER"],
  ["linux/s390x", "IBM Z"],
  ["linux/riscv64", "RISC-V"],
  ["$BUILDPLATFORM", "that of the machine that builds: cross-compile here"],
  ["$TARGETPLATFORM", "that which is built for, as without a platform"],
];

const NONE = "none";

export function PlatformPicker({ choosing }: { choosing: Extract<Choosing, { kind: "platform" }> }) {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const stage = useDocument((s) => s.graph.stages.find(({ id }) => id === choosing.stage));
  const [query, setQuery] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const close = () => canvas.getState().change({ choosing: null });
  if (!stage) return null;

  const wish = query.trim();
  const fits = KNOWN.filter(([platform, note]) =>
    `${platform} ${note}`.toLowerCase().includes(wish.toLowerCase()),
  );
  const choice = (id: string, title: string, note?: string): Choice => ({
    id,
    group: "Platform",
    title,
    ...(note && { note }),
    source: { kind: "image", ref: title },
  });
  const choices = [
    ...(stage.platform !== null && wish === "" ? [choice(NONE, "No platform of its own")] : []),
    ...fits.map(([platform, note]) => choice(platform, platform, note)),
    ...(wish !== "" && !fits.some(([platform]) => platform === wish) ? [choice(wish, wish, "as typed")] : []),
  ];
  return (
    <ChoiceList
      label={`Platform of ${stage.label}`}
      title={
        <>
          Platform of <code>{stage.label}</code>
          {stage.platform && (
            <>
              , now <code>{stage.platform}</code>
            </>
          )}
        </>
      }
      placeholder="os/architecture"
      query={query}
      onQuery={(next) => {
        setQuery(next);
        setRefusal(null);
      }}
      choices={choices}
      notes={refusal ? [refusal] : []}
      beside={choosing.beside}
      onClose={close}
      onChoose={({ id }) => {
        const { apply, stageIds } = store.getState();
        const platform = id === NONE ? null : id;
        const result = apply({ type: "setPlatform", stage: stageIndex(stageIds, stage.id), platform });
        if (result.ok) close();
        else setRefusal(result.reason);
      }}
      onLeave={(event) => {
        event.preventDefault();
        focusNode(stage.id);
      }}
    />
  );
}
