import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type BuildEvent,
  type BuildEventBody,
  buildEventSchema,
  buildOptionsSchema,
} from "@/lib/build/events";
import { withLogLimit } from "@/lib/build/server/limits";
import { log } from "./fake-host";
import { newDocument, openStand, type Stand } from "./stand";

describe("output is kept up to so many bytes", () => {
  const rows: [what: string, bytes: number, said: string[], kept: string, cut: boolean][] = [
    ["less", 10, ["abc", "def"], "abcdef", false],
    ["just as much", 6, ["abc", "def"], "abcdef", false],
    ["a byte more", 5, ["abc", "def"], "abcde", true],
    ["much more", 4, ["abc", "def", "ghi"], "abcd", true],
    ["all in one", 2, ["abcdef"], "ab", true],
    ["what ends just there, and more", 3, ["abc", "def"], "abc", true],
    ["a character that does not fit whole", 4, ["aä€"], "aä", true],
    ["one that fits whole", 6, ["aä€b"], "aä€", true],
  ];
  test.each(rows)("%s", (_what, bytes, said, kept, cut) => {
    const told: BuildEventBody[] = [];
    const emit = withLogLimit((body) => told.push(body), bytes);
    for (const text of said) emit(log(text));
    emit({ type: "built" });
    expect(told.map((body) => (body.type === "log" ? body.text : "")).join("")).toBe(kept);
    expect(told.filter(({ type }) => type === "warning")).toHaveLength(cut ? 1 : 0);
    expect(told.at(-1)).toEqual({ type: "built" });
  });
});

describe("on a server with limits", () => {
  let stand: Stand;
  beforeEach(async () => {
    stand = await openStand({ STAGECRAFT_BUILD_MINUTES: "0.01", STAGECRAFT_LOG_LIMIT: "5" });
  });
  afterEach(() => stand.close());

  async function begin() {
    const { id } = await newDocument(stand);
    const source = await stand.documents.source(id);
    return stand.builds.start(id, source, buildOptionsSchema.parse({}), false);
  }

  async function told(id: string): Promise<BuildEvent[]> {
    const events: BuildEvent[] = [];
    for await (const { lines } of stand.builds.follow(id, 0, new AbortController().signal))
      events.push(...lines.map((line) => buildEventSchema.parse(JSON.parse(line))));
    return events;
  }

  test("a build over its time is stopped and has failed, with its output up to there", async () => {
    const { id } = await begin();
    const run = await stand.host.run(0);
    run.emit(log("hi"));
    const events = await told(id);
    expect(run.signal.aborted).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(["started", "log", "finished"]);
    expect(events.at(-1)).toMatchObject({
      status: "failed",
      error: { message: "The build was stopped after 0.01 minutes: no build may run longer here." },
    });
    expect((await stand.builds.get(id)).status).toBe("failed");
  });

  test("what is built is not taken back for the time that weighing it takes", async () => {
    const { id } = await begin();
    const run = await stand.host.run(0);
    run.emit({ type: "built" });
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(run.signal.aborted).toBe(false);
    run.finish("succeeded");
    expect((await told(id)).at(-1)).toMatchObject({ status: "succeeded" });
  });

  test("one that says too much goes on, and its record says what is missing", async () => {
    const { id } = await begin();
    const run = await stand.host.run(0);
    run.emit(log("too much"));
    run.finish("succeeded");
    const events = await told(id);
    expect(events.map(({ type }) => type)).toEqual(["started", "log", "warning", "finished"]);
    expect(events[1]).toMatchObject({ text: "too m" });
  });
});
