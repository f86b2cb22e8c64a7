"use client";
/**
 * The graph as a list: the same stages, instructions, edges and sizes, in the order of the file, for those who read
 * rather than see it. Selection, keys and commands are those of the graph.
 */
import { Command } from "lucide-react";
import { type FocusEvent, useDeferredValue, useMemo, useState } from "react";
import { useKeyHint } from "@/components/commands/key-hint";
import { useDocument } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/build/format";
import { useCanvasStore } from "../canvas-state";
import { placeElement, placeOf } from "../focus";
import { ArgsItem } from "../global-args/args-item";
import { useCanvasModels } from "../live-models";
import type { BundleModel } from "../models";
import { placeOfSelection } from "../steps";
import { ImageItem } from "./image-item";
import styles from "./outline.module.css";
import { StageItem } from "./stage-item";

/** Edges of a node, by the node at their other end. */
export interface ItemEdges {
  into: readonly BundleModel[];
  outOf: readonly BundleModel[];
}
const NO_EDGES: ItemEdges = { into: [], outOf: [] };

export function Outline() {
  const { args, cards, images, bundles } = useDeferredValue(useCanvasModels());
  const canvas = useCanvasStore();
  const palette = useKeyHint("palette.open");
  const selected = useDocument((s) => {
    const place = placeOfSelection(s.selection, s.graph);
    return place?.node ?? null;
  });
  // Tab stops at what belongs to one item; arrows lead to the others.
  const [focused, setFocused] = useState<string | null>(null);
  const nodes = [...cards, ...images].map(({ id }) => id);
  const current = [focused, selected].find((id) => id !== null && nodes.includes(id)) ?? nodes[0];
  const edges = useMemo(() => edgesByNode(bundles), [bundles]);
  const names = useMemo(
    () =>
      new Map<string, string>([
        ...cards.map(({ id, label }): [string, string] => [id, label]),
        ...images.map(({ id, ref }): [string, string] => [id, ref]),
      ]),
    [cards, images],
  );
  const openPalette = () => {
    const at = document.activeElement;
    const here = placeOf(at) ? at : current ? placeElement({ node: current, instruction: null }) : null;
    canvas.getState().change({ overlay: { kind: "palette", from: here } });
  };
  return (
    <section
      className={styles.outline}
      data-list=""
      data-testid="outline"
      aria-label="The graph as a list"
      onFocus={(event: FocusEvent) => {
        const item = event.target.closest<HTMLElement>("[data-item]")?.dataset.item;
        if (item !== undefined) setFocused(item);
      }}
    >
      <div className={styles.top}>
        <p>
          {formatCount(cards.length, "stage")}, {formatCount(images.length, "image")}
        </p>
        {current !== undefined && (
          <Button size="small" onClick={openPalette} title={palette && `${palette} does the same`}>
            <Command size={14} aria-hidden="true" /> Commands for {names.get(current)}
          </Button>
        )}
      </div>
      <ol className={styles.items}>
        {cards.map((card) => (
          <StageItem
            key={card.id}
            card={card}
            edges={edges.get(card.id) ?? NO_EDGES}
            names={names}
            current={card.id === current}
          />
        ))}
      </ol>
      {args && (
        <>
          <h2 className={styles.heading}>Global ARGs</h2>
          <ArgsItem args={args.args} />
        </>
      )}
      {images.length > 0 && (
        <>
          <h2 className={styles.heading}>Images from outside</h2>
          <ul className={styles.items}>
            {images.map((image) => (
              <ImageItem
                key={image.id}
                image={image}
                edges={edges.get(image.id) ?? NO_EDGES}
                names={names}
                current={image.id === current}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function edgesByNode(bundles: readonly BundleModel[]): ReadonlyMap<string, ItemEdges> {
  const found = new Map<string, { into: BundleModel[]; outOf: BundleModel[] }>();
  const at = (id: string) => {
    const edges = found.get(id) ?? { into: [], outOf: [] };
    found.set(id, edges);
    return edges;
  };
  for (const bundle of bundles) {
    at(bundle.target).into.push(bundle);
    at(bundle.source).outOf.push(bundle);
  }
  return found;
}
