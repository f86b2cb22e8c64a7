/** `stagecraft check`: what BuildKit would say of a file without building it. */
import type { BuildOptions } from "../lib/dockerfile/variables";
import { formatFinding } from "./compiler-style";
import { forEachFile } from "./files";
import { reportOn } from "./findings";
import { type FileFindings, toSarif } from "./sarif";

export function check(files: string[], format: string, options: BuildOptions | null): number {
  const reports: FileFindings[] = [];
  let fails = false;
  const missed = forEachFile(files, (tree, path) => {
    const report = reportOn(tree, options ?? {});
    fails ||= report.fails;
    reports.push({ path, tree, findings: report.findings });
  });
  process.stdout.write(
    format === "text" ? toText(reports) : format === "sarif" ? toSarif(reports) : toJson(reports),
  );
  return missed ? 2 : fails ? 1 : 0;
}

function toText(reports: readonly FileFindings[]): string {
  let text = "";
  for (const { path, tree, findings } of reports) {
    for (const finding of findings) text += formatFinding(finding, tree, path);
  }
  return text;
}

/** One list over all files; lines and columns 1-based, columns in UTF-16 code units, ends exclusive. */
function toJson(reports: readonly FileFindings[]): string {
  const all = reports.flatMap(({ path, tree, findings }) =>
    findings.map(({ code, severity, message, range, url }) => ({
      path,
      severity,
      rule: code,
      message,
      start: tree.lines.position(range.start),
      end: tree.lines.position(range.end),
      ...(url === undefined ? {} : { url }),
    })),
  );
  return `${JSON.stringify(all, null, 2)}\n`;
}
