import { describe, expect, test } from "vitest";
import { optionFacts } from "@/lib/build/option-facts";
import { type BuildOptions, buildOptionsSchema } from "@/lib/build/options";

const facts = (options: Partial<BuildOptions>, labels = ["builder", "stage-1"]) =>
  Object.fromEntries(
    optionFacts(buildOptionsSchema.parse(options), labels).map(({ name, values }) => [name, values]),
  );

describe("what a build was asked for", () => {
  test.each<[string, Partial<BuildOptions>, string]>([
    ["nothing: the last stage, and the others", {}, "stage-1, and every other stage"],
    ["the last alone", { everyStage: false }, "stage-1"],
    ["one by its name", { target: 0, everyStage: false }, "builder"],
    ["one that the text did not have", { target: 7, everyStage: false }, "stage 7"],
  ])("names its target: %s", (_what, options, target) => {
    expect(facts(options)).toEqual({ Target: [target] });
  });

  test("of a text without a stage", () => {
    expect(facts({ everyStage: false }, [])).toEqual({ Target: ["last stage"] });
  });

  test.each<[Partial<BuildOptions>, string, string[]]>([
    [{ platform: "linux/arm64" }, "Platform", ["linux/arm64"]],
    [{ buildArgs: { A: "1", B: "" } }, "Build arguments", ["A=1", "B="]],
    [{ contexts: { base: "docker-image://alpine" } }, "Named contexts", ["base=docker-image://alpine"]],
    [{ secrets: ["npm", "ssh.key"] }, "Secret ids", ["npm", "ssh.key"]],
    [{ ssh: ["default"] }, "SSH key ids", ["default"]],
    [{ noCache: true, noCacheStages: ["a"] }, "Cache", ["not used"]],
    [{ noCacheStages: ["a", "b"] }, "Cache", ["not for a", "not for b"]],
    [{ cacheFrom: ["app:cache"], cacheInline: true }, "Cache", ["from app:cache", "written into the image"]],
    [{ cacheTo: { image: "me/app:cache", mode: "max" } }, "Cache", ["written to me/app:cache"]],
    [{ pull: true }, "Base images", ["asked of the registry anew"]],
    [{ tags: ["app:1"] }, "Tags", ["app:1"]],
    [{ labels: { a: "b" } }, "Labels", ["a=b"]],
    [{ network: "none" }, "Network", ["none"]],
    [{ addHosts: { db: "10.0.0.1" } }, "Added hosts", ["db:10.0.0.1"]],
    [{ ulimits: { nofile: "10:20" } }, "Limits", ["nofile=10:20"]],
    [{ ignoreSyntax: true }, "Frontend", ["the engine’s own, # syntax= ignored"]],
    [{ output: "push" }, "Result", ["pushed to the registries of its tags"]],
    [{ output: "discard" }, "Result", ["discarded once built"]],
  ])("says %j", (options, name, values) => {
    expect(facts(options)).toEqual({ Target: ["stage-1, and every other stage"], [name]: values });
  });
});
