import { toUpper } from "../characters";
import type { InstructionContent } from "../node";
import { quote } from "../quote";
import { parseDuration } from "./duration";
import { type Fault, inFlag, plain } from "./fault";
import { flagProblem, flagValue } from "./flags";

const INTERVALS = ["interval", "timeout", "start-period", "start-interval"];

/** instructions/parse.go, parseHealthcheck */
export function checkHealthcheck(node: InstructionContent): Fault | null {
  const words = node.list.words.map(({ value }) => value);
  if (words.length === 0) return plain("HEALTHCHECK requires at least one argument");
  const type = toUpper(words[0] as string);
  if (type === "NONE") return words.length > 1 ? plain("HEALTHCHECK NONE takes no arguments") : null;
  const problem = flagProblem(node);
  if (problem !== null) return inFlag(problem);
  if (type !== "CMD") return plain(`Unknown type ${quote(type)} in HEALTHCHECK (try CMD)`);
  if (words.length === 1) return plain("Missing command after HEALTHCHECK CMD");
  for (const name of INTERVALS) {
    const given = flagValue(node, name);
    if (given === null || given.value === "") continue;
    const duration = parseDuration(given.value);
    if (typeof duration !== "number") return inFlag({ message: duration.error, flag: given.flag });
    if (duration !== 0 && duration < 1e6) {
      return inFlag({ message: `Interval ${quote(name)} cannot be less than 1ms`, flag: given.flag });
    }
  }
  const retries = flagValue(node, "retries");
  return retries === null || retries.value === "" ? null : checkRetries(retries.value, retries.flag);
}

function checkRetries(value: string, flag: number): Fault | null {
  const failure = (what: string) =>
    inFlag({ message: `strconv.ParseInt: parsing ${quote(value)}: ${what}`, flag });
  if (!/^[-+]?\d+$/.test(value)) return failure("invalid syntax");
  const number = Number(value);
  if (number < -(2 ** 31) || number >= 2 ** 31) return failure("value out of range");
  return number < 0 ? inFlag({ message: `--retries cannot be negative (${number})`, flag }) : null;
}
