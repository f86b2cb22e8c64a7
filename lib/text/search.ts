/** How many of `length` in order fulfil what only a front of them does. Asks the logarithm of their number. */
export function countWhile(length: number, test: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
