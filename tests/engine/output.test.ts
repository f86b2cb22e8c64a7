/** What a step says, read no faster than it is recorded. */
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { build, fresh, onEveryEngine } from "./builds";

const LINES = 20_000;

onEveryEngine(
  "output",
  ({ host }) => {
    it("is left with the host while there is no room for it, and comes whole", async () => {
      let full = false;
      let waits = 0;
      let ahead = 0;
      const told = await build(host(), {
        dockerfile: `FROM busybox\nRUN echo ${fresh()} && seq ${LINES}\n`,
        onEvent: ({ type }) => void (full && type === "log" && ahead++),
        async room() {
          full = true;
          for (let turn = 0; turn < 20; turn++) await setImmediate();
          full = false;
          waits++;
        },
      });
      const [, ...said] = told.output(0, 1).trimEnd().split("\n");
      expect(said).toEqual(Array.from({ length: LINES }, (_, line) => `${line + 1}`));
      expect(waits).toBeGreaterThan(1);
      expect(ahead).toBe(0);
    });
  },
  ["28-overlay2"],
);
