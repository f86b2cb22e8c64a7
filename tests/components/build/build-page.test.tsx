// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HistoryTab } from "@/components/build/history/history-tab";
import { OverviewTab } from "@/components/build/overview/overview-tab";
import { buildOptionsSchema } from "@/lib/build/events";
import { recorded, recordedText } from "../../build/recorded";
import { openText, renderIn, show, summaryOf } from "./open";

beforeEach(() => window.history.replaceState(null, "", "/d/d1"));
afterEach(() => vi.unstubAllGlobals());

const cells = (row: HTMLElement) => [...row.children].map((cell) => cell.textContent);

describe("the overview of a build", () => {
  test("says what, when, where, how long, and every stage in figures", () => {
    const document = openText(recordedText("two-stages"));
    show(document, recorded("two-stages"));
    const { build } = document.store.getState();
    const options = buildOptionsSchema.parse({ target: 1, everyStage: false, secrets: ["npm"] });
    document.store.setState({ build: { ...build!, summary: summaryOf({ options }) } });
    renderIn(document, <OverviewTab />);
    const facts = screen.getByTestId("build-overview").textContent;
    for (const said of ["Took3.1 s", "Secret idsnpm", "Build contextnone"]) expect(facts).toContain(said);
    expect(facts).toContain(build!.state.host!.engine);
    const [, ...rows] = within(screen.getByTestId("stage-table")).getAllByRole("row");
    expect(rows).toHaveLength(build!.state.stages.length);
    for (const [index, row] of rows.entries()) {
      const [label, , , ran, cached] = cells(row);
      const { steps } = build!.state.stages[index]!;
      const worked = Object.values(steps).filter(({ instruction }) => instruction > 0);
      expect(label).toBe(document.store.getState().graph.stages[index]!.label);
      expect(Number(ran) + Number(cached)).toBe(worked.length);
    }
    fireEvent.click(within(rows[0]!).getByRole("button"));
    expect(document.store.getState().selection).toMatchObject({ kind: "stage" });
  });

  test("of a failed one says why", () => {
    const document = openText(recordedText("failing"));
    show(document, recorded("failing"));
    renderIn(document, <OverviewTab />);
    const { error } = document.store.getState().build!.state;
    expect(screen.getByText(error!.message)).toBeTruthy();
    expect(screen.getAllByText("failed").length).toBeGreaterThan(0);
  });
});

describe("each build of the history", () => {
  test("has a page of its own", () => {
    const document = openText("FROM a\n");
    document.store.setState({ history: [summaryOf({ id: "b2" }), summaryOf({ id: "b1" })] });
    renderIn(document, <HistoryTab />);
    const pages = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(pages).toEqual(["/d/d1/builds/b2", "/d/d1/builds/b1"]);
  });

  test("is given away by its owner as a link to that page", async () => {
    vi.stubGlobal("fetch", async () =>
      Response.json([{ token: "t", url: "http://here/s/t", role: "view", createdAt: 1 }]),
    );
    const document = openText("FROM a\n");
    document.store.setState({ history: [summaryOf({ id: "b2" })] });
    renderIn(document, <HistoryTab />);
    fireEvent.click(screen.getByRole("button", { name: "Copy a link to this build" }));
    await waitFor(() =>
      expect(screen.getByTestId<HTMLInputElement>("share-link").value).toBe("http://here/s/t/builds/b2"),
    );
  });

  test("is copied as an address by whoever reads", async () => {
    const written: string[] = [];
    vi.stubGlobal("navigator", { clipboard: { writeText: async (text: string) => written.push(text) } });
    const document = openText("FROM a\n");
    document.store.setState({
      history: [summaryOf({ id: "b2" })],
      rights: { edit: false, build: false, share: false },
    });
    renderIn(document, <HistoryTab />);
    fireEvent.click(screen.getByRole("button", { name: "Copy the link to this build" }));
    await waitFor(() => expect(written).toEqual([`${location.origin}/d/d1/builds/b2`]));
  });
});

describe("the trend of the history", () => {
  const built = (id: string, at: number, size: number) =>
    summaryOf({ id, createdAt: at, startedAt: at, endedAt: at + 2000, sizes: { 0: size } });

  test("waits for two builds to tell apart", () => {
    const document = openText("FROM a\n");
    document.store.setState({ history: [built("b1", 1000, 5)] });
    renderIn(document, <HistoryTab />);
    expect(screen.queryByTestId("trend")).toBeNull();
  });

  test("is a table too, oldest first", () => {
    const document = openText("FROM a\n");
    document.store.setState({ history: [built("b2", 5000, 7_000_000), built("b1", 1000, 800_000_000)] });
    renderIn(document, <HistoryTab />);
    const [, ...rows] = within(screen.getByRole("table")).getAllByRole("row");
    expect(rows.map((row) => cells(row).slice(1))).toEqual([
      ["succeeded", "2.0 s", "800MB", "not known"],
      ["succeeded", "2.0 s", "7MB", "not known"],
    ]);
    // Of what nobody knows no bar is drawn: two of both measures that are known.
    expect(screen.getByTestId("trend").querySelectorAll("svg g")).toHaveLength(4);
  });
});
