import { expect, it } from "vitest";
import { findTemplates, groupTemplates } from "@/components/start/find-templates";
import type { TemplateView } from "@/lib/share/answers";

const template = (
  id: string,
  language: string | null,
  summary = "",
  stages: string[] = [],
): TemplateView => ({
  id,
  title: id,
  summary,
  language,
  stages: stages.map((name) => ({ name, why: "" })),
  dockerfile: "",
  files: 0,
  bytes: 0,
});

const ALL = [
  template("hello", null, "Compile in one stage"),
  template("java-maven", "Java", "Packed by Maven", ["source", "test"]),
  template("java-gradle", "Java", "Laid out by Gradle", ["source", "test"]),
  template("café", "PHP", "Served by Apache", ["deps"]),
];

it.each([
  ["", ["hello", "java-maven", "java-gradle", "café"]],
  ["  ", ["hello", "java-maven", "java-gradle", "café"]],
  ["JAVA", ["java-maven", "java-gradle"]],
  ["java gradle", ["java-gradle"]],
  ["gradle packed", []],
  ["cafe", ["café"]],
  ["deps", ["café"]],
])("%j finds %j", (wish, ids) => expect(findTemplates(ALL, wish).map(({ id }) => id)).toEqual(ids));

it("groups by whether a registry is needed, and shows no empty group", () => {
  const groups = (templates: TemplateView[]) =>
    groupTemplates(templates).map(({ id, templates }) => [id, templates.map((one) => one.id)]);
  expect(groups(ALL)).toEqual([
    ["projects", ["java-maven", "java-gradle", "café"]],
    ["examples", ["hello"]],
  ]);
  expect(groups(ALL.slice(0, 1))).toEqual([["examples", ["hello"]]]);
});
