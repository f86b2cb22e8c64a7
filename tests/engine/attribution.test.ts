/** Every vertex that runs lands on its instruction, or on all of them. */
import { expect, it } from "vitest";
import { build, onEveryEngine, type Told } from "./builds";

interface Row {
  name: string;
  dockerfile: string;
  /** Places (stage.instruction) of each vertex that has any, in the plan's order or not. */
  places: string[];
  features?: "heredoc" | "copyLink";
}

const rows: Row[] = [
  {
    name: "two stages and a COPY --from",
    dockerfile:
      "FROM busybox AS builder\nRUN echo made > /app\n\nFROM busybox\nCOPY --from=builder /app /app\n",
    places: ["0.0 1.0", "0.1", "1.1"],
  },
  {
    name: "the same step in two stages, which runs once",
    dockerfile:
      "FROM busybox AS left\nRUN echo same\nRUN echo left\nFROM busybox AS right\nRUN echo same\nRUN echo right\n",
    places: ["0.0 1.0", "0.1 1.1", "0.2", "1.2"],
  },
  {
    name: "FROM another stage, and stages without a name",
    dockerfile: "FROM busybox\nRUN echo one\nFROM busybox AS two\nFROM two\nRUN echo three\n",
    places: ["0.0 1.0", "0.1", "2.1"],
  },
  {
    name: "COPY --from an outside image",
    dockerfile: "FROM scratch\nCOPY --from=busybox:latest /bin/busybox /busybox\n",
    places: ["0.1", "0.1"],
  },
  {
    name: "instructions that make no vertex, continuations, comments between, CRLF",
    dockerfile:
      '# top\r\nARG VERSION=1\r\nFROM busybox AS a\r\nENV X=1\r\nRUN echo \\\r\n  # inside\r\n  $X\r\nLABEL y=z\r\nWORKDIR /w\r\nCMD ["sh"]\r\n',
    places: ["0.0", "0.2", "0.4"],
  },
  {
    name: "RUN --mount=from another stage",
    dockerfile:
      "FROM busybox AS tools\nRUN echo tool > /tool\nFROM busybox\nRUN --mount=from=tools,target=/tools cat /tools/tool\n",
    places: ["0.0 1.0", "0.1", "1.1"],
  },
  {
    name: "heredocs",
    dockerfile:
      "FROM busybox AS a\nRUN <<one <<two\necho one\none\necho two\ntwo\nCOPY <<file /file\nFROM\nfile\nRUN cat /file\n",
    places: ["0.0", "0.1", "0.2", "0.3"],
    features: "heredoc",
  },
  {
    name: "COPY --link",
    dockerfile: "FROM busybox AS a\nRUN echo a > /a\nFROM busybox\nCOPY --link --from=a /a /a\nRUN cat /a\n",
    places: ["0.0 1.0", "0.1", "1.1", "1.2"],
    features: "copyLink",
  },
];

onEveryEngine("attribution", ({ host, kind }) => {
  it.each(rows)("$name", async (row) => {
    if (row.features && !host().features[row.features]) {
      // What a host cannot do must fail there, at its instruction, and say so.
      const told = await build(host(), row);
      expect(told.finished).toMatchObject({
        status: "failed",
        error: { place: { stage: expect.any(Number) } },
      });
      expect(told.finished.error?.hint).toMatch(/23\.0/);
      return;
    }
    const told = await build(host(), row);
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    const allowed =
      kind === "28-containerd" && row.features === "copyLink" ? withMergedLayer(row.places) : row.places;
    expect(attributed(told)).toEqual([...allowed].sort());
    expect(strays(told)).toEqual([]);
  });

  it("attributes nothing to a stage that is not built", async () => {
    const dockerfile = "FROM busybox AS unused\nRUN echo unused\nFROM busybox\nRUN echo used\n";
    const told = await build(host(), { dockerfile, options: { everyStage: false } });
    expect(attributed(told)).toEqual(["1.0", "1.1"]);
    expect(told.plan.stages).toEqual([
      { index: 0, name: "unused", ships: false, needed: false },
      { index: 1, name: null, ships: true, needed: true },
    ]);
  });

  it("hides the private names of unnamed stages", async () => {
    const told = await build(host(), { dockerfile: "FROM busybox\nRUN echo a\nFROM busybox\nRUN echo b\n" });
    expect(JSON.stringify(told.all("vertex"))).not.toMatch(/stagecraft-unnamed/);
    expect(told.all("vertex").map(({ name }) => name)).toContain("[stage-1 2/2] RUN echo b");
  });
});

function attributed(told: Told): string[] {
  return told.plan.vertices
    .filter(({ places }) => places.length > 0)
    .map(({ places }) => places.map(({ stage, instruction }) => `${stage}.${instruction}`).join(" "))
    .sort();
}

/** Steps (not internal ones) that the host reported and the plan had no place for. */
function strays(told: Told): string[] {
  const placed = new Set(
    told.plan.vertices.filter(({ places }) => places.length > 0).map(({ digest }) => digest),
  );
  return told
    .all("vertex")
    .filter(({ name, digest }) => /^\[(?!internal\])/.test(name) && !placed.has(digest))
    .map(({ name }) => name);
}

/** The containerd store joins a linked layer in a vertex of its own. */
function withMergedLayer(places: string[]): string[] {
  return [...places, "1.1"];
}
