/** The build as a Compose file. */
import { Document, isMap, type Pair, Scalar } from "yaml";
import {
  anewOf,
  type BuildFile,
  type BuildTarget,
  cacheToOf,
  platformsOf,
  remark,
  tagsOf,
  targetsOf,
} from "./targets";

/**
 * A service for what is chosen, and one for every other stage that no stage needs; those come with a profile of their
 * own, so that `docker compose up` runs what ships and `docker compose run test` still runs the tests. After the
 * Compose specification's `build` section.
 */
export function toCompose(file: BuildFile): string {
  const targets = targetsOf(file).filter(({ leaf, main }) => leaf || main);
  const ordered = [...targets.filter(({ main }) => main), ...targets.filter(({ main }) => !main)];
  const services = Object.fromEntries(ordered.map((target) => [target.name, serviceOf(target, file)]));
  const secrets = Object.fromEntries(
    (file.choice.secrets ?? []).map((id) => [id, { environment: literal(id) }]),
  );
  // Old readers of YAML take `yes`, `on` and 12:30 for something else than text; this version's writer quotes them.
  const document = new Document(filled({ services, secrets }), { version: "1.1" });
  const map = document.get("services", true);
  if (isMap(map)) {
    for (const [nth, pair] of map.items.entries()) {
      const words = remark(ordered[nth] as BuildTarget);
      const { key } = pair as Pair<unknown, unknown>;
      if (words === null || !(key instanceof Scalar)) continue;
      key.commentBefore = ` ${words}`;
      key.spaceBefore = nth > 0;
    }
  }
  const anew = anewOf(file.choice);
  if (anew.length > 0) {
    document.commentBefore = ` Compose can't build single stages without the cache; chosen were: ${anew.join(", ")}`;
  }
  return document.toString({ lineWidth: 0, blockQuote: false, doubleQuotedAsJSON: true });
}

function serviceOf({ name, target, main }: BuildTarget, { choice }: BuildFile) {
  return filled({
    profiles: main ? [] : [name],
    build: filled({
      context: ".",
      dockerfile: "Dockerfile",
      target,
      args: literals(choice.buildArgs),
      additional_contexts: literals(choice.contexts),
      platforms: platformsOf(choice).map(literal),
      // The same name for several images would be the last one's.
      tags: main ? tagsOf(choice).map(literal) : [],
      labels: literals(choice.labels),
      network: choice.network === "default" ? undefined : choice.network,
      extra_hosts: literals(choice.addHosts),
      ulimits: limits(choice.ulimits ?? {}),
      secrets: [...(choice.secrets ?? [])],
      ssh: (choice.ssh ?? []).map(literal),
      cache_from: (choice.cacheFrom ?? []).map(literal),
      cache_to: cacheToOf(choice).map(literal),
      no_cache: choice.noCache || undefined,
      pull: choice.pull || undefined,
    }),
  });
}

/** `1024`, or `{ soft: 1024, hard: 2048 }` */
function limits(ulimits: NonNullable<BuildFile["choice"]["ulimits"]>) {
  const known = Object.entries(ulimits).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const [soft, hard] = value.split(":").map(Number);
    return [[name, hard === undefined ? soft : { soft, hard }] as const];
  });
  return Object.fromEntries(known);
}

/** Without what says nothing: undefined, null, empty lists and records. */
function filled<Value extends object>(record: Value): Partial<Value> {
  const entries = Object.entries(record).filter(
    ([, value]) =>
      value !== undefined && value !== null && (typeof value !== "object" || Object.keys(value).length > 0),
  );
  return Object.fromEntries(entries) as Partial<Value>;
}

const literals = (record: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, literal(value)]));

/** Compose puts variables in the place of `$NAME`; `$$` is a dollar sign. */
function literal(value: string): string {
  return value.replaceAll("$", "$$$$");
}
