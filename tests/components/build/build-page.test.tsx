// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { whyNoFiles } from "@/components/build/files/why-no-files";
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

  test("is a page to go to from another's, and compared with that one", () => {
    window.history.replaceState(null, "", "/d/d1/builds/b2");
    const document = openText(recordedText("two-stages"));
    show(document, recorded("two-stages"));
    document.store.setState({ history: [summaryOf({ id: "b1" }), summaryOf({ id: "b0" })] });
    renderIn(document, <HistoryTab asPages />);
    const pages = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(pages).toEqual(["/d/d1/builds/b1", "/d/d1/builds/b0"]);
    const [own, other] = screen.getAllByRole<HTMLButtonElement>("button", {
      name: "Compare with the build on this page",
    });
    expect([own!.disabled, other!.disabled]).toEqual([true, false]);
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

describe("an imported build", () => {
  test("is sent as it is, joins the history and is shown; a refusal is said", async () => {
    const asked: [string, RequestInit | undefined][] = [];
    const imported = { ...summaryOf({ id: "b9", imported: true }), text: "FROM a\n" };
    const refusal = { error: { code: "bad-record", message: "Line 2 is not JSON." } };
    vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
      asked.push([path, init]);
      if (path.endsWith("/import"))
        return init?.body instanceof File && init.body.name === "good.gz"
          ? Response.json(imported, { status: 201 })
          : Response.json(refusal, { status: 422 });
      return Response.json({ ...imported, format: { eol: "lf", bom: false } });
    });
    const document = openText("FROM a\n");
    renderIn(document, <HistoryTab />);
    const choose = (name: string) =>
      fireEvent.change(screen.getByLabelText("Build record on this device"), {
        target: { files: [new File(["x"], name)] },
      });
    choose("bad.gz");
    await waitFor(() => expect(document.store.getState().buildProblem?.message).toBe("Line 2 is not JSON."));
    expect(document.store.getState().history).toEqual([]);
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("import-build").disabled).toBe(false));
    choose("good.gz");
    await waitFor(() => expect(document.store.getState().build?.summary.id).toBe("b9"));
    expect(asked[0]).toMatchObject([
      "/api/documents/d1/builds/import",
      { method: "POST", headers: { "content-type": "application/gzip" } },
    ]);
    expect(screen.getByText(/imported/)).toBeTruthy();
  });

  test("has no files to look into here", () => {
    const document = openText(recordedText("two-stages"));
    show(document, recorded("two-stages"));
    const { build } = document.store.getState();
    expect(whyNoFiles(document.store.getState(), 0)).toBeNull();
    document.store.setState({ build: { ...build!, summary: summaryOf({ imported: true }) } });
    expect(whyNoFiles(document.store.getState(), 0)).toContain("imported");
  });

  test("can be read by whoever has it, and imported by its owner alone", () => {
    const document = openText("FROM a\n");
    document.store.setState({ rights: { edit: false, build: false, share: false } });
    renderIn(document, <HistoryTab />);
    expect(screen.queryByTestId("import-build")).toBeNull();
  });
});
