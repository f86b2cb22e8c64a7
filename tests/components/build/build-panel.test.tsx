// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { BuildPanel } from "@/components/build/build-panel";
import { createLogStore } from "@/lib/build/logs";
import { at, finished, log, numbered, plan, size, started, vertex } from "../../build/events";
import { recorded, recordedText } from "../../build/recorded";
import { openText, renderIn, show, summaryOf } from "./open";

const TEXT = "FROM golang AS builder\nRUN make\n\nFROM alpine\nCOPY --from=builder /app /app\n";
const places = { make: [at(0, 1)], copy: [at(1, 1)] };
const running = [started, plan(["builder", null], places), vertex("make", { started: 99_000 })];

function open(text = TEXT) {
  const document = openText(text);
  const { store } = document;
  const panel = (id: ReturnType<typeof store.getState>["panel"]) => act(() => store.getState().setPanel(id));
  return { document, store, panel };
}

describe("timeline", () => {
  test("teaches while nothing was built", () => {
    renderIn(open().document, <BuildPanel />);
    expect(screen.getByText("Nothing built yet")).toBeTruthy();
  });

  test("a lane for each stage, and a click on a bar selects its instruction everywhere", () => {
    const { document, store } = open(recordedText("twins"));
    show(document, recorded("twins"));
    renderIn(document, <BuildPanel />);
    const lanes = [...window.document.querySelectorAll("[data-lane]")].map((lane) =>
      lane.getAttribute("data-lane"),
    );
    expect(lanes).toEqual([
      "prepare",
      "image:busybox",
      "stage:0",
      "stage:1",
      "stage:2",
      "stage:3",
      "stage:4",
      "export",
    ]);
    fireEvent.click(screen.getByRole("button", { name: /^RUN echo "right"/ }));
    expect(store.getState().selection).toEqual({
      kind: "instruction",
      stage: store.getState().stageIds[2],
      instruction: 2,
    });
    expect(store.getState().selectionOrigin).toBe("build");
  });

  test("says in words what each bar is", () => {
    const { document } = open(recordedText("failing"));
    show(document, recorded("failing"));
    renderIn(document, <BuildPanel />);
    expect(screen.getByRole("button", { name: /^WORKDIR \/src · cached/ })).toBeTruthy();
    expect(screen.getByRole("button", { name: /failed after 0\.5 s/ })).toBeTruthy();
    expect(screen.getByText("cached 2")).toBeTruthy();
    expect(screen.getByText("failed 1")).toBeTruthy();
  });
});

describe("log", () => {
  const lines = () =>
    [...window.document.querySelectorAll('[role="log"] [class*="row"]')].map((row) => row.textContent);

  test("shows stage and line in front, and what it holds as text only", async () => {
    const { document, panel } = open();
    show(document, numbered([...running, log("make", "<img src=x onerror=alert(1)>\n\x1b[31mred\x1b[0m\n")]));
    renderIn(document, <BuildPanel />);
    panel("logs");
    expect(lines()).toEqual(["builder:2<img src=x onerror=alert(1)>", "red"]);
    expect(window.document.querySelector('[role="log"] img')).toBeNull();
  });

  test("grows while it is looked at", async () => {
    const { document, panel } = open();
    show(document, numbered([...running, log("make", "one\n")]));
    renderIn(document, <BuildPanel />);
    panel("logs");
    act(() => show(document, numbered([log("make", "two\n")], 5)));
    await waitFor(() => expect(lines()).toEqual(["builder:2one", "two"]));
  });

  test("draws what is in sight of a hundred thousand lines, from the end", () => {
    const { document, panel } = open();
    const many = Array.from({ length: 100 }, (_, block) =>
      log("make", Array.from({ length: 1000 }, (_, line) => `${block * 1000 + line}\n`).join("")),
    );
    show(document, numbered([...running, ...many]));
    renderIn(document, <BuildPanel />);
    panel("logs");
    expect(lines().at(-1)).toBe("99999");
    expect(lines().length).toBeLessThan(80);
  });

  test("of one stage alone", () => {
    const { document, store, panel } = open();
    show(document, numbered([...running, log("make", "mine\n"), log("copy", "other\n")]));
    renderIn(document, <BuildPanel />);
    panel("logs");
    fireEvent.change(screen.getByLabelText("Stage"), { target: { value: store.getState().stageIds[1] } });
    expect(lines()).toEqual(["stage-1:5other"]);
  });

  test("marks the failed step and says its exit code", () => {
    const { document, panel } = open(recordedText("failing"));
    show(document, recorded("failing"));
    renderIn(document, <BuildPanel />);
    panel("logs");
    const failed = [...window.document.querySelectorAll("[data-failed]")].map((row) => row.textContent);
    expect(failed.at(-1)).toMatch(/hello\.sh:2: syntax error/);
    expect(screen.getByText("exit code 3")).toBeTruthy();
  });

  test("finds words and goes from one to the next, backwards from the end", async () => {
    const { document, panel } = open();
    show(
      document,
      numbered([...running, log("make", "error one\nfine\nERROR two\n"), finished("succeeded")]),
    );
    renderIn(document, <BuildPanel />);
    panel("logs");
    const field = screen.getByLabelText("Find in the log");
    fireEvent.change(field, { target: { value: "error" } });
    await waitFor(() => expect(screen.getByText("2 lines")).toBeTruthy());
    expect([...window.document.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual([
      "error",
      "ERROR",
    ]);
    fireEvent.keyDown(field, { key: "Enter" });
    expect(screen.getByText("2 of 2")).toBeTruthy();
    fireEvent.keyDown(field, { key: "Enter" });
    expect(screen.getByText("1 of 2")).toBeTruthy();
  });

  test("stops following when a person scrolls up, and takes it up again", () => {
    const { document, panel } = open();
    show(document, numbered([...running, log("make", "line\n".repeat(1000))]));
    renderIn(document, <BuildPanel />);
    panel("logs");
    const view = screen.getByTestId("log-view");
    const scroller = screen.getByRole("log");
    Object.defineProperty(scroller, "scrollHeight", { value: 18_006 });
    const scrollTo = (top: number) => {
      scroller.scrollTop = top;
      fireEvent.scroll(scroller);
    };
    scrollTo(18_006 - 180);
    expect(view.dataset.following).toBe("true");
    scrollTo(9000);
    expect(view.dataset.following).toBe("false");
    fireEvent.click(screen.getByText("Jump to the end"));
    expect(view.dataset.following).toBe("true");
  });
});

test("goes on following when old lines leave the page, which moves the end up", async () => {
  const document = { ...openText(TEXT), logs: createLogStore({ maxLines: 5000, maxCharacters: 1e9 }) };
  const lines = (count: number) => log("make", "line\n".repeat(count));
  show(document, numbered([...running, lines(9000)]));
  act(() => document.store.getState().setPanel("logs"));
  renderIn(document, <BuildPanel />);
  const view = screen.getByTestId("log-view");
  const scroller = screen.getByRole("log");
  let bottom = 9000 * 18;
  Object.defineProperty(scroller, "scrollHeight", { get: () => bottom });
  scroller.scrollTop = bottom - 180;
  fireEvent.scroll(scroller);
  bottom = 6000 * 18;
  act(() => show(document, numbered([lines(1000)], 5)));
  await waitFor(() => expect(scroller.scrollTop).toBe(bottom));
  // The browser tells of it only when the log has grown again.
  bottom += 500 * 18;
  fireEvent.scroll(scroller);
  expect(view.dataset.following).toBe("true");
});

test("sizes: what ships, what is left behind, and why a size is not known", () => {
  const { document, panel } = open();
  const weighed = [
    size(0, 800e6, [
      [null, 800e6],
      [1, 5e6],
    ]),
    size(1, 1.98e6, [
      [null, 1.98e6],
      [1, 5.54e6],
    ]),
  ];
  show(document, numbered([...running, ...weighed, finished("succeeded")]));
  const { container } = renderIn(document, <BuildPanel />);
  panel("sizes");
  const rows = [...container.querySelectorAll("[data-stage]")].map((row) => row.textContent);
  expect(rows).toEqual(["builder805MBleft behind", "stage-17.52MBships · 107× smaller"]);
  expect(screen.getByRole("img", { name: /RUN make: 5MB/ })).toBeTruthy();
  expect(screen.getByRole("img", { name: /COPY --from=builder \/app \/app: 5\.54MB/ })).toBeTruthy();
});

test("problems: a click goes to the place, the builder's words stay whole", () => {
  const { document, store, panel } = open(recordedText("failing"));
  show(document, recorded("failing"));
  renderIn(document, <BuildPanel />);
  panel("problems");
  const list = screen.getByTestId("problems");
  expect(list.textContent).toContain("line 4 · builder · exit code 3");
  expect(list.textContent).toContain("hello.sh:2: syntax error");
  expect(list.textContent).toContain("executor failed running [/bin/sh -c");
  fireEvent.click(screen.getByRole("button", { name: /failed with exit code 3/ }));
  expect(store.getState().selection).toMatchObject({ kind: "instruction", instruction: 3 });
});

test("history: newest first, a click shows that build", () => {
  const { document, store, panel } = open();
  const showBuild = vi.fn();
  store.setState({
    showBuild,
    history: [
      summaryOf({ id: "new", status: "failed", error: { message: "RUN make failed" } }),
      summaryOf({ id: "old", sizes: { 0: 805e6, 1: 7.52e6 } }),
    ],
  });
  renderIn(document, <BuildPanel />);
  panel("history");
  const items = screen.getByTestId("history").querySelectorAll("button[data-status]");
  expect(items[0]?.textContent).toMatch(/^failed.*RUN make failed$/);
  expect(items[1]?.textContent).toMatch(/^succeeded.*3\.1 s7\.52MBevery stage · here$/);
  fireEvent.click(items[1]!);
  expect(showBuild).toHaveBeenCalledWith("old");
});

test("why a wish was not granted stays until it is read", () => {
  const { document, store } = open();
  store.setState({ buildProblem: { message: "The host is full.", hint: "Free some space." } });
  renderIn(document, <BuildPanel />);
  expect(screen.getByRole("alert").textContent).toBe("The host is full.Free some space.");
  fireEvent.click(screen.getByLabelText("Dismiss"));
  expect(screen.queryByRole("alert")).toBeNull();
});
