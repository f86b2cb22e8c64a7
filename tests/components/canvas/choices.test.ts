import { describe, expect, it } from "vitest";
import {
  fileChoices,
  hostChoices,
  likeliest,
  repositoryOf,
  stageChoices,
  tagChoices,
  tagQuery,
  typedChoice,
} from "../../../components/canvas/base-picker/choices";
import { numbersAfter } from "../../../components/canvas/card-menu/stage-drag";
import { parseDockerfile } from "../../../lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "../../../lib/graph/graph";

const TEXT = "FROM golang:1.19 AS builder\nFROM builder AS test\nFROM alpine\nFROM scratch\n";
const graph = buildGraph(parseDockerfile(TEXT), ["a", "b", "c", "d"], EMPTY_GRAPH);

describe("what a tag is asked for", () => {
  it.each([
    ["golang:", { image: "golang", wish: "" }],
    ["golang:1.2", { image: "golang", wish: "1.2" }],
    ["r.io:5000/team/app:2", { image: "r.io:5000/team/app", wish: "2" }],
    ["golang", null],
    ["r.io:5000/team", null],
    ["golang@sha256:ab", null],
    ["golang:${V}", null],
    [":1", null],
    ["GO:1", null],
  ])("%j: %j", (query, wanted) => expect(tagQuery(query)).toEqual(wanted));
});

it.each([
  ["golang:1.19", "golang"],
  ["r.io:5000/a/b:2", "r.io:5000/a/b"],
  ["r.io:5000/a/b", "r.io:5000/a/b"],
  [`a:1@sha256:${"0".repeat(64)}`, "a"],
])("the repository of %s is %s", (ref, repository) => expect(repositoryOf(ref)).toBe(repository));

describe("what is typed", () => {
  it.each([
    ["", true, null],
    ["golang:1.22", false, {}],
    ["golang:${V}", true, {}],
    ["golang:${V}", false, { reason: expect.stringMatching(/^Invalid reference format/) }],
    ["Golang", true, { reason: expect.stringMatching(/must be lowercase/) }],
    ["a b", true, { reason: expect.any(String) }],
  ])("%j with variables %j: %j", (query, variables, wanted) => {
    const choice = typedChoice(query, variables);
    if (wanted === null) expect(choice).toBeNull();
    else {
      expect(choice).toMatchObject(wanted);
      expect("reason" in choice!).toBe("reason" in wanted);
    }
  });
});

it("stages come in the order of the file, without the one that asks, and with what stands in the way", () => {
  const choices = stageChoices(graph, "", 1, (index) => (index === 2 ? { reason: "later" } : {}));
  expect(choices.map(({ title, reason }) => [title, reason])).toEqual([
    ["builder", undefined],
    ["stage-2", "later"],
    ["stage-3", undefined],
  ]);
  expect(stageChoices(graph, "BUILD", -1, () => ({})).map(({ title }) => title)).toEqual(["builder"]);
});

describe("what Enter chooses", () => {
  const choice = (title: string, reason?: string, remedy?: string) =>
    ({ id: title, group: "", title, reason, remedy, source: { kind: "image", ref: title } }) as const;
  it.each([
    ["the first that can be had", [choice("a", "later"), choice("ab")], "", "ab"],
    ["what is called just so", [choice("ab"), choice("a")], "a", "a"],
    ["what is called just so and takes a remedy", [choice("ab"), choice("a", "later", "Move")], "a ", "a"],
    ["not what can't be had", [choice("a", "later"), choice("ab")], "a", "ab"],
    ["the only one, with its reason", [choice("a", "later")], "a", "a"],
  ])("%s", (_, choices, query, wanted) => expect(likeliest(choices, query)?.title).toBe(wanted));
});

it("images of the file, the host and the registry are told apart, none of them twice", () => {
  expect(fileChoices(graph, "", "alpine").map(({ title }) => title)).toEqual(["golang:1.19"]);
  const host = [
    { ref: "golang:1.19", bytes: 1, createdAt: 1 },
    { ref: "gcc:12", bytes: 811_000_000, createdAt: 1 },
  ];
  expect(hostChoices(host, "g", new Set(["golang:1.19"]))).toMatchObject([
    { title: "gcc:12", note: "811MB" },
  ]);
  const list = {
    registry: "docker.io",
    repository: "library/golang",
    total: 9,
    tags: [
      { tag: "1.23", bytes: 313_000_000 },
      { tag: "1.22", bytes: null },
    ],
  };
  expect(tagChoices("golang", list).map(({ title, note, group }) => [title, note, group])).toEqual([
    ["golang:1.23", "313MB compressed", "At docker.io"],
    ["golang:1.22", undefined, "At docker.io"],
  ]);
});

it.each([
  [0, 2, { b: 0, c: 1, a: 2 }],
  [2, 0, { c: 0, a: 1, b: 2 }],
  [1, 2, { c: 1, b: 2 }],
  [1, 1, {}],
])("of a, b, c, d the stage %i at %i: %j", (from, to, numbers) => {
  expect(Object.fromEntries(numbersAfter(["a", "b", "c", "d"], from, to))).toEqual(numbers);
});
