// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import type { CanvasState } from "@/components/canvas/canvas-state";
import { FlowParts } from "@/components/canvas/flow-parts";
import { type AnyModel, LiveModels } from "@/components/canvas/live-models";
import { openText } from "../build/open";

const FILE = `ARG V=1.22
FROM golang:\${V} AS build
RUN go build -o /out/app .
# RUN go test ./...
FROM build AS test
RUN go vet ./...
# a word on what follows
FROM alpine AS run
COPY --from=build /out/app /app
RUN --mount=from=test,target=/t true
FROM run AS other
RUN echo
`;

function open(text = FILE) {
  const { store } = openText(text);
  const canvas = createStore<Pick<CanvasState, "argument">>()(() => ({ argument: null }));
  const live = new LiveModels(store, canvas);
  return { store, canvas, live };
}

/** Names of stages, images by their reference, edges as `kind>stage`. */
function words({ store, live }: ReturnType<typeof open>, model: AnyModel): string {
  const name = (id: string) => store.getState().graph.stages.find((stage) => stage.id === id)?.label ?? id;
  if ("members" in model) return `${model.kind}>${name(model.target)}`;
  return live.read().args === model ? "args" : "ref" in model ? model.ref : name(model.id);
}

const all = ({ live }: ReturnType<typeof open>) => {
  const { args, cards, images, bundles } = live.read();
  return [...(args ? [args] : []), ...cards, ...images, ...bundles];
};

describe("an edit leaves what it does not touch the same object, for the cards, edges and React Flow", () => {
  it.each<{ what: string; from: string; to: string; anew: string[]; flow: boolean }>([
    { what: "a letter of a RUN", from: "go vet", to: "go vett", anew: ["test"], flow: false },
    { what: "a letter of the last RUN", from: "echo", to: "echoo", anew: ["other"], flow: false },
    { what: "a line above all", from: "ARG V", to: "# Go\nARG V", anew: ["build"], flow: false },
    { what: "a line between stages", from: "# a word", to: "\n# a word", anew: [], flow: false },
    { what: "a continued line", from: "vet ./...", to: "vet \\\n  ./...", anew: [], flow: false },
    { what: "a copy's path", from: "app /app", to: "app /bin/app", anew: ["run", "copy>run"], flow: false },
    { what: "a comment that is an instruction", from: "go test", to: "go tes", anew: ["build"], flow: false },
    {
      what: "an argument's default",
      from: "1.22",
      to: "1.23",
      anew: ["args", "build", "from>build"],
      flow: true,
    },
    { what: "one instruction more", from: "RUN echo", to: "RUN echo\nRUN a", anew: ["other"], flow: true },
    {
      what: "a comment is brought back",
      from: "# RUN go test",
      to: "RUN go test",
      anew: ["build"],
      flow: true,
    },
  ])("$what", ({ from, to, anew, flow }) => {
    const opened = open();
    const parts = new FlowParts();
    const drawn = () => [
      parts.nodesOf(opened.live.read(), {}, null, new Map(), new Set()),
      parts.edgesOf(opened.live.read()),
    ];
    const before = new Set(all(opened));
    const [nodes, edges] = drawn();
    opened.store.getState().replaceText(FILE.replace(from, to));
    const changed = all(opened).filter((model) => !before.has(model));
    const found = changed.map((model) => words(opened, model)).filter((word) => !word.includes(":"));
    expect(found).toEqual(anew);
    const same = drawn()[0] === nodes && drawn()[1] === edges;
    expect(same).toBe(!flow);
  });

  it("only those are told whose model is another one", () => {
    const opened = open();
    const told: string[] = [];
    for (const model of all(opened)) opened.live.watch(model.id, () => told.push(words(opened, model)));
    opened.store.getState().replaceText(FILE.replace("go vet", "go test"));
    opened.store.getState().setOptions({ target: 1, everyStage: false });
    expect(told).toEqual([
      "test",
      "run",
      "other",
      "alpine",
      "from>run",
      "copy>run",
      "mount>run",
      "from>other",
    ]);
  });
});

it("what is read before it is told of is told of all the same", () => {
  const { store, live } = open();
  const [card] = live.read().cards;
  let told = 0;
  live.watch(card!.id, () => told++);
  store.subscribe(() => live.read());
  store.getState().replaceText(FILE.replace("go build", "make"));
  expect(told).toBe(1);
  expect(live.of(card!.id)).not.toBe(card);
});

it("whoever left is told nothing, and what changed meanwhile is there when they come back", () => {
  const { store, live } = open();
  const [card] = live.read().cards;
  let told = 0;
  live.watch(card!.id, () => told++)();
  store.getState().replaceText(FILE.replace("go build", "make"));
  expect(told).toBe(0);
  live.watch(card!.id, () => told++);
  store.getState().replaceText(FILE.replace("go build", "ninja"));
  expect(told).toBe(1);
});

it("a card for arguments is there while one is added", () => {
  const { canvas, live } = open("FROM a\n");
  expect(live.read().args).toBeNull();
  canvas.setState({ argument: { name: null, field: "name" } });
  expect(live.read().args?.args).toEqual([]);
});
