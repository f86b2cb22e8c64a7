/** A finding as compilers print theirs: place, text, the line, a mark under what is meant. */
import type { Diagnostic, Dockerfile } from "../lib/dockerfile";
import { printable } from "../lib/dockerfile/description";

const WIDEST = 160;

/**
 *     Dockerfile:3:13: warning: 'as' and 'FROM' keywords' casing do not match [FromAsCasing]
 *       3 | FROM golang as build
 *         |             ^~
 *         = https://docs.docker.com/go/dockerfile/rule/from-as-casing/
 */
export function formatFinding(finding: Diagnostic, tree: Dockerfile, path: string): string {
  const { lines, source } = tree;
  const { line, column } = lines.position(finding.range.start);
  const place = `${path}:${line}:${column}`;
  const text = source.slice(lines.lineStart(line), lines.lineEnd(line)).replace(/\r+$/, "");
  const stop = Math.min(text.length, finding.range.end - lines.lineStart(line));
  // Of a very long line, what stands around the place.
  const from = text.length > WIDEST ? Math.max(0, column - 1 - WIDEST / 4) : 0;
  const to = Math.min(text.length, from + WIDEST);
  const lead = text.slice(from, column - 1).replace(/[^\t]/g, " ");
  const marked = Math.max(1, Math.min(stop, to) - (column - 1));
  const margin = " ".repeat(String(line).length);
  const rows = [
    `${place}: ${finding.severity}: ${harmless(finding.message)} [${finding.code}]`,
    `  ${line} | ${harmless(text.slice(from, to))}`,
    `  ${margin} | ${lead}^${"~".repeat(marked - 1)}`,
  ];
  if (finding.url !== undefined) rows.push(`  ${margin} = ${finding.url}`);
  return `${rows.join("\n")}\n`;
}

/** A Dockerfile must not steer the terminal it is shown in. */
export function harmless(text: string): string {
  return printable(text).replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, "\ufffd");
}
