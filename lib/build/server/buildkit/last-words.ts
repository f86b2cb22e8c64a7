/** The end of a job's status, which may come after the job: a step that said much is still being told of. */

/**
 * Resolves once `ended` has, or once nothing was heard for so long.
 * @param heard when something last came, by the clock `now`
 * @param quiet milliseconds
 */
export async function lastWords(
  ended: Promise<unknown>,
  heard: () => number,
  quiet: number,
  now: () => number,
): Promise<void> {
  let over = false;
  const end = ended.finally(() => {
    over = true;
  });
  const begun = now();
  while (!over) {
    const left = Math.max(begun, heard()) + quiet - now();
    if (left <= 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, left);
    });
    await Promise.race([end, rest]);
    clearTimeout(timer);
  }
}
