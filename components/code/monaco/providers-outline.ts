/** The outline, folding and formatting. */
import type { Dockerfile } from "@/lib/dockerfile";
import {
  type DocumentSymbol,
  documentSymbols,
  foldingRanges,
  formatDockerfile,
} from "@/lib/dockerfile/service";
import { monacoEdits, rangeAt } from "./places";
import type { Read } from "./providers";
import { monaco } from "./setup";

const { FoldingRangeKind, SymbolKind } = monaco.languages;
const KINDS: Record<DocumentSymbol["kind"], monaco.languages.SymbolKind> = {
  stage: SymbolKind.Module,
  argument: SymbolKind.Variable,
  instruction: SymbolKind.Method,
};

export function outline(read: Read): monaco.languages.DocumentSymbolProvider {
  return {
    displayName: "Dockerfile",
    provideDocumentSymbols(model) {
      const state = read(model);
      return state && documentSymbols(state.tree).map((symbol) => symbolOf(state.tree, symbol));
    },
  };
}

function symbolOf(tree: Dockerfile, symbol: DocumentSymbol): monaco.languages.DocumentSymbol {
  const { name, detail, kind, range, selection, children } = symbol;
  return {
    // Monaco shows names alone, and a list of RUNs says little.
    name: kind === "stage" ? name : `${name} ${detail}`,
    detail: kind === "stage" ? detail : "",
    kind: KINDS[kind],
    tags: [],
    range: rangeAt(tree, range),
    selectionRange: rangeAt(tree, selection),
    children: children.map((each) => symbolOf(tree, each)),
  };
}

export function folding(read: Read): monaco.languages.FoldingRangeProvider {
  return {
    provideFoldingRanges(model) {
      const state = read(model);
      return (
        state &&
        foldingRanges(state.tree).map(({ startLine, endLine, kind }) => ({
          start: startLine,
          end: endLine,
          ...(kind === "comment" ? { kind: FoldingRangeKind.Comment } : {}),
        }))
      );
    },
  };
}

export function formatting(read: Read): monaco.languages.DocumentFormattingEditProvider {
  return {
    displayName: "Stagecraft",
    provideDocumentFormattingEdits(model) {
      const state = read(model);
      return state && monacoEdits(state.tree, formatDockerfile(state.tree));
    },
  };
}
