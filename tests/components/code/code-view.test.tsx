// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { CodeView } from "@/components/code/code-view";
import { failureIn } from "@/components/code/marked-lines";
import type { BuildError } from "@/lib/build/events";
import { emptyBuild } from "@/lib/build/reducer";
import type { OpenDocument } from "@/lib/store/opened";
import { openText, renderIn, summaryOf } from "../build/open";

const TEXT = "FROM golang AS builder\nRUN go \\\n  build\n\nFROM alpine\nCOPY --from=builder /a /b\n";

beforeAll(() => {
  globalThis.IntersectionObserver = class {
    observe() {}
    disconnect() {}
  } as never;
  HTMLElement.prototype.scrollTo = () => {};
});

const marked = (mark: "selected" | "failed") =>
  [...document.querySelectorAll<HTMLElement>(`[data-${mark}]`)].map(({ dataset }) => Number(dataset.line));

function fail(page: OpenDocument, error: Omit<BuildError, "message">) {
  const state = { ...emptyBuild(), status: "failed" as const, error: { message: "It failed.", ...error } };
  page.store.setState({ build: { summary: summaryOf({ status: "failed" }), state, reasons: [] } });
}

describe("the light view", () => {
  test("shows the whole text, whatever is in it, and runs nothing of it", () => {
    const hostile = '# <img src=x onerror=alert(1)>\nFROM a\nRUN echo "<script>x</script>"\n';
    renderIn(openText(hostile), <CodeView />);
    expect(screen.getByTestId("code-view").querySelector("img, script")).toBeNull();
    const lines = [...document.querySelectorAll("[data-line]")].map(({ textContent }) => textContent);
    expect(lines.join("")).toBe(`${hostile}\n`);
  });

  test("a line that is clicked is selected everywhere, with all lines of its instruction", () => {
    const page = openText(TEXT);
    renderIn(page, <CodeView />);
    fireEvent.click(document.querySelector('[data-line="3"]')!);
    expect(page.store.getState().selection).toMatchObject({ kind: "instruction", instruction: 1 });
    expect(marked("selected")).toEqual([2, 3]);
    expect(screen.getByTestId("cursor-place").textContent).toBe("Ln 3, Col 1");
  });

  test("arrow keys walk through the lines", () => {
    const page = openText(TEXT);
    renderIn(page, <CodeView />);
    const view = screen.getByTestId("code-view");
    for (let i = 0; i < 5; i++) fireEvent.keyDown(view, { key: "ArrowDown" });
    expect(marked("selected")).toEqual([5]);
    fireEvent.keyDown(view, { key: "ArrowUp" });
    expect(page.store.getState().selection).toEqual({ kind: "none" });
  });

  test("what is selected elsewhere is marked here, and keeps its lines while text moves", () => {
    const page = openText(TEXT);
    renderIn(page, <CodeView />);
    const [, stage] = page.store.getState().stageIds;
    act(() => page.store.getState().select({ kind: "instruction", stage: stage!, instruction: 1 }, "canvas"));
    expect(marked("selected")).toEqual([6]);
    act(() => page.store.getState().replaceText(`# above\n${TEXT}`));
    expect(marked("selected")).toEqual([7]);
  });

  test("says how many problems, stages and images there are; the problems lead to their panel", () => {
    const page = openText("FROM a AS b\nRUNN x\nFROM b\n");
    const showPanel = vi.fn();
    page.store.setState({ showPanel });
    renderIn(page, <CodeView />);
    expect(screen.getByText("2 stages · 1 image")).toBeTruthy();
    fireEvent.click(screen.getByText(/1 error/));
    expect(showPanel).toHaveBeenCalledWith("problems");
  });

  test("a failed build marks its lines and says its exit code", () => {
    const page = openText(TEXT);
    renderIn(page, <CodeView />);
    act(() => fail(page, { exitCode: 2, place: { stage: 0, instruction: 1 } }));
    expect(marked("failed")).toEqual([2, 3]);
    expect(screen.getByText("exit code 2")).toBeTruthy();
  });
});

describe("where a build has failed", () => {
  test.each<[string, Omit<BuildError, "message">, readonly [number, number] | null]>([
    ["an instruction that is still there", { place: { stage: 1, instruction: 1 } }, [6, 6]],
    ["one that is gone", { place: { stage: 1, instruction: 9 } }, null],
    ["a stage that is gone", { place: { stage: 7, instruction: 0 } }, null],
    ["lines that the parser named", { lines: [4, 4] }, [4, 4]],
    ["lines beyond the text", { lines: [40, 41] }, null],
    ["lines of a step whose instruction was removed since", { lines: [2, 2], vertex: "sha256:1" }, null],
    ["no place at all", {}, null],
  ])("%s", (_, error, lines) => {
    const page = openText(TEXT);
    fail(page, error);
    expect(failureIn(page.store.getState())?.lines ?? null).toEqual(lines);
  });

  test("none while it runs again", () => {
    const page = openText(TEXT);
    fail(page, { lines: [4, 4] });
    const { build } = page.store.getState();
    page.store.setState({ build: { ...build!, state: { ...build!.state, status: "running" } } });
    expect(failureIn(page.store.getState())).toBeNull();
  });
});
