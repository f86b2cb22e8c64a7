import { toBinary } from "../bytes";

const UNITS: Record<string, number> = {
  ns: 1,
  us: 1e3,
  "\u00b5s": 1e3,
  "\u03bcs": 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
const MAX_NANOSECONDS = 2 ** 63;

/** The time package's own quoting: bytes beyond ASCII one by one, and no names for control characters. */
function quote(text: string): string {
  let result = "";
  for (const char of toBinary(text, 0, text.length).bytes) {
    const code = char.charCodeAt(0);
    if (code > 0x7f || code < 0x20) result += `\\x${code.toString(16).padStart(2, "0")}`;
    else result += char === '"' || char === "\\" ? `\\${char}` : char;
  }
  return `"${result}"`;
}

/** Go's time.ParseDuration: nanoseconds, or its words for what is wrong. */
export function parseDuration(text: string): number | { error: string } {
  const invalid = { error: `time: invalid duration ${quote(text)}` };
  let rest = text;
  const negative = rest.startsWith("-");
  if (negative || rest.startsWith("+")) rest = rest.slice(1);
  if (rest === "0") return 0;
  if (rest === "") return invalid;
  let total = 0;
  while (rest !== "") {
    const number = /^\d*(?:\.\d*)?/.exec(rest)?.[0] ?? "";
    if (number === "" || number === ".") return invalid;
    const whole = Number(number.split(".")[0] || "0");
    if (whole > MAX_NANOSECONDS) return invalid;
    rest = rest.slice(number.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? "";
    if (unit === "") return { error: `time: missing unit in duration ${quote(text)}` };
    const scale = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (scale === undefined) return { error: `time: unknown unit ${quote(unit)} in duration ${quote(text)}` };
    rest = rest.slice(unit.length);
    total += Math.floor(Number(number) * scale);
    if (total > MAX_NANOSECONDS) return invalid;
  }
  if (!negative && total >= MAX_NANOSECONDS) return invalid;
  return negative ? -total : total;
}
