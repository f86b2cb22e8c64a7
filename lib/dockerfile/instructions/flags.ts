import { cut, toLower } from "../characters";
import type { InstructionContent } from "../node";
import { didYouMean } from "../suggest";

export type FlagType = "bool" | "string" | "strings";

/** The flags each instruction takes. An instruction that is missing takes none; ARG and STOPSIGNAL never look. */
export const FLAGS: Readonly<Record<string, Readonly<Record<string, FlagType>>>> = {
  ADD: {
    chown: "string",
    chmod: "string",
    link: "bool",
    "keep-git-dir": "bool",
    checksum: "string",
    unpack: "bool",
    exclude: "strings",
  },
  COPY: {
    chown: "string",
    from: "string",
    chmod: "string",
    link: "bool",
    exclude: "strings",
    parents: "bool",
  },
  FROM: { platform: "string" },
  HEALTHCHECK: {
    interval: "string",
    timeout: "string",
    "start-period": "string",
    "start-interval": "string",
    retries: "string",
  },
  RUN: { mount: "strings", network: "string", security: "string", device: "strings" },
};

const NO_FLAGS: Readonly<Record<string, FlagType>> = {};

/** What is wrong with an instruction's flags, and with which of them. */
export interface FlagProblem {
  message: string;
  /** index into the instruction's flags */
  flag: number;
}

/** Checks names, values and repetition of flags (instructions/bflag.go, BFlags.Parse). */
export function flagProblem(node: InstructionContent): FlagProblem | null {
  if (node.rawFlags.length === 0) return null;
  const types = FLAGS[node.keyword] ?? NO_FLAGS;
  const used = new Set<string>();
  for (const [flag, { word }] of node.rawFlags.entries()) {
    const [dashed, value] = cut(word, "=");
    const name = dashed.slice(2);
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (!word.startsWith("--")) return { message: `arg should start with -- : ${word}`, flag };
    if (type === undefined) {
      return { message: `unknown flag: ${dashed}${didYouMean(name, Object.keys(types), true)}`, flag };
    }
    if (used.has(name) && type !== "strings") return { message: `duplicate flag specified: ${dashed}`, flag };
    used.add(name);
    if (type === "bool") {
      if (value === "") return { message: `missing a value on flag: ${dashed}`, flag };
      const bool = value === null ? "true" : toLower(value);
      if (bool !== "true" && bool !== "false") {
        return { message: `expecting boolean value for flag ${dashed}, not: ${value}`, flag };
      }
    } else if (value === null) return { message: `missing a value on flag: ${dashed}`, flag };
  }
  return null;
}

/** The last value of a flag, as written, or null. */
export function flagValue(
  node: Pick<InstructionContent, "rawFlags">,
  name: string,
): { value: string; flag: number } | null {
  for (let flag = node.rawFlags.length - 1; flag >= 0; flag--) {
    const word = node.rawFlags[flag]?.word ?? "";
    if (word.startsWith(`--${name}=`)) return { value: word.slice(name.length + 3), flag };
  }
  return null;
}
