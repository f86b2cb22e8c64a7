/** One vertex of BuildKit's: what its events make of it. These write to the vertex they are given. */
import type { BuildEvent } from "./events";
import type { StepStatus, VertexState } from "./state";
import { foldReturns, plainText } from "./terminal";

/** Characters of an unfinished line that are kept to show it: more would be no use on a card. */
const OPEN_LINE_LIMIT = 1000;

export function emptyVertex(digest: string): VertexState {
  return {
    digest,
    name: "",
    places: [],
    platforms: null,
    status: "waiting",
    started: null,
    completed: null,
    runs: [],
    error: null,
    progress: {},
    logLines: 0,
    lastLine: "",
    openLines: ["", ""],
  };
}

/** A vertex event is a whole snapshot, not a difference. */
export function applyVertex(vertex: VertexState, event: BuildEvent & { type: "vertex" }): void {
  vertex.name = event.name || vertex.name;
  // The host names a vertex again when another solve joins it; that takes back nothing.
  if (event.started === undefined && event.completed === undefined && !event.error && vertex.runs.length > 0)
    return;
  // A clock that was set back in between must not make a step end before it began.
  const begun = event.started ?? vertex.started;
  const completed =
    event.completed === undefined ? undefined : Math.max(event.completed, begun ?? event.completed);
  if (event.started !== undefined) {
    const last = vertex.runs.at(-1);
    if (!last || event.started > (last.completed ?? last.started)) {
      vertex.runs.push({ started: event.started, completed: completed ?? null });
    } else if (completed !== undefined) {
      last.completed = Math.max(completed, last.started);
    }
  }
  vertex.started = event.started ?? vertex.started;
  vertex.completed = completed ?? (vertex.runs.at(-1)?.completed === null ? null : vertex.completed);
  vertex.error = event.error ?? null;
  vertex.status = statusOf(event);
}

function statusOf(event: BuildEvent & { type: "vertex" }): StepStatus {
  // BuildKit gives the steps beside a failed one, and those of a canceled build, this error.
  if (event.error)
    return /context canceled|operation was canceled/i.test(event.error) ? "canceled" : "failed";
  if (event.cached) return "cached";
  if (event.completed !== undefined) return "done";
  return event.started === undefined ? "waiting" : "running";
}

export function addLog(vertex: VertexState, stream: 1 | 2, text: string): void {
  if (text === "") return;
  const slot = stream - 1;
  let open = vertex.openLines[slot] ?? "";
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
    if (open === "") vertex.logLines++;
    open = "";
    start = end + 1;
  }
  const rest = text.slice(start);
  const lastWhole =
    start === 0 ? "" : lastSpokenLine((vertex.openLines[slot] ?? "") + text.slice(0, start - 1));
  if (rest !== "" && open === "") vertex.logLines++;
  open = foldReturns(open + rest).slice(0, OPEN_LINE_LIMIT);
  vertex.openLines[slot] = open;
  vertex.lastLine = spoken(open) || lastWhole || vertex.lastLine;
}

function lastSpokenLine(lines: string): string {
  let end = lines.length;
  while (end >= 0) {
    const start = end === 0 ? 0 : lines.lastIndexOf("\n", end - 1) + 1;
    const words = spoken(foldReturns(lines.slice(start, end)));
    if (words !== "" || start === 0) return words;
    end = start - 1;
  }
  return "";
}

function spoken(line: string): string {
  return line === "" ? "" : plainText(line).trim().slice(0, OPEN_LINE_LIMIT);
}
