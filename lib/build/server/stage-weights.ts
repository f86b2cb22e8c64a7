/** Finds out what each stage weighs, beside the build itself: by exporting it and reading its image's history. */
import type { Stage } from "../../dockerfile";
import type { BuildEventBody } from "../events";
import type { BuildImages } from "./build-images";
import { exportStage, GatewayJob, type JobRights, saidToBeFor } from "./buildkit/gateway-job";
import type { GrpcClient } from "./buildkit/grpc/client";
import { measureImage } from "./buildkit/sizes";
import type { HostConnection } from "./host-connection";

const EXPORT_ATTEMPTS = 3;

export interface WeightsSetup {
  host: Pick<HostConnection, "api" | "platform" | "store">;
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
  /** For the frontend to take it from the cache. */
  options: Record<string, string>;
}

export class StageWeights {
  private readonly weighing: Promise<void>[] = [];

  constructor(private readonly setup: WeightsSetup) {}

  /** Begins to weigh a stage that is built. */
  exportAndWeigh(built: BuiltStage): void {
    this.weighing.push(
      this.report(built, async () => {
        await this.export(built.stage.index, built.options);
        await this.measure(built, false);
      }),
    );
  }

  /** Begins to weigh the stage whose image was exported already. Where it `stays`, its id is told. */
  weighExported(built: BuiltStage, stays: boolean): void {
    this.weighing.push(this.report(built, () => this.measure(built, stays)));
  }

  weighEmpty({ stage, platforms }: Pick<BuiltStage, "stage" | "platforms">): void {
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
    await again(() => exportStage(client, { session, options, exporter, rights }, signal));
  }

  private async measure({ stage, platforms, options }: BuiltStage, stays: boolean): Promise<void> {
    const { host, images, emit } = this.setup;
    const tag = images.tag(stage.index);
    const weigh = async (platform: string | null) => {
      const wanted = platform ?? options.platform ?? host.platform;
      const foreign = host.store === "containerd" && wanted !== host.platform;
      const weighed = foreign ? await this.exportUnpacked(stage.index, wanted, options) : tag;
      const [size, { Id: image }] = await Promise.all([
        measureImage(host.api, weighed, stage),
        host.api.image(tag),
      ]);
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

  /**
   * An image for another platform is not unpacked by containerd's store, and of what is not unpacked `docker history`
   * says that it weighs nothing: it is unpacked under a name of its own, as if it were for the host.
   */
  private async exportUnpacked(
    stage: number,
    platform: string,
    options: Record<string, string>,
  ): Promise<string> {
    const { host, client, session, rights, images, signal } = this.setup;
    const tag = images.tag(stage, platform);
    const exporter = { type: "moby", attributes: { name: tag } };
    await again(async () => {
      const job = new GatewayJob(client, session, exporter, signal, rights, { internal: true });
      const solved = await job.solve({ ...options, platform });
      await job.succeed(saidToBeFor(host.platform, solved));
      await job.finished;
    });
    return tag;
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

async function again(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === EXPORT_ATTEMPTS || !lostToCleaning(error)) throw error;
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
