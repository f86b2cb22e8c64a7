/** How many digits the column of line numbers has room for: one more than they have, so that they never touch the edge. */
export function numberChars(lines: number): number {
  return Math.max(3, String(lines).length + 1);
}
