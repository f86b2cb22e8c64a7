import { afterEach, beforeEach, expect, test } from "vitest";
import { openStand, type Stand } from "../build-server/stand";
import { makeZip } from "../build-server/zip";
import { Browser } from "./browser";

let stand: Stand;
let owner: Browser;
let id: string;

const TEXT = "FROM a\nCOPY . .\nRUN b\n";

beforeEach(async () => {
  stand = await openStand();
  owner = new Browser(stand.services);
  id = (await owner.post("/api/documents", { text: TEXT })).body.id;
});
afterEach(() => stand.close());

const put = (content: string) =>
  owner.putZip(`/api/documents/${id}/context?name=hello`, makeZip([{ name: "main.go", content }]));

/** Builds, with every step but these from the cache, and gives back the build's id. */
async function build(
  index: number,
  ran: readonly string[],
  contexts: Record<string, string> = {},
): Promise<string> {
  const { body } = await owner.post(`/api/documents/${id}/builds`, { options: { contexts } });
  const run = await stand.host.run(index);
  const steps = { copy: { stage: 0, instruction: 1 }, run: { stage: 0, instruction: 2 } };
  run.emit({
    type: "plan",
    stages: [{ index: 0, name: null, ships: true, needed: true }],
    vertices: Object.entries(steps).map(([digest, place]) => ({ digest, places: [place] })),
  });
  for (const digest of Object.keys(steps)) {
    run.emit({ type: "log", vertex: digest, stream: 1, text: "some output\n" });
    run.emit({
      type: "vertex",
      digest,
      name: digest,
      started: 1,
      completed: 2,
      cached: !ran.includes(digest),
    });
  }
  run.finish("succeeded");
  await owner.get(`/api/builds/${body.id}/events`);
  return body.id;
}

test("tells which file made a step run, also when the files of the earlier build are gone", async () => {
  await put("one");
  const first = await build(0, ["copy", "run"]);
  await put("two");
  const second = await build(1, ["copy", "run"]);
  expect((await owner.get(`/api/builds/${first}/why`)).body.steps).toEqual([
    { stage: 0, instruction: 1, reason: { kind: "first" } },
    { stage: 0, instruction: 2, reason: { kind: "first" } },
  ]);
  const files = { changed: ["main.go"], added: [], removed: [], total: 1 };
  expect((await owner.get(`/api/builds/${second}/why`)).body.steps).toEqual([
    { stage: 0, instruction: 1, reason: { kind: "files", files } },
    {
      stage: 0,
      instruction: 2,
      reason: { kind: "before", place: { stage: 0, instruction: 1 }, reason: { kind: "files", files } },
    },
  ]);
});

test("tells which file of which named context did, also when the earlier one is gone", async () => {
  id = (await owner.post("/api/documents", { text: "FROM a\nCOPY --from=deps . .\nRUN b\n" })).body.id;
  const putDeps = async (content: string) => {
    const zip = makeZip([{ name: "lib.go", content }]);
    const { body } = await owner.putZip(`/api/documents/${id}/context?use=named&name=deps`, zip);
    return { deps: `attached:${body.id}` };
  };
  await build(0, ["copy", "run"], await putDeps("one"));
  await stand.db.namedContext.deleteMany();
  const second = await build(1, ["copy"], await putDeps("two"));
  await stand.contexts.collect();
  const files = { changed: ["lib.go"], added: [], removed: [], total: 1 };
  expect((await owner.get(`/api/builds/${second}/why`)).body.steps).toEqual([
    { stage: 0, instruction: 1, reason: { kind: "files", files, context: "deps" } },
  ]);
});

test("figures of the builds say what ran and how long, and to the owner what was in the files", async () => {
  await put("one");
  const first = await build(0, ["copy"]);
  await put("two");
  const step = { bytes: null };
  const taken = expect.stringMatching(/^\w+-\w+$/);
  const told = {
    id: first,
    status: "succeeded",
    text: TEXT,
    figures: {
      stages: [
        {
          ...{ ships: true, size: null, base: null, image: null },
          steps: [
            { ...step, instruction: 1, status: "done", milliseconds: 1, files: taken },
            { ...step, instruction: 2, status: "cached", milliseconds: null },
          ],
        },
      ],
      context: taken,
    },
  };
  const own = await owner.get(`/api/documents/${id}/figures`);
  expect(own.body).toMatchObject({ builds: [told], hashes: { "main.go": expect.any(String) } });
  expect((await owner.get(`/api/documents/${id}/figures`)).body).toEqual(own.body);

  const { token } = (await owner.post(`/api/documents/${id}/links`, { role: "view" })).body;
  const shared = await new Browser(stand.services).get(`/api/shared/${token}/figures`);
  expect(shared.body).toMatchObject({ builds: [{ id: first, figures: { context: null } }], hashes: null });
  expect(JSON.stringify(shared.body)).not.toContain('"files"');
  expect(await new Browser(stand.services).get(`/api/documents/${id}/figures`)).toMatchObject({
    status: 404,
  });
});

test("is told to the owner alone", async () => {
  const built = await build(0, []);
  const stranger = new Browser(stand.services);
  expect(await stranger.get(`/api/builds/${built}/why`)).toMatchObject({ status: 404 });
});
