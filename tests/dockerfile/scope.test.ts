import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Scope } from "../../lib/dockerfile/scope";
import { PATIENCE, RUNS } from "../laws";

const steps = fc.array(
  fc.record({
    of: fc.nat(20),
    fork: fc.boolean(),
    name: fc.constantFrom("", "A", "B", "C", "D", "E", "F", "G"),
    value: fc.constantFrom("", "1", "2", "3"),
  }),
  { maxLength: 40 },
);

describe("a scope", () => {
  it("is as a map that is copied for every fork, names in the same order", PATIENCE, () => {
    fc.assert(
      fc.property(steps, (list) => {
        const scopes = [new Scope<string>([["A", "0"]])];
        const maps = [new Map([["A", "0"]])];
        for (const { of, fork, name, value } of list) {
          const at = of % scopes.length;
          if (fork) {
            scopes.push(scopes[at]!.fork());
            maps.push(new Map(maps[at]));
          }
          scopes[at]!.set(name, value);
          maps[at]!.set(name, value);
        }
        for (const [at, map] of maps.entries()) {
          const scope = scopes[at]!;
          expect([...scope]).toEqual([...map]);
          for (const name of ["", "A", "G", "none"]) {
            expect([scope.get(name), scope.has(name)]).toEqual([map.get(name), map.has(name)]);
          }
        }
      }),
      RUNS,
    );
  });

  it("holds thousands of names", () => {
    let scope = new Scope<number>();
    for (let at = 0; at < 5000; at++) {
      scope = scope.fork();
      scope.set(`n${at % 3000}`, at);
    }
    expect([...scope.keys()]).toHaveLength(3000);
    expect([scope.get("n0"), scope.get("n1999"), scope.get("n2000"), scope.get("n2999")]).toEqual([
      3000, 4999, 2000, 2999,
    ]);
  });
});
