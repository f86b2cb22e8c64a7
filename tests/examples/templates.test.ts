/** Every template, held to what a template promises. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ContextEntry, contextTree } from "@/lib/build/context/context-tree";
import { copyPreviews } from "@/lib/build/context/copies";
import { walkFolder } from "@/lib/build/server/folder";
import { createTemplates, NOT_CONTEXT } from "@/lib/build/server/templates";
import { checkDockerfile, parseDockerfile } from "@/lib/dockerfile";
import { checkGraph } from "@/lib/dockerfile/checks/graph";

const EXAMPLES = join(process.cwd(), "examples");
const all = await createTemplates(EXAMPLES).list();
const templates = all.filter(({ language }) => language !== null);

/** What each must offer, by folder: a row here is a promise of the start page. */
const PROMISED: [id: string, language: string, stages: string[]][] = [
  ["go", "Go", ["deps", "test", "build", "runtime"]],
  ["node", "Node.js", ["deps", "build", "test", "prod-deps", "runtime"]],
  ["python", "Python", ["build", "test", "runtime"]],
  ["rust", "Rust", ["source", "test", "build", "runtime"]],
  ["java-maven", "Java", ["source", "test", "build", "runtime"]],
  ["java-gradle", "Java", ["source", "test", "build", "runtime"]],
  ["dotnet", ".NET", ["restore", "test", "publish", "runtime"]],
  ["cpp", "C++", ["source", "test", "build", "runtime"]],
  ["static-site", "Static site", ["deps", "build", "test", "runtime"]],
  ["php", "PHP", ["deps", "test", "runtime"]],
  ["ruby", "Ruby", ["deps", "test", "runtime"]],
];

async function contextOf(id: string) {
  const entries: ContextEntry[] = [];
  for await (const { path, kind, bytes } of walkFolder(join(EXAMPLES, id))) {
    if (!NOT_CONTEXT.has(path)) entries.push({ path, kind, bytes });
  }
  return contextTree(entries, readFileSync(join(EXAMPLES, id, ".dockerignore"), "utf8"));
}

it("lists the examples that need no registry first, then the templates in their order", () => {
  expect(templates.map(({ id }) => id)).toEqual(PROMISED.map(([id]) => id));
  expect(all.slice(all.length - templates.length)).toEqual(templates);
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(all.map(({ id }) => id).sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(PROMISED)("%s", (id, language, stageNames) => {
  const template = templates.find((one) => one.id === id)!;
  const tree = parseDockerfile(template.dockerfile);
  const final = tree.stages.at(-1)!;

  it("says what it is, and of each stage why it is there", () => {
    expect(template.language).toBe(language);
    expect(template.stages.map(({ name }) => name)).toEqual(stageNames);
    for (const { name, why } of template.stages) expect(why, `stage ${name}`).toMatch(/^[a-z].{20,}\.$/);
  });

  it("passes every build check, the experimental ones too", () => {
    const strict = parseDockerfile(`# check=experimental=all\n${template.dockerfile}`);
    expect(tree.accepted).toBe(true);
    expect(tree.graphError).toBeNull();
    expect(tree.diagnostics).toEqual([]);
    expect(checkDockerfile(strict).findings).toEqual([]);
    // Of what only the graph shows, no more than that the tests are run when asked for.
    const notes = checkGraph(tree).map(({ code, range }) => [
      code,
      tree.source.slice(range.start, range.end),
    ]);
    expect(notes).toEqual([["StageNotNeeded", "test"]]);
  });

  it("builds with the frontend that an engine brings along", () => {
    expect(tree.directives).toEqual([]);
    expect(tree.instructions.some(({ heredocs }) => heredocs.length > 0)).toBe(false);
    const flags = tree.instructions.flatMap(({ flags }) => flags.map(({ name }) => name));
    expect(flags.filter((name) => !["from", "mount", "platform"].includes(name))).toEqual([]);
  });

  it("pins its base images, ships without root and keeps downloads in cache mounts", () => {
    for (const { base } of tree.stages) {
      if (base.target.kind === "image") expect(base.target.ref).toMatch(/:\d+(\.\d+)?(-[a-z0-9-]+)?$/);
    }
    const users = final.instructions.filter(({ keyword }) => keyword === "USER");
    expect(users.at(-1)?.text).toMatch(/^(?!0\b|root\b)[a-z0-9]/);
    expect(template.dockerfile).toContain("--mount=type=cache,target=/");
    expect(final.instructions.some(({ text }) => text.includes("type=cache"))).toBe(false);
  });

  it("copies only what its own files hold, and all of them are there", async () => {
    const previews = copyPreviews(tree, {}, await contextOf(id));
    const sources = previews.flatMap(({ line, sources }) => sources.map((source) => ({ line, ...source })));
    expect(sources.length).toBeGreaterThan(0);
    // Only a pattern may match nothing, where the file it is for need not exist.
    expect(sources.filter(({ problem }) => problem !== null && problem !== "noMatch")).toEqual([]);
    expect(existsSync(join(EXAMPLES, id, ".dockerignore"))).toBe(true);
  });

  it("has a test that its test stage runs", () => {
    const test = tree.stages.find(({ name }) => name === "test")!;
    const ran = test.instructions.filter(({ keyword }) => keyword === "RUN").map(({ text }) => text);
    expect(ran.join("\n")).toMatch(/\btest/);
    const inContext = readdirSync(join(EXAMPLES, id), { recursive: true, encoding: "utf8" });
    expect(inContext.some((path) => /test/i.test(path) || path === "src/main.rs")).toBe(true);
  });
});
