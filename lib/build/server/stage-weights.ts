/** Finds out what each stage weighs, beside the build itself: by exporting it and reading its image's history. */
import type { Stage } from "../../dockerfile";
import type { BuildEventBody } from "../events";
import type { BuildImages } from "./build-images";
import { exportStage, type JobRights } from "./buildkit/gateway-job";
import type { GrpcClient } from "./buildkit/grpc/client";
import { measureImage } from "./buildkit/sizes";
import type { EngineApi } from "./engine-api";

const EXPORT_ATTEMPTS = 3;

export interface WeightsSetup {
  api: EngineApi;
  client: GrpcClient;
  session: string;
  rights: JobRights;
  images: BuildImages;
  emit(body: BuildEventBody): void;
  signal: AbortSignal;
}

/** A stage and what it was built for: [null] in a build for one platform alone. */
export interface BuiltStage {
  stage: Stage;
  platforms: readonly (string | null)[];
}

export class StageWeights {
  private readonly weighing: Promise<void>[] = [];

  constructor(private readonly setup: WeightsSetup) {}

  /** Begins to weigh a stage that is built. `options` build it anew from the cache. */
  exportAndWeigh(built: BuiltStage, options: Record<string, string>): void {
    this.weighing.push(
      this.report(built, async () => {
        await this.export(built.stage.index, options);
        await this.measure(built, false);
      }),
    );
  }

  /** Begins to weigh the stage whose image was exported already. Where it `stays`, its id is told. */
  weighExported(built: BuiltStage, stays: boolean): void {
    this.weighing.push(this.report(built, () => this.measure(built, stays)));
  }

  weighEmpty({ stage, platforms }: BuiltStage): void {
    for (const platform of platforms)
      this.setup.emit({ type: "size", stage: stage.index, ...forPlatform(platform), ...NOTHING });
  }

  async done(): Promise<void> {
    await Promise.all(this.weighing);
  }

  /** Exports a stage under its tag, again where somebody's cleaning up on the host came in between. */
  async export(
    stage: number,
    options: Record<string, string>,
    rights: JobRights = this.setup.rights,
  ): Promise<void> {
    const { client, session, images, signal } = this.setup;
    const exporter = { type: "moby", attributes: { name: images.tag(stage) } };
    for (let attempt = 1; ; attempt++) {
      try {
        return await exportStage(client, { session, options, exporter, rights }, signal);
      } catch (error) {
        if (attempt === EXPORT_ATTEMPTS || !lostToCleaning(error)) throw error;
      }
    }
  }

  private async measure({ stage, platforms }: BuiltStage, stays: boolean): Promise<void> {
    const { api, images, emit } = this.setup;
    const tag = images.tag(stage.index);
    const weigh = async (platform: string | null) => {
      const { image, ...size } = await measureImage(api, tag, stage, platform);
      emit({
        type: "size",
        stage: stage.index,
        ...forPlatform(platform),
        ...size,
        ...(stays ? { image } : {}),
      });
    };
    await Promise.all(platforms.map(weigh));
  }

  private async report({ stage }: BuiltStage, weigh: () => Promise<void>): Promise<void> {
    try {
      await weigh();
    } catch (error) {
      if (this.setup.signal.aborted) return;
      const detail = error instanceof Error ? error.message : String(error);
      const name = stage.name ?? `stage ${stage.index}`;
      this.setup.emit({ type: "warning", message: `The size of ${name} could not be found out.`, detail });
    }
  }
}

const NOTHING = { size: 0, base: 0, layers: [] };
const forPlatform = (platform: string | null) => (platform === null ? {} : { platform });

/**
 * The containerd store removes layers the moment their last image goes, also those that another export has just
 * decided to build on. The export fails then, and succeeds when asked again.
 */
export function lostToCleaning(error: unknown): boolean {
  return (
    error instanceof Error &&
    /(?:snapshot|content digest) \S+( does not exist)?: not found/.test(error.message)
  );
}
