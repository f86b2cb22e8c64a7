/** Reads what a stage's image holds: its layers' entries, with the instruction and the size of each. */
import { type Dockerfile, parseDockerfile, type Stage } from "../../../dockerfile";
import { splitPlatforms } from "../../../dockerfile/platform";
import { Refusal } from "../../../share/refusal";
import type { BuildOptions } from "../../options";
import { MAX_ARCHIVE_BYTES } from "../archives";
import { sizeOf } from "../buildkit/sizes";
import { type HistoryEntry, platformQuery } from "../engine-api";
import type { HostConnection } from "../host-connection";
import type { ListedLayer } from "./listing";
import { readSavedImage, type SavedImage } from "./save-archive";
import { type StageRequest, withStageImage } from "./stage-image";

/** Of all layers; an image of a whole distribution has about a quarter of it. */
export const MAX_ENTRIES = 400_000;

/** Told as it goes: bytes of layers so far, and what `docker history` says there are. */
export type Progress = (bytes: number, total: number) => void;

export async function readStage(
  host: HostConnection,
  request: StageRequest,
  progress: Progress,
  signal: AbortSignal,
  limit = MAX_ARCHIVE_BYTES,
): Promise<ListedLayer[]> {
  const stage = stageOf(parseDockerfile(request.build.text), request.stage);
  return withStageImage(host, request, signal, async (image) => {
    const platform = platformRead(request.build.options);
    const history = await host.api.history(image, platform);
    const total = history.reduce((sum, { Size }) => sum + Size, 0);
    if (total > limit) throw tooLarge(total, limit);
    let bytes = 0;
    progress(bytes, total);
    const archive = await host.api.open(`/images/${image}/get${platformQuery(platform)}`, signal);
    try {
      const saved = await readSavedImage(archive, { entries: MAX_ENTRIES }, (more) => {
        bytes += more;
        // The host's own figures leave out what a tar has besides contents.
        progress(bytes, Math.max(bytes, total));
      });
      return layersOf(saved, history, stage);
    } finally {
      archive.destroy();
    }
  });
}

/** Of several platforms the first is read. */
function platformRead({ platform }: BuildOptions): string | null {
  const platforms = splitPlatforms(platform);
  return platforms.length > 1 ? platforms[0]! : null;
}

/** `docker history` has an entry for each instruction; some of them have a layer. */
export function layersOf(saved: SavedImage, history: readonly HistoryEntry[], stage: Stage): ListedLayer[] {
  const entries = sizeOf(history, stage).layers;
  const made = entries.filter((_, index) => saved.history[index]?.hasLayer);
  const known = entries.length === saved.history.length && made.length === saved.layers.length;
  return saved.layers.map((files, index) => {
    const entry = known ? made[index] : undefined;
    const instruction = entry?.instruction ?? null;
    const text = instruction === null ? words(entry?.createdBy ?? "") : instructionText(stage, instruction);
    return { instruction, text, size: entry?.size ?? null, entries: files };
  });
}

function stageOf(tree: Dockerfile, index: number): Stage {
  const stage = tree.stages[index];
  if (stage) return stage;
  throw new Refusal(
    "notFound",
    "unknown-stage",
    `This build has no stage ${index}: it has ${tree.stages.length}, counted from 0.`,
    "Choose one of its stages.",
  );
}

function instructionText(stage: Stage, index: number): string {
  const { keyword, text } = stage.instructions[index]!;
  return `${keyword} ${text}`;
}

/** As an image's history has it, without what builders put around an instruction's own words. */
function words(createdBy: string): string {
  return createdBy
    .replace(/^(?:\/bin\/sh -c )?#\(nop\)\s+/, "")
    .replace(/^\/bin\/sh -c /, "RUN ")
    .replace(/ # buildkit$/, "")
    .replace(/^RUN \/bin\/sh -c /, "RUN ")
    .trim();
}

function tooLarge(size: number, limit: number): Refusal {
  return new Refusal(
    "tooLarge",
    "image-too-large",
    `The image has ${size.toLocaleString("en")} bytes, more than the ${limit.toLocaleString("en")} that are read here.`,
    "Look at it on the build host: docker save, then tar -t.",
  );
}
