import { describe, expect, it } from "vitest";
import { type BuildOptions, buildOptionsSchema, MAX_ENTRIES, secretValuesSchema } from "@/lib/build/options";

const many = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`);
const record = (names: string[]) => Object.fromEntries(names.map((name) => [name, "1"]));

describe("options that a build may have", () => {
  it.each<Partial<BuildOptions>>([
    { buildArgs: { A: "", "a.b-c": "x=y\nz" } },
    { labels: { "org.opencontainers.image.title": "a, b" } },
    { contexts: { "alpine:3": "docker-image://alpine:3.20", shared: "deep/folder", all: "." } },
    { contexts: { git: "https://example.com/a.git#v1:sub", tar: "https://example.com/a.tar.gz?x=1" } },
    { tags: ["app", "ghcr.io/me/app:1.0", "localhost:5000/app"] },
    { addHosts: { "db.local": "10.0.0.1", six: "fd00::1", mapped: "::ffff:1.2.3.4" } },
    { ulimits: { nofile: "1024", core: "0:0", memlock: "-1:-1" } },
    { cacheFrom: ["app:cache"], cacheInline: true },
    { cacheTo: { image: "ghcr.io/me/app:cache", mode: "min" } },
    {
      noCacheStages: ["test"],
      secrets: ["npm_token", "a/b.c"],
      ssh: ["default"],
      output: "discard",
      network: "none",
    },
  ])("%j", (options) => {
    expect(buildOptionsSchema.parse(options)).toMatchObject(options);
  });

  it.each<object>([
    { buildArgs: { "A=B": "1" } },
    { buildArgs: { "A B": "1" } },
    { buildArgs: { A: "x".repeat(32 * 1024 + 1) } },
    { buildArgs: record(many(MAX_ENTRIES + 1)) },
    { labels: record(many(MAX_ENTRIES + 1)) },
    { tags: many(MAX_ENTRIES + 1) },
    { contexts: { up: "../outside" } },
    { contexts: { up: "a/../../outside" } },
    { contexts: { root: "/etc" } },
    { contexts: { back: "..\\outside" } },
    { contexts: { plain: "http://example.com/a.tar" } },
    { contexts: { login: "https://me:secret@example.com/a.tar" } },
    { contexts: { ssh: "git@example.com:a.git" } },
    { contexts: { file: "file:///etc" } },
    { contexts: { client: "local:context" } },
    { contexts: { store: "oci-layout:///etc" } },
    { tags: ["Not A Name"] },
    { tags: ["UPPER"] },
    { tags: [`app@sha256:${"a".repeat(64)}`] },
    { cacheFrom: ["type=local,src=/etc"] },
    { cacheTo: { image: "a,type=local,dest=/etc", mode: "max" } },
    { cacheTo: { image: "app", mode: "all" } },
    { addHosts: { "a,b": "1.2.3.4" } },
    { addHosts: { a: "1.2.3.4,b=5.6.7.8" } },
    { addHosts: { a: "example.com" } },
    { ulimits: { files: "1" } },
    { ulimits: { nofile: "1,core=2" } },
    { noCacheStages: ["a,b"] },
    { platform: "linux/amd64, linux/arm64" },
    { platform: "linux/amd64,,linux/arm64" },
    { platform: "" },
    { network: "container:other" },
    { secrets: ["a b"] },
    { secrets: ["a\nb"] },
  ])("refuses %j", (options) => {
    expect(buildOptionsSchema.safeParse(options).success).toBe(false);
  });
});

const base64 = (bytes: number) => Buffer.alloc(bytes, 1).toString("base64");

it.each<[fits: boolean, values: Record<string, string>]>([
  [true, {}],
  [true, { token: "", key: base64(3) }],
  [true, { largest: base64(500 * 1024) }],
  [false, { larger: base64(500 * 1024 + 3) }],
  [false, { token: "not base64!" }],
  [false, { "a b": "" }],
  [false, record(many(21))],
])("secret values fit: %s", (fits, values) => {
  expect(secretValuesSchema.safeParse(values).success).toBe(fits);
});
