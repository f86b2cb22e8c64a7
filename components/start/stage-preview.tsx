"use client";
import { useId, useMemo } from "react";
import { parseDockerfile } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import { layOutPreview, NODE_HEIGHT, NODE_WIDTH } from "./preview-layout";
import styles from "./stage-preview.module.css";

/** A small picture of a Dockerfile's stages; the words beside it say the same to who can't see it. */
export function StagePreview({ dockerfile }: { dockerfile: string }) {
  const clip = useId();
  const { nodes, edges, width, height } = useMemo(() => {
    const tree = parseDockerfile(dockerfile);
    const ids = tree.stages.map(({ index }) => String(index));
    return layOutPreview(buildGraph(tree, ids, EMPTY_GRAPH));
  }, [dockerfile]);
  return (
    <svg
      className={styles.preview}
      viewBox={`-2 -2 ${width + 4} ${height + 4}`}
      style={{ maxWidth: width + 4 }}
      aria-hidden="true"
    >
      <clipPath id={clip}>
        <rect width={NODE_WIDTH - 8} height={NODE_HEIGHT} x="4" />
      </clipPath>
      {edges.map(({ id, kind, path }) => (
        <path key={id} d={path} className={styles[kind]} />
      ))}
      {nodes.map(({ id, kind, label, final, x, y }) => (
        <g key={id} transform={`translate(${x} ${y})`}>
          <rect
            width={NODE_WIDTH}
            height={NODE_HEIGHT}
            rx={kind === "stage" ? 5 : 3}
            className={final ? styles.final : styles[kind]}
          />
          <text
            x={NODE_WIDTH / 2}
            y={NODE_HEIGHT / 2 + 3.5}
            clipPath={`url(#${clip})`}
            className={styles.label}
          >
            {short(label)}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The end of a name says more than its registry. */
function short(label: string): string {
  const name = label.split("/").at(-1) ?? label;
  return name.length > 13 ? `${name.slice(0, 12)}…` : name;
}
