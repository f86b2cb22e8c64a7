const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/** go-units' RAMInBytes: a number, and `b` or a unit from k to p with or without `b` or `ib`. */
export function sizeIsFine(text: string): boolean {
  const at = /[\d. ](?=[^\d. ]*$)/.exec(text)?.index;
  if (at === undefined) return false;
  const number = text.slice(0, text[at] === " " ? at : at + 1);
  if (!NUMBER.test(number) || Number(number) < 0) return false;
  return /^(?:b|[kmgtp](?:i?b)?)?$/i.test(text.slice(at + 1));
}
