/** What Go's strconv reads. */

/** ParseInt for 64 bits; null where the text is no number, or one too large. */
export function readInt64(text: string): bigint | null {
  if (!/^[-+]?0*\d{1,19}$/.test(text)) return null;
  const number = BigInt(text.startsWith("+") ? text.slice(1) : text);
  return number === BigInt.asIntN(64, number) ? number : null;
}

/** Whether ParseBool takes it. */
export function isBool(text: string): boolean {
  return /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text);
}
