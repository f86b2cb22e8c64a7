/** Findings in SARIF 2.1.0, which code scanning services read. */
import { type Diagnostic, type Dockerfile, RULES } from "../lib/dockerfile";

export interface FileFindings {
  path: string;
  tree: Dockerfile;
  findings: Diagnostic[];
}

/** Rules for what is no build check: where BuildKit itself stops. */
const ERRORS: Record<string, string> = {
  ParseError: "BuildKit's parser does not take the file",
  InstructionError: "BuildKit does not take the instruction",
  GraphError: "BuildKit cannot resolve the stages",
  CheckDirective: "BuildKit cannot read the check directive",
};

export function toSarif(files: readonly FileFindings[]): string {
  const rules = [
    ...Object.entries(ERRORS).map(([id, text]) => ({ id, shortDescription: { text } })),
    ...RULES.map(({ name, description, url }) => ({
      id: name,
      shortDescription: { text: description },
      ...(url === undefined ? {} : { helpUri: url }),
    })),
  ];
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const results = files.flatMap(({ path, tree, findings }) =>
    findings.map(({ code, severity, message, range }) => {
      const start = tree.lines.position(range.start);
      const end = tree.lines.position(range.end);
      return {
        ruleId: code,
        ruleIndex: index.get(code) ?? -1,
        level: severity === "info" ? "note" : severity,
        message: { text: message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: uriOf(path) },
              region: {
                startLine: start.line,
                startColumn: start.column,
                endLine: end.line,
                endColumn: end.column,
              },
            },
          },
        ],
      };
    }),
  );
  const driver = { name: "Stagecraft", rules };
  const run = { tool: { driver }, columnKind: "utf16CodeUnits", results };
  return `${JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function uriOf(path: string): string {
  const uri = path.split(/[\\/]/).map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${uri}` : uri;
}
