"use client";
import { useDocument } from "@/components/editor/document-context";
import type { GraphEdge } from "@/lib/graph/types";
import { stageIndex } from "../build-view";
import styles from "./edge-panel.module.css";

/** The instruction that makes an edge, for those who may not edit. */
export function ReadOnlyEdge({ edge: { target, instruction } }: { edge: GraphEdge }) {
  const text = useDocument((s) => {
    const found = s.tree.stages[stageIndex(s.stageIds, target)]?.instructions[instruction];
    return found ? `${found.keyword} ${found.text}` : "";
  });
  return <code className={styles.text}>{text}</code>;
}
