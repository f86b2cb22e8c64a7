"use client";
import { useStore } from "@xyflow/react";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { Point } from "@/lib/graph/layout";
import styles from "./overlays.module.css";

const MARGIN = 8;

/** A panel at a place of the graph: moves with it, keeps its own size, and stays within the canvas. */
export function Anchored({ at, children }: { at: Point; children: ReactNode }) {
  const x = useStore(({ transform: [left, , zoom] }) => left + at.x * zoom);
  const y = useStore(({ transform: [, top, zoom] }) => top + at.y * zoom);
  const width = useStore((s) => s.width);
  const height = useStore((s) => s.height);
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setSize({ width: element.offsetWidth, height: element.offsetHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const left = Math.max(MARGIN, Math.min(x, width - size.width - MARGIN));
  const top = Math.max(MARGIN, Math.min(y, height - size.height - MARGIN));
  return (
    <div ref={box} className={styles.anchored} style={{ left, top }}>
      {children}
    </div>
  );
}
