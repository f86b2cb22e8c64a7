import { toLower } from "./characters";

/** How the arguments of an instruction are cut up (parser/parser.go, dispatch table). */
export type ArgumentShape =
  | "words"
  | "text"
  | "json"
  | "jsonWords"
  | "pairs"
  | "names"
  | "health"
  | "trigger";

const SHAPES: Record<string, ArgumentShape> = {
  ADD: "jsonWords",
  ARG: "names",
  CMD: "json",
  COPY: "jsonWords",
  ENTRYPOINT: "json",
  ENV: "pairs",
  EXPOSE: "words",
  FROM: "words",
  HEALTHCHECK: "health",
  LABEL: "pairs",
  MAINTAINER: "text",
  ONBUILD: "trigger",
  RUN: "json",
  SHELL: "json",
  STOPSIGNAL: "text",
  USER: "text",
  VOLUME: "jsonWords",
  WORKDIR: "text",
};

/** The 18 instructions, upper case. */
export const KEYWORDS: readonly string[] = Object.keys(SHAPES);

export interface Keyword {
  keyword: string;
  shape: ArgumentShape;
}

const BY_SPELLING = new Map<string, Keyword>();
for (const [keyword, shape] of Object.entries(SHAPES)) {
  const entry = { keyword, shape };
  BY_SPELLING.set(keyword, entry);
  BY_SPELLING.set(keyword.toLowerCase(), entry);
}

/** The instruction a word names, in any casing, or undefined. */
export function findKeyword(word: string): Keyword | undefined {
  return BY_SPELLING.get(word) ?? BY_SPELLING.get(toLower(word));
}
