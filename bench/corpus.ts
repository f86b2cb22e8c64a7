/** Dockerfiles to measure with: those of a folder or a file of cases, or what the repository holds. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeText } from "../lib/dockerfile";

const MOST_BYTES = 20_000_000;

export interface Corpus {
  name: string;
  texts: string[];
  bytes: number;
}

/** @param path a folder of Dockerfiles, or a file with a case a line: {text | base64 | base64gz} */
export function readCorpus(path: string | undefined): Corpus {
  const bytes =
    path === undefined ? examples() : statSync(path).isDirectory() ? filesOf(path) : casesOf(path);
  if (bytes.length === 0) throw new Error(`There is no Dockerfile in ${path}.`);
  const total = bytes.reduce((sum, each) => sum + each.length, 0);
  return {
    name: path ?? "the examples and files of 1 to 8 stages",
    texts: bytes.map(decodeText),
    bytes: total,
  };
}

function examples(): Buffer[] {
  const folder = resolve(import.meta.dirname, "../examples");
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name, "Dockerfile")));
  // Sizes as they are in life: what a parser does with very long files is another question.
  return [...files, ...[1, 2, 3, 5, 8].map((stages) => Buffer.from(longDockerfile(stages)))];
}

function filesOf(folder: string): Buffer[] {
  const files: Buffer[] = [];
  let total = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || total > MOST_BYTES) continue;
    const content = readFileSync(join(entry.parentPath, entry.name));
    total += content.length;
    files.push(content);
  }
  return files;
}

function casesOf(file: string): Buffer[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const { text, base64, base64gz } = JSON.parse(line) as Record<string, string | undefined>;
      if (text !== undefined) return Buffer.from(text);
      return base64 === undefined
        ? gunzipSync(Buffer.from(base64gz ?? "", "base64"))
        : Buffer.from(base64, "base64");
    });
}

/** 19 lines a stage, each stage built on the one before. */
export function longDockerfile(stages: number): string {
  const lines: string[] = [];
  for (let stage = 0; stage < stages; stage++) {
    lines.push(`FROM ${stage === 0 ? "golang:1.22" : `stage${stage - 1}`} AS stage${stage}`, "WORKDIR /src");
    for (let step = 0; step < 7; step++)
      lines.push(`RUN echo ${step} && \\`, `    go build -o /app${step} ./cmd/app`);
    lines.push("COPY . .", `COPY --from=alpine:3.20 /usr/lib/go /go${stage}`, "");
  }
  return lines.join("\n");
}
