/** What the parser and checks find and a failed build as Monaco's markers: squiggles, hover, F8. */
import type { Diagnostic, Dockerfile } from "@/lib/dockerfile";
import { type Failure, failureText } from "../marked-lines";
import { rangeAt } from "./places";
import { monaco } from "./setup";

const OWNER = "stagecraft";
/** Squiggles follow their words while one types; what is found is said once the hands rest, in milliseconds. */
const REST = 250;
/** Nobody reads more, and Monaco would slow down. The problems panel has them all. */
const MOST = 500;

const SEVERITY: Record<Diagnostic["severity"], monaco.MarkerSeverity> = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

export function showMarkers(
  model: monaco.editor.ITextModel,
  read: () => {
    tree: Dockerfile;
    diagnostics: readonly Diagnostic[];
    findings: readonly Diagnostic[];
    failure: Failure | null;
  },
) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = "[]";
  const show = () => {
    clearTimeout(timer);
    if (model.isDisposed()) return;
    const { tree, diagnostics, findings, failure } = read();
    const markers = [...diagnostics, ...findings].slice(0, MOST).map((found) => markerOf(tree, found));
    if (failure) markers.push(failureMarker(tree, failure));
    const next = JSON.stringify(markers);
    // Setting the same ones again would close a hover that somebody reads.
    if (next === shown) return;
    shown = next;
    monaco.editor.setModelMarkers(model, OWNER, markers);
  };
  show();
  return {
    show,
    showSoon() {
      // The words have moved: what is shown is no longer what was set.
      shown = "";
      clearTimeout(timer);
      timer = setTimeout(show, REST);
    },
    dispose() {
      clearTimeout(timer);
      if (!model.isDisposed()) monaco.editor.setModelMarkers(model, OWNER, []);
    },
  };
}

function markerOf(
  tree: Dockerfile,
  { severity, code, message, range, url }: Diagnostic,
): monaco.editor.IMarkerData {
  const linked = url?.startsWith("https://");
  return {
    ...rangeAt(tree, range),
    severity: SEVERITY[severity],
    message,
    code: linked ? { value: code, target: monaco.Uri.parse(url!) } : code,
  };
}

function failureMarker(tree: Dockerfile, failure: Failure): monaco.editor.IMarkerData {
  const [line] = failure.lines;
  const instruction = tree.instructions.find(({ startLine }) => startLine === line);
  const { start, end } = instruction?.keywordRange ?? {
    start: tree.lines.lineStart(line),
    end: tree.lines.lineEnd(line),
  };
  return {
    ...rangeAt(tree, { start, end }),
    severity: monaco.MarkerSeverity.Error,
    source: "build",
    message: failureText(failure),
  };
}
