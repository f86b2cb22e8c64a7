"use client";
/** Runs the automatic layout in a worker of its own; the 1.5 MB of it are fetched when first needed. */
import type { ELK } from "elkjs/lib/elk-api";
import { fromElk, type LayoutJob, type Point, toElk } from "@/lib/graph/layout";
import { type Drawn, placeNewcomers } from "@/lib/graph/placement";

let elk: Promise<ELK> | null = null;

async function start(): Promise<ELK> {
  const { default: Elk } = await import("elkjs/lib/elk-api");
  return new Elk({
    workerFactory: () => new Worker(new URL("elkjs/lib/elk-worker.min.js", import.meta.url)),
  });
}

/** A place for every node of the graph. Rejects where the worker can't be started or the job is beyond it. */
export async function runLayout(job: LayoutJob, graph: Drawn): Promise<Record<string, Point>> {
  elk ??= start();
  try {
    const places = fromElk(await (await elk).layout(toElk(job)));
    const sizes = new Map(job.nodes.map((node) => [node.id, node]));
    const sizeOf = (id: string) => sizes.get(id) ?? { width: 0, height: 0 };
    return { ...places, ...placeNewcomers(graph, places, sizeOf) };
  } catch (error) {
    elk = null;
    throw error;
  }
}
