import { expect, test, vi } from "vitest";
import type { ContextView } from "@/lib/share/answers";
import { copyKey } from "@/lib/store/copy-key";
import { watchContext } from "@/lib/store/watch-context";
import { newStore } from "./new-store";

const CONTEXT = { id: "c1", name: "hello", files: 2, bytes: 30 };
const LISTING: ContextView = {
  ...CONTEXT,
  entries: [
    { path: "go.mod", kind: "file", bytes: 10 },
    { path: "main.go", kind: "file", bytes: 20 },
  ],
  ignore: null,
};

const open = (text: string) => newStore(text, CONTEXT);
const settled = () => new Promise((resolve) => setTimeout(resolve));

test("copies are known once the files are, follow the options, and go with the context", async () => {
  const store = open("ARG FILE=go.mod\nFROM scratch\nARG FILE\nCOPY ${FILE} /\nCOPY nothing /\n");
  const stop = watchContext(store, async () => LISTING);
  await settled();
  const at = (instruction: number) => store.getState().copies.get(copyKey("id0", instruction));
  expect(at(2)).toMatchObject({ files: 1, bytes: 10 });
  expect(store.getState().findings).toContainEqual(
    expect.objectContaining({ severity: "error", code: "CopyTakesNothing" }),
  );

  store.getState().setOptions({ buildArgs: { FILE: "main.go" } });
  expect(at(2)).toMatchObject({ files: 1, bytes: 20 });

  store.getState().setContext(null);
  expect([store.getState().contextFiles.state, store.getState().copies.size]).toEqual(["none", 0]);
  expect(store.getState().findings.some(({ code }) => code === "CopyTakesNothing")).toBe(false);
  stop();
});

test("copies of another text are worked out once the hands rest", async () => {
  vi.useFakeTimers();
  try {
    const store = open("FROM scratch\nCOPY nothing /\n");
    const stop = watchContext(store, async () => LISTING);
    await vi.advanceTimersByTimeAsync(1);
    store.getState().replaceText("FROM scratch\nCOPY go.mod /\n");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.getState().copies.get(copyKey("id0", 1))).toMatchObject({ text: "go.mod /", files: 1 });
    stop();
  } finally {
    vi.useRealTimers();
  }
});

test("a listing that comes late says nothing of the next context", async () => {
  const store = open("FROM scratch\nCOPY go.mod /\n");
  const answers: ((view: ContextView) => void)[] = [];
  const stop = watchContext(store, () => new Promise((resolve) => answers.push(resolve)));
  store.getState().setContext({ ...CONTEXT, id: "c2" });
  answers[1]!({ ...LISTING, id: "c2", entries: [] });
  await settled();
  answers[0]!(LISTING);
  await settled();
  expect(store.getState().copies.get(copyKey("id0", 1))).toMatchObject({ files: 0 });
  stop();
});

test("what cannot be listed is said", async () => {
  const store = open("FROM scratch\n");
  const stop = watchContext(store, () => Promise.reject(new Error("gone")));
  await settled();
  expect(store.getState().contextFiles).toMatchObject({
    state: "failed",
    message: expect.stringContaining("gone"),
  });
  stop();
});
