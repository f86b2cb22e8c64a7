import type { Diagnostic, Dockerfile } from "../../types";
import { type CheckConfig, DEFAULT_CONFIG, fileConfig, isOn, withComments } from "../config";
import { buildStageShips } from "./buildStageShips";
import { copyFromNowhere } from "./copyFromNowhere";
import type { GraphRule } from "./rule";
import { stageNotNeeded } from "./stageNotNeeded";

export const GRAPH_RULES: readonly GraphRule[] = [stageNotNeeded, copyFromNowhere, buildStageShips];

/**
 * What only the graph shows, as notes. `# check=skip=` turns them off like BuildKit's checks, for the file or right above
 * an instruction. Where BuildKit would not take the file there are none: what is needed is open then.
 */
export function checkGraph(tree: Dockerfile): Diagnostic[] {
  if (!tree.accepted || tree.graphError !== null) return [];
  const read = fileConfig(tree.source);
  const config = typeof read.error === "string" ? DEFAULT_CONFIG : (read as CheckConfig);
  const findings: Diagnostic[] = [];
  for (const rule of GRAPH_RULES) {
    rule.check(tree, (at, message, range) => {
      if (!isOn(withComments(config, at.comments), rule)) return;
      findings.push({ severity: "info", code: rule.name, message, range });
    });
  }
  return findings;
}
