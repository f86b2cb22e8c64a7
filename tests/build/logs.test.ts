import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BuildEventBody } from "../../lib/build/events";
import { applyEvents, createLogStore, type LogView, MAX_LINE_LENGTH } from "../../lib/build/logs";
import { PATIENCE, RUNS } from "../laws";
import { anyEvents, anySplit, finished, log, numbered, vertex } from "./events";

const texts = (view: LogView) => Array.from({ length: view.length }, (_, index) => view.line(index)!.text);
function logOf(...bodies: BuildEventBody[]) {
  const store = createLogStore();
  applyEvents(store, numbered(bodies));
  return store;
}

describe("lines out of pieces", () => {
  test.each<[string, BuildEventBody[], string[]]>([
    ["whole lines", [log("a", "one\ntwo\n")], ["one", "two"]],
    ["a line in three pieces", [log("a", "o"), log("a", "n"), log("a", "e\n")], ["one"]],
    ["blank lines stay", [log("a", "one\n\n\ntwo\n")], ["one", "", "", "two"]],
    ["no line feed at the end", [log("a", "one\ntw")], ["one", "tw"]],
    ["Windows line endings", [log("a", "one\r\ntwo\r\n")], ["one", "two"]],
    ["a Windows line ending cut in two", [log("a", "one\r"), log("a", "\ntwo")], ["one", "two"]],
    ["a progress bar shows where it ended", [log("a", "1%\r2%\r"), log("a", "3%\n")], ["3%"]],
    ["a progress bar that still runs", [log("a", "1%\r"), log("a", "2%\r")], ["2%"]],
    ["cursor to the first column", [log("a", "1%\x1b[1G2%\x1b[G3%\n")], ["3%"]],
    ["colours stay", [log("a", "\x1b[31mred\x1b[0m\n")], ["\x1b[31mred\x1b[0m"]],
    ["two steps at once", [log("a", "a1"), log("b", "b1\n"), log("a", " a2\n")], ["a1 a2", "b1"]],
    ["two streams at once", [log("a", "out"), log("a", "err\n", 2), log("a", "put\n")], ["output", "err"]],
    [
      "a step that ends without a line feed, and runs again",
      [log("a", "one"), vertex("a", { started: 1, completed: 2 }), log("a", "two")],
      ["one", "two"],
    ],
  ])("%s", (_, bodies, lines) => expect(texts(logOf(...bodies).all())).toEqual(lines));

  test("a line without end is cut", () => {
    const store = logOf(log("a", "x".repeat(MAX_LINE_LENGTH * 2)), log("a", "y"));
    expect(texts(store.all()).map((line) => line.length)).toEqual([MAX_LINE_LENGTH, MAX_LINE_LENGTH, 1]);
    expect(store.widest()).toBe(MAX_LINE_LENGTH);
  });

  test("each line knows its step, its stream and its time", () => {
    const store = logOf(log("a", "one\n"), log("b", "two\n", 2));
    expect(store.all().line(1)).toEqual({ number: 1, vertex: "b", stream: 2, text: "two", at: 101_000 });
    expect(store.all().line(2)).toBeUndefined();
  });
});

describe("laws", () => {
  test("any split into batches gives the same lines, and nothing is repeated", PATIENCE, () => {
    fc.assert(
      fc.property(
        anyEvents.chain((events) => fc.tuple(fc.constant(events), anySplit(events), fc.nat())),
        ([events, batches, again]) => {
          const whole = createLogStore();
          applyEvents(whole, events);
          const cut = createLogStore();
          for (const batch of batches) applyEvents(cut, batch);
          applyEvents(cut, events.slice(again % (events.length + 1)));
          expect(texts(cut.all())).toEqual(texts(whole.all()));
        },
      ),
      RUNS,
    );
  });

  test("the views of all steps hold the merged view, in its order", PATIENCE, () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const store = createLogStore();
        const views = ["a", "b", "c", "d", "internal"].map((step) => store.of([step]));
        const some = store.of(["a", "c"]);
        for (const event of events) {
          applyEvents(store, [event]);
          expect(some.length).toBeLessThanOrEqual(store.all().length);
        }
        const lines = (view: LogView) => Array.from({ length: view.length }, (_, index) => view.line(index)!);
        const merged = lines(store.all());
        expect(views.flatMap(lines).sort((a, b) => a.number - b.number)).toEqual(merged);
        for (const { number } of lines(some)) expect(some.line(some.indexOf(number))?.number).toBe(number);
        expect(lines(some)).toEqual(merged.filter(({ vertex }) => vertex === "a" || vertex === "c"));
      }),
      RUNS,
    );
  });
});

test("finding words waits for the line to end", () => {
  const store = createLogStore();
  const found = store.where(({ text }) => text.includes("error"));
  applyEvents(store, numbered([log("a", "err"), log("b", "error b\n")]));
  expect(texts(found)).toEqual([]);
  applyEvents(store, numbered([log("a", "or a\nerr")], 3));
  expect(texts(found)).toEqual(["error a", "error b"]);
  applyEvents(store, numbered([log("a", "or c"), finished("failed")], 4));
  expect(texts(found)).toEqual(["error a", "error b", "error c"]);
});

test("listeners hear of each batch once", () => {
  const store = createLogStore();
  let calls = 0;
  const stop = store.subscribe(() => calls++);
  applyEvents(store, numbered([log("a", "one\n"), log("a", "two\n")]));
  expect(calls).toBe(1);
  applyEvents(store, numbered([log("a", "one\n")]));
  expect(calls).toBe(1);
  store.clear();
  expect([calls, store.total(), store.all().length]).toEqual([2, 0, 0]);
  stop();
  applyEvents(store, numbered([log("a", "one\n")]));
  expect([calls, store.total()]).toEqual([2, 1]);
});

test("a view follows its store into another build", () => {
  const store = logOf(log("a", "old\n"));
  const view = store.of(["a"]);
  expect(texts(view)).toEqual(["old"]);
  store.clear();
  applyEvents(store, numbered([log("b", "other\n"), log("a", "new\n")]));
  expect(texts(view)).toEqual(["new"]);
});

describe("bounded memory", () => {
  test("the oldest lines leave, and it says how many", () => {
    const store = createLogStore({ maxLines: 10_000, maxCharacters: 1e9 });
    const even = store.of(["even"]);
    applyEvents(
      store,
      numbered(Array.from({ length: 30_000 }, (_, index) => log(index % 2 ? "odd" : "even", `${index}\n`))),
    );
    const all = store.all();
    expect(store.total()).toBe(30_000);
    expect(all.length).toBeGreaterThanOrEqual(10_000);
    expect(all.length).toBeLessThan(15_000);
    expect(store.dropped()).toBe(30_000 - all.length);
    expect(all.line(0)?.text).toBe(String(store.dropped()));
    expect(all.line(all.length - 1)?.text).toBe("29999");
    expect([even.length, even.line(even.length - 1)?.text]).toEqual([all.length / 2, "29998"]);
  });

  test("counted in characters too", () => {
    const store = createLogStore({ maxLines: 1e9, maxCharacters: 1_000_000 });
    applyEvents(store, numbered(Array.from({ length: 20_000 }, () => log("a", `${"x".repeat(99)}\n`))));
    expect(store.all().length * 99).toBeLessThanOrEqual(1_000_000);
    expect(store.dropped()).toBeGreaterThan(0);
  });

  test("an unfinished line may be dropped before it ends", () => {
    const store = createLogStore({ maxLines: 10, maxCharacters: 1e9 });
    applyEvents(
      store,
      numbered([log("old", "begins"), log("a", "x\n".repeat(20_000)), log("old", " and ends\nnew\n")]),
    );
    const all = store.all();
    expect(all.line(all.length - 1)?.text).toBe("new");
  });
});
