import { describe, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { readersOf } from "@/lib/store/readers";

interface State {
  text: string;
  rights: { edit: boolean };
  selection: { stage: string | null };
  build: { status: string } | null;
}

const make = () =>
  createStore<State>()(() => ({
    text: "FROM a",
    rights: { edit: true },
    selection: { stage: null },
    build: null,
  }));

const rightsOf = ({ rights }: State) => rights;

describe("a reader is told of the fields that its selector reads", () => {
  test.each<[string, (state: State) => unknown, Partial<State>, number]>([
    ["the field itself", (s) => s.text, { text: "FROM b" }, 1],
    ["another field", (s) => s.rights.edit, { text: "FROM b" }, 0],
    ["the same value", (s) => s.text, { text: "FROM a" }, 0],
    ["an equal object that is another", (s) => s.rights.edit, { rights: { edit: true } }, 1],
    ["taken apart in a function", (s) => rightsOf(s).edit, { rights: { edit: false } }, 1],
    ["one of two", (s) => s.text + s.selection.stage, { selection: { stage: "x" } }, 1],
    ["both of two", (s) => s.text + s.selection.stage, { text: "", selection: { stage: "x" } }, 1],
    ["behind a condition that does not hold", (s) => s.build && s.text, { text: "FROM b" }, 0],
  ])("%s", (_, selector, change, calls) => {
    const store = make();
    const reader = readersOf(store)();
    let called = 0;
    reader.read(selector);
    reader.subscribe(() => called++);
    store.setState(change);
    expect(called).toBe(calls);
  });
});

test("what a selector reads only later counts from then on", () => {
  const store = make();
  const reader = readersOf(store)();
  const selector = (s: State) => (s.build ? s.text : null);
  const seen: unknown[] = [];
  reader.read(selector);
  reader.subscribe(() => seen.push(reader.read(selector)));
  store.setState({ build: { status: "running" } });
  store.setState({ text: "FROM b" });
  expect(seen).toEqual(["FROM a", "FROM b"]);
});

test("what a change leads to at once is told as well", () => {
  const store = make();
  const make_ = readersOf(store);
  const [first, second] = [make_(), make_()];
  const seen: string[] = [];
  first.read((s) => s.text);
  second.read((s) => s.selection);
  first.subscribe(() => store.setState({ selection: { stage: store.getState().text } }));
  second.subscribe(() => seen.push(second.read((s) => s.selection.stage ?? "")));
  store.setState({ text: "FROM b" });
  expect(seen).toEqual(["FROM b"]);
});

test("whoever left is told nothing, and may come again", () => {
  const store = make();
  const reader = readersOf(store)();
  let called = 0;
  reader.read((s) => s.text);
  reader.subscribe(() => called++)();
  store.setState({ text: "FROM b" });
  expect(called).toBe(0);
  reader.subscribe(() => called++);
  store.setState({ text: "FROM c" });
  expect(called).toBe(1);
});
