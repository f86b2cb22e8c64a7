import type { DocumentStore } from "@/lib/store/types";

/** Why the files of a stage cannot be looked at; null where they can. `stage` is today's index. */
export function whyNoFiles(
  { build, mayLook }: Pick<DocumentStore, "build" | "mayLook">,
  stage: number,
): string | null {
  if (!mayLook) return "Only whoever owns the document and may build can look into its images.";
  if (!build) return "Build first: files are read from what was built.";
  if (build.summary.imported) return "This build was imported: no build host here has its images.";
  const of = build.state.stages[stage];
  if (build.state.endedAt === null) return "The build has not ended yet.";
  if (of?.built === null || !of) return "The stage was not there when this was built.";
  if (of.size === null) return "This build did not make the stage.";
  if (of.layers.length === 0) return "The stage has no files: nothing in it makes a layer.";
  return null;
}
