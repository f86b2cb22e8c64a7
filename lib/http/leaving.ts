/** Calls `leave` once whoever asked has left, also where they have left already. Not called once all was answered. */
export function whenLeft({ signal }: Request, leave: () => void): void {
  if (signal.aborted) leave();
  else signal.addEventListener("abort", leave, { once: true });
}
