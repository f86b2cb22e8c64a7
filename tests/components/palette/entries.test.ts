import { expect, test } from "vitest";
import { arrange, type Entry } from "../../../components/palette/entries";

const entry = (group: string, title: string, more: Partial<Entry> = {}): Entry => ({
  id: title,
  group,
  title,
  perform: () => {},
  ...more,
});

const COMMANDS = [
  entry("Stage", "Add stage", { words: "new FROM" }),
  entry("Stage", "Rename stage", { words: "AS name", reason: "Select a stage first." }),
  entry("View", "Go to the next part of the page", { words: "focus pane" }),
];
const PLACES = [
  entry("Stages", "builder", { note: "stage 0, FROM golang:1.19" }),
  entry("Images", "golang:1.19"),
  entry("Instructions", "RUN go build -o /app .", { note: "builder, line 4", exact: true }),
];

test.each<[query: string, shown: Record<string, string[]>]>([
  [
    "",
    { Stage: ["Add stage", "Rename stage"], View: ["Go to the next part of the page"], Stages: ["builder"] },
  ],
  ["adst", { Stage: ["Add stage"] }],
  ["rename", { Stage: ["Rename stage"] }],
  ["golang", { Images: ["golang:1.19"], Stages: ["builder"] }],
  ["build /app", { Instructions: ["RUN go build -o /app ."] }],
  ["APP build", { Instructions: ["RUN go build -o /app ."] }],
  ["zzz", {}],
])("%j finds %j", (query, shown) => {
  const groups = arrange(COMMANDS, PLACES, query, []);
  expect(
    Object.fromEntries(groups.map(({ name, entries }) => [name, entries.map(({ title }) => title)])),
  ).toEqual(shown);
});

test("what was used last stands first, without a query, and what is gone does not", () => {
  const [first] = arrange(COMMANDS, PLACES, "", ["gone", "Rename stage"]);
  expect(first).toMatchObject({ name: "Used last", entries: [{ title: "Rename stage" }] });
});

test("of places of one kind no more are shown than can be read", () => {
  const many = Array.from({ length: 50 }, (_, n) => entry("Instructions", `RUN step ${n}`, { exact: true }));
  expect(arrange(COMMANDS, many, "step", []).flatMap(({ entries }) => entries)).toHaveLength(8);
});
