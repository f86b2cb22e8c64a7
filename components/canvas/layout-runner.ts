"use client";
/** Runs the automatic layout in a worker of its own; the 1.5 MB of it are fetched when first needed. */
import Elk from "elkjs/lib/elk-api";
import { fold } from "@/lib/graph/fold";
import { fromElk, type Point, toElk } from "@/lib/graph/layout";
import { type Drawn, placeNewcomers } from "@/lib/graph/placement";
import { layoutJob, type OnScreen, type Written } from "./layout-job";

let elk: InstanceType<typeof Elk> | null = null;

const start = () =>
  new Elk({ workerFactory: () => new Worker(new URL("elkjs/lib/elk-worker.min.js", import.meta.url)) });

/** A place for every node of the graph. Rejects where the worker can't be started or the job is beyond it. */
export async function runLayout(
  onScreen: OnScreen,
  written: Written,
  graph: Drawn,
): Promise<Record<string, Point>> {
  const job = layoutJob(onScreen, written);
  try {
    elk ??= start();
    const places = fold(fromElk(await elk.layout(toElk(job))), job.nodes, job.edges);
    const sizes = new Map(job.nodes.map((node) => [node.id, node]));
    const sizeOf = (id: string) => sizes.get(id) ?? { width: 0, height: 0 };
    return { ...places, ...placeNewcomers(graph, places, sizeOf) };
  } catch (error) {
    elk = null;
    throw error;
  }
}
