/** What is inside `${}` is read by a routine of its own, which the one around it waits for: no nesting is too deep. */
export type Routine<T> = Generator<Routine<Processed>, T, Processed>;
export type Processed = [value: string, words: string[]];

/** Runs a routine and those it waits for, without a stack of calls. */
export function finished(routine: Routine<Processed>): Processed {
  const waiting = [routine];
  let answer: Processed = ["", []];
  let failure: unknown = null;
  for (;;) {
    const running = waiting[waiting.length - 1];
    if (running === undefined) {
      if (failure !== null) throw failure;
      return answer;
    }
    try {
      const step = failure === null ? running.next(answer) : running.throw(failure);
      failure = null;
      if (step.done) {
        answer = step.value;
        waiting.pop();
      } else waiting.push(step.value);
    } catch (error) {
      failure = error;
      waiting.pop();
    }
  }
}
