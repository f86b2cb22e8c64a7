/** Asks a worker what checks find; it is started when it is first asked, and serves every document of the page. */
import type { Diagnostic } from "../dockerfile";
import type { CheckElsewhere } from "./findings";
import type { BuildOptions } from "./wire";

export interface CheckOrder {
  id: number;
  text: string;
  options: BuildOptions;
}

export interface CheckAnswer {
  id: number;
  findings: readonly Diagnostic[];
}

interface Waiting {
  resolve(findings: readonly Diagnostic[]): void;
  reject(reason: unknown): void;
}

let worker: Worker | null = null;
let asked = 0;
const waiting = new Map<number, Waiting>();

export const checkElsewhere: CheckElsewhere = (text, options) =>
  new Promise((resolve, reject) => {
    worker ??= start();
    const id = asked++;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, text, options } satisfies CheckOrder);
  });

function start(): Worker {
  const started = new Worker(new URL("./check.worker.ts", import.meta.url), { type: "module" });
  started.onmessage = ({ data: { id, findings } }: MessageEvent<CheckAnswer>) => {
    waiting.get(id)?.resolve(findings);
    waiting.delete(id);
  };
  started.onerror = ({ message }) => {
    started.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  };
  return started;
}
