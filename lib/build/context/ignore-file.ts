/** Reads the text of a `.dockerignore` into patterns (moby/patternmatcher/ignorefile). */
import { cleanPath } from "./ignore-patterns";

/** The names that BuildKit looks for beside a Dockerfile, the first that is there wins (frontend/dockerui/config.go). */
export const IGNORE_FILES = ["Dockerfile.dockerignore", ".dockerignore"] as const;

export function readIgnoreFile(text: string): string[] {
  const patterns: string[] = [];
  for (const line of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const trimmed = line.trim();
    if (trimmed === "") continue;
    const exception = trimmed.startsWith("!");
    let pattern = exception ? trimmed.slice(1).trim() : trimmed;
    if (pattern !== "") {
      pattern = cleanPath(pattern);
      if (pattern.length > 1 && pattern.startsWith("/")) pattern = pattern.slice(1);
    }
    patterns.push(exception ? `!${pattern}` : pattern);
  }
  return patterns;
}
