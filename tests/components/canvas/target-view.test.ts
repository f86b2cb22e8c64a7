// @vitest-environment jsdom
import { expect, it } from "vitest";
import { leadsNowhere, targetView } from "@/components/canvas/target-view";
import { type BuildOptions, buildOptionsSchema } from "@/lib/build/options";
import { openText } from "../build/open";

const FILE = `ARG BASE=alpine:3.20
FROM golang AS build
FROM build AS test
FROM \${BASE} AS run
COPY --from=build /app /app
`;

function facts(part: Partial<BuildOptions>, text = FILE) {
  const { store } = openText(text);
  store.getState().setOptions(buildOptionsSchema.parse(part));
  return store.getState();
}

it.each<[Partial<BuildOptions>, notBuiltFor: (string | null)[], idleImages: string[]]>([
  [{}, [null, null, null], []],
  [{ everyStage: false }, [null, "run", null], []],
  [{ target: 0, everyStage: false }, [null, "build", "build"], ["alpine:3.20"]],
  [{ target: 1, everyStage: false }, [null, null, "test"], ["alpine:3.20"]],
  [{ everyStage: false, contexts: { build: "docker-image://tools" } }, [null, "run", null], []],
  [{ everyStage: false, contexts: { run: "docker-image://x" } }, ["run", "run", null], ["golang"]],
])("%j dims what is not built", (options, notBuilt, idle) => {
  const state = facts(options);
  expect(state.tree.stages.map(({ index }) => targetView(state).stages[index]?.notBuiltFor)).toEqual(
    notBuilt,
  );
  const images = state.graph.images.filter(({ id }) => targetView(state).idleImages.has(id));
  expect(images.map(({ ref }) => ref)).toEqual(idle);
});

it.each<[Partial<BuildOptions>, (string | null)[], images: string[]]>([
  [{}, [null, null, "alpine:3.20"], ["golang", "alpine:3.20"]],
  [{ buildArgs: { BASE: "debian:12" } }, [null, null, "debian:12"], ["golang", "debian:12"]],
  [{ buildArgs: { BASE: "test" } }, [null, null, "test"], ["golang"]],
  [{ contexts: { golang: "docker-image://go:2" } }, ["go:2", null, "alpine:3.20"], ["go:2", "alpine:3.20"]],
  [{ contexts: { build: "docker-image://go:2" } }, ["go:2", null, "alpine:3.20"], ["go:2", "alpine:3.20"]],
])("%j: what bases come to, and what images the canvas shows", (options, bases, images) => {
  const state = facts(options);
  expect(state.tree.stages.map(({ index }) => targetView(state).stages[index]?.base)).toEqual(bases);
  expect(state.graph.images.map(({ ref }) => ref)).toEqual(images);
});

it("edges follow an argument while it is typed, and the text that follows", () => {
  const { store } = openText(FILE);
  const base = () =>
    store.getState().graph.edges.find(({ target }) => target === store.getState().stageIds[2]);
  const id = base()?.id;
  store.getState().setOptions({ buildArgs: { BASE: "test" } });
  expect(base()).toMatchObject({ id, source: store.getState().stageIds[1] });
  store.getState().replaceText(FILE.replace("${BASE}", "${BASE}-slim"));
  expect(base()?.source).toBe("image:test-slim");
  store.getState().setOptions({ buildArgs: {} });
  expect(base()?.source).toBe("image:alpine:3.20-slim");
});

it("a copy into a stage that a named context replaces is dimmed, its base is not", () => {
  const state = facts({ contexts: { run: "docker-image://x" } });
  const view = targetView(state).stages[2]!;
  expect(leadsNowhere(view, "copy")).toBe(true);
  expect(leadsNowhere(view, "from")).toBe(false);
});
