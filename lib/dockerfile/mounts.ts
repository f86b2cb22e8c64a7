import { cut, toLower } from "./characters";
import { readCsv } from "./csv";
import { isBool } from "./numbers";
import { didYouMean } from "./suggest";

/** One `key=value` of a mount; places are in the flag's value. */
export interface MountOption {
  key: string;
  /** null where there is no `=` */
  value: string | null;
  keyStart: number;
  valueStart: number;
  valueEnd: number;
}

/** A `RUN --mount` as far as it can be read before variables are expanded. */
export interface Mount {
  options: MountOption[];
  /** the option that names where the files come from; the last one counts */
  from: MountOption | null;
}

/** Reads the value of `--mount` (instructions/commands_runmount.go, parseMount without an expander). */
export function readMount(value: string): Mount | { error: string } {
  const fields = readCsv(value);
  if ("error" in fields) return { error: `failed to parse csv mounts: ${fields.error}` };
  const options: MountOption[] = [];
  let from: MountOption | null = null;
  for (const field of fields) {
    const [before, given] = cut(field.text, "=");
    const key = toLower(before);
    const option: MountOption = {
      key,
      value: given,
      keyStart: field.place(0),
      valueStart: field.place(before.length + (given === null ? 0 : 1)),
      valueEnd: field.place(field.text.length),
    };
    options.push(option);
    if (key !== "from" || option.value === null) continue;
    const dollar = option.value.indexOf("$");
    if (dollar !== -1 && dollar !== option.value.length - 1) {
      return { error: "'from' doesn't support variable expansion, define alias stage instead" };
    }
    from = option;
  }
  return { options, from };
}

/** The last value given for any of the keys, as written. */
export function mountOption(mount: Mount, ...keys: string[]): string | null {
  let value: string | null = null;
  for (const option of mount.options)
    if (keys.includes(option.key) && option.value !== null) value = option.value;
  return value;
}

/** Checks the value of `--device` (instructions/commands_rundevice.go); null where it is right. */
export function deviceError(value: string): string | null {
  const fields = readCsv(value);
  if ("error" in fields) return `failed to parse csv devices: ${fields.error}`;
  let name = "";
  for (const { text } of fields) {
    const [before, given] = cut(text, "=");
    const key = toLower(before);
    if (given === null) {
      if (key === "required") continue;
      if (name !== "") return `invalid field '${text}' must be a key=value pair`;
      name = text;
      continue;
    }
    if (key === "name") {
      if (name !== "") return `device name already set to ${name}`;
      name = given;
    } else if (key === "required") {
      if (!isBool(given)) return `invalid value for ${key}: ${given}`;
    } else if (name === "") name = text;
    else return `unexpected key '${key}' in '${text}'${didYouMean(key, ["name", "required"], true)}`;
  }
  return null;
}
