/** What a stage can be built on, and what an image can be replaced by, as a list that one types in. */
import { formatBytes } from "@/lib/build/format";
import { imageNameProblem, namesIn, parseImageReference } from "@/lib/dockerfile";
import type { ConnectionSource } from "@/lib/graph/connect";
import type { StageGraph } from "@/lib/graph/types";
import type { HostImage, TagList } from "@/lib/share/answers";

export interface Choice {
  id: string;
  group: string;
  title: string;
  /** Beside the title: a size, where it comes from. */
  note?: string;
  /** Why it can't be. */
  reason?: string;
  /** What choosing it does where more than the wish itself has to be done. */
  remedy?: string;
  source: ConnectionSource;
}

/** More than anybody looks through in a list; typing finds the others. */
const MOST = 40;

/** Stages, and what stands in the way of each; `judge` is asked only for those that fit. */
export function stageChoices(
  { stages }: StageGraph,
  query: string,
  except: number,
  judge: (index: number) => { reason?: string; remedy?: string },
): Choice[] {
  return stages
    .filter(({ index, label }) => index !== except && label.toLowerCase().includes(query.toLowerCase()))
    .slice(0, MOST)
    .map(({ index, label, baseText }) => ({
      id: `stage:${index}`,
      group: "Stages",
      title: label,
      note: `FROM ${baseText}`,
      source: { kind: "stage", index },
      ...judge(index),
    }));
}

/** Images that the file uses already; scratch stands for itself. */
export function fileChoices({ images }: StageGraph, query: string, except: string | null): Choice[] {
  return images
    .filter(({ ref }) => ref !== except && ref !== "scratch" && holds(ref, query))
    .map(({ ref }) => choiceOf("In this file", ref));
}

export function hostChoices(
  images: readonly HostImage[],
  query: string,
  known: ReadonlySet<string>,
): Choice[] {
  return images
    .filter(({ ref }) => holds(ref, query) && !known.has(ref))
    .slice(0, MOST)
    .map(({ ref, bytes }) => choiceOf("On the build host", ref, formatBytes(bytes)));
}

/** Under the name as it was typed: `golang` stays `golang`. */
export function tagChoices(repository: string, { tags, registry }: TagList): Choice[] {
  return tags.map(({ tag, bytes }) =>
    choiceOf(
      `At ${registry}`,
      `${repository}:${tag}`,
      bytes === null ? undefined : `${formatBytes(bytes)} compressed`,
    ),
  );
}

/** What was typed itself; with the reason where it is no image. Null where nothing was. */
export function typedChoice(query: string, withVariables: boolean): Choice | null {
  const ref = query.trim();
  if (ref === "") return null;
  const variable = withVariables && namesIn(ref).length > 0 && !/[\s"'\\`]/.test(ref);
  const bad = variable || parseImageReference(ref) !== null ? {} : { reason: capital(imageNameProblem(ref)) };
  return { ...choiceOf("As typed", ref), id: "typed", ...bad };
}

export const SCRATCH: Choice = {
  id: "image:scratch",
  group: "Nothing",
  title: "scratch",
  note: "the empty base",
  source: { kind: "image", ref: "scratch" },
};

/** What Enter chooses unless told: what is called just so, even if it takes a remedy, else the first that can be had. */
export function likeliest(choices: readonly Choice[], query: string): Choice | undefined {
  const named = choices.find(
    ({ title, reason, remedy }) => title === query.trim() && (!reason || remedy !== undefined),
  );
  return named ?? choices.find(({ reason }) => !reason) ?? choices[0];
}

/** The repository that a typed reference names, and the beginning of its tag; null before the colon is typed. */
export function tagQuery(query: string): { image: string; wish: string } | null {
  const colon = query.lastIndexOf(":");
  if (colon < 1 || query.includes("@") || query.includes("$")) return null;
  const image = query.slice(0, colon).trim();
  const wish = query.slice(colon + 1).trim();
  // The colon of a port is followed by a path.
  if (wish.includes("/") || parseImageReference(image) === null) return null;
  return { image, wish };
}

/** Without its tag or digest. */
export function repositoryOf(ref: string): string {
  const name = ref.split("@")[0]!;
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return colon < 0 ? name : name.slice(0, colon);
}

const holds = (ref: string, query: string) => ref.toLowerCase().includes(query.trim().toLowerCase());

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const choiceOf = (group: string, ref: string, note?: string): Choice => ({
  id: `image:${ref}`,
  group,
  title: ref,
  ...(note && { note }),
  source: { kind: "image", ref },
});
