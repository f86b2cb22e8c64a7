import { removeFlag } from "../edits/flag";
import { insertFlag, writeFlag } from "../edits/setFlag";
import { FLAGS } from "../service/explanations";
import type { Flag } from "../types";
import { type Context, type FieldSpec, field, type Refused } from "./context";

/** A flag with a value; empty where it is not there. */
export function flagText(
  keyword: string,
  name: string,
  label: string,
  suggestions: readonly string[] = [],
): FieldSpec {
  return field<"text">(
    (context) => ({
      kind: "text",
      id: name,
      label,
      ...hintOf(keyword, name),
      value: flagOf(context, name)?.value ?? "",
      ...(suggestions.length > 0 && { suggestions }),
    }),
    (context, value) => writeFlagValue(context, name, value === "" ? null : value),
  );
}

/** A flag that is there or not; `--link=false` is not. */
export function flagSwitch(keyword: string, name: string, label: string): FieldSpec {
  return field<"switch">(
    (context) => {
      const flag = flagOf(context, name);
      const on = flag !== undefined && flag.value?.toLowerCase() !== "false";
      return { kind: "switch", id: name, label, ...hintOf(keyword, name), value: on };
    },
    (context, value) => writeFlagValue(context, name, value ? "" : null),
  );
}

function hintOf(keyword: string, name: string): { hint?: string } {
  const hint = FLAGS[keyword]?.[name];
  return hint === undefined ? {} : { hint };
}

const flagOf = ({ node }: Context, name: string): Flag | undefined =>
  node.flags.find((flag) => flag.name === name);

/** "" writes the bare flag, null takes it away. */
function writeFlagValue(context: Context, name: string, value: string | null) {
  const { tree, node } = context;
  const index = node.flags.findIndex((flag) => flag.name === name);
  if (value === null) return index === -1 ? [] : [removeFlag(tree, node, index)];
  const word = writeFlag(tree, name, value);
  if (typeof word !== "string") return word satisfies Refused;
  const flag = node.flags[index];
  return [flag === undefined ? insertFlag(node, word) : { ...flag.range, text: word }];
}
