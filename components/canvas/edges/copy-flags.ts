/** The flags of a COPY as a form has them, and the edits from one state of it to another. */
import type { DockerfileEdit, Instruction } from "@/lib/dockerfile";

export interface CopyFlags {
  chown: string;
  chmod: string;
  link: boolean;
  parents: boolean;
  exclude: readonly string[];
}

export function readFlags(instruction: Instruction | undefined): CopyFlags {
  const flags = instruction?.flags ?? [];
  const values = (name: string) => flags.filter((flag) => flag.name === name).map(({ value }) => value ?? "");
  const isOn = (name: string) =>
    flags.some((flag) => flag.name === name && !/^(0|f|false)$/i.test(flag.value ?? ""));
  return {
    chown: values("chown")[0] ?? "",
    chmod: values("chmod")[0] ?? "",
    link: isOn("link"),
    parents: isOn("parents"),
    exclude: values("exclude"),
  };
}

export function flagEdits(
  stage: number,
  instruction: number,
  before: CopyFlags,
  after: CopyFlags,
): DockerfileEdit[] {
  const place = { type: "setFlag", stage, instruction } as const;
  const edits: DockerfileEdit[] = [];
  for (const flag of ["chown", "chmod"] as const) {
    const value = after[flag].trim();
    if (value !== before[flag]) edits.push({ ...place, flag, value: value === "" ? null : value });
  }
  for (const flag of ["link", "parents"] as const) {
    if (after[flag] !== before[flag]) edits.push({ ...place, flag, value: after[flag] ? "" : null });
  }
  // From the last to the first, so that one that is taken away does not change which the others are.
  for (const [nth, pattern] of [...before.exclude.entries()].reverse()) {
    const value = after.exclude[nth]?.trim() ?? "";
    if (value !== pattern) edits.push({ ...place, flag: "exclude", nth, value: value === "" ? null : value });
  }
  return edits;
}
