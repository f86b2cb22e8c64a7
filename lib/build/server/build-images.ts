/**
 * The images a build leaves on its host, under tags of ours that nobody types.
 *
 * Every stage is exported once to be weighed. A stage that does not ship loses its tag when the build has ended:
 * exporting it again is cheap, since the build cache keeps the layers it was made of (measured on both stores: half
 * a second for 400 MB on containerd, where the first time takes three). The target's image stays until the next
 * successful build of the same document, so that it can be run and looked into. Tags are new for every build and
 * removed by name: an image that people tagged too only loses ours.
 */
import type { EngineApi } from "./engine-api";

export const REPOSITORY = "stagecraft-build";

/** A document's or build's id as part of an image's name: lower-case letters, digits and dashes. */
export function imageKey(id: string): string {
  return (
    id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "document"
  );
}

/** What a stage of a build is exported under. */
export const imageTag = (document: string, build: string, stage: number): string =>
  `${REPOSITORY}/${imageKey(document)}:${imageKey(build)}-${stage}`;

/** The tags of one build. */
export class BuildImages {
  private readonly repository: string;
  private readonly exported = new Set<string>();

  constructor(
    private readonly api: EngineApi,
    private readonly document: string,
    private readonly build: string,
  ) {
    this.repository = `${REPOSITORY}/${imageKey(document)}`;
  }

  /** Name to export a stage under; of a platform by itself, beside the image for all of them. */
  tag(stage: number, platform: string | null = null): string {
    const tag =
      imageTag(this.document, this.build, stage) + (platform === null ? "" : `-${imageKey(platform)}`);
    this.exported.add(tag);
    return tag;
  }

  /**
   * Once nothing of the build is exported any more: containerd cleans up as soon as a tag goes, and an export that
   * is under way may lose a layer it was about to build on. With `keep`, a stage's image replaces those of earlier
   * builds; without, theirs stay.
   */
  async cleanUp(keep: number | null): Promise<void> {
    const kept = keep === null ? null : this.tag(keep);
    const tags = kept === null ? [...this.exported] : await this.api.tags(this.repository);
    for (const tag of tags) if (tag !== kept) await this.api.removeTag(tag);
  }
}

/** Takes the images of a document off its host; with `build`, only what that build left. */
export async function removeImages(api: EngineApi, document: string, build?: string): Promise<void> {
  const repository = `${REPOSITORY}/${imageKey(document)}`;
  const ours = build === undefined ? `${repository}:` : `${repository}:${imageKey(build)}-`;
  for (const tag of await api.tags(repository)) if (tag.startsWith(ours)) await api.removeTag(tag);
}
