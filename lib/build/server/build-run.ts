/** One build in its gateway job: all stages solved, told apart, run, the target exported, everything weighed. */
import type { Dockerfile } from "../../dockerfile";
import type { BuildEventBody, BuildOptions } from "../events";
import type { BuildImages } from "./build-images";
import type { BuildInputs } from "./build-inputs";
import { type BuildPlan, UnbuildableError } from "./build-plan";
import { type Attribution, attribute, digestsOf } from "./buildkit/attribution";
import { connectBuildKit, SILENCE_MS } from "./buildkit/connection";
import { describeFailure } from "./buildkit/failure";
import { GatewayJob, type SolvedPart, type SolvedStage } from "./buildkit/gateway-job";
import type { GrpcClient } from "./buildkit/grpc/client";
import { lastWords } from "./buildkit/last-words";
import { type Loans, openSession } from "./buildkit/session";
import { StatusEvents } from "./buildkit/status-events";
import type { HostConnection } from "./host-connection";
import { rightsOf, weighingRightsOf } from "./job-rights";
import { missingSource } from "./missing-source";
import { type BuiltStage, lostToCleaning, StageWeights } from "./stage-weights";

export type Finished = Extract<BuildEventBody, { type: "finished" }>;

export interface BuildRunSetup {
  host: HostConnection;
  tree: Dockerfile;
  plan: BuildPlan;
  inputs: BuildInputs;
  images: BuildImages;
  options: BuildOptions;
  loans: Loans;
  /** Names the context across builds of a document. */
  sharedKey: string;
  emit(body: BuildEventBody): void;
  /** Resolves once there is room for more of what the host tells. */
  room(): Promise<void>;
  /** The image is on the host: gives it the names it is to have there. What it throws is the build's failure. */
  name(): Promise<void>;
  signal: AbortSignal;
}

/** From about here on a failure may end the connection silently; see `toldBefore` in buildkit/failure. */
const LARGE_DOCKERFILE = 24_000;
const SHORT_SILENCE_MS = 4_000;
/** Silence after which the last words of a job are no longer waited for, once it is known how it ended. */
const STATUS_END_MS = 2_000;
const CANCELED_STATUS_END_MS = 500;

export class BuildRun {
  /** The target's image is on the host. */
  exported = false;
  /** Everything has succeeded, and that was told. */
  built = false;
  private readonly status: StatusEvents;
  /** When the host last told something, by our clock. */
  private heard = 0;
  private attribution: Attribution = new Map();
  private platforms: ReadonlyMap<string, string[]> = new Map();
  private readonly errors = new Map<number, unknown>();

  constructor(private readonly setup: BuildRunSetup) {
    this.status = new StatusEvents(setup.emit, Date.now);
  }

  /** Rejects where the host cannot be asked at all. */
  async run(): Promise<Finished> {
    const { host, inputs, sharedKey, loans } = this.setup;
    const large = inputs.copy.text.length > LARGE_DOCKERFILE;
    const [connection, aside, trees] = await Promise.all([
      connectBuildKit(host.dial, large ? SHORT_SILENCE_MS : SILENCE_MS),
      large ? connectBuildKit(host.dial) : null,
      inputs.trees(),
    ]);
    const session = openSession(connection.client, trees, sharedKey, loans);
    try {
      await this.runJob(connection.client, aside?.client ?? connection.client, session.id);
    } finally {
      session.close();
      connection.close();
      aside?.close();
    }
    return this.outcome();
  }

  /** `watcher` follows the job's status: where the answer to a failed call may end `client`, one of its own. */
  private async runJob(client: GrpcClient, watcher: GrpcClient, session: string): Promise<void> {
    const { host, plan, images, options, emit, signal } = this.setup;
    const exporter = { type: "moby", attributes: { name: images.tag(plan.target) } };
    const { platform } = options;
    const job = new GatewayJob(client, session, exporter, signal, rightsOf(options), { platform });
    const statusEnded = this.followStatus(job, watcher);
    const rights = weighingRightsOf(options);
    const weights = new StageWeights({ host, client, session, rights, images, emit, signal });

    const solved = await this.solveStages(job);
    this.announce(solved);
    await this.evaluateStages(job, solved);
    const target = solved.get(plan.target);
    if (!target) await job.fail(this.errors.get(plan.target)).catch(() => {});
    else if (!this.errors.has(plan.target)) await this.exportTarget(job, target, weights);
    await job.finished.catch(() => {});
    if (signal.aborted) await Promise.race([statusEnded, delay(CANCELED_STATUS_END_MS)]);
    else await lastWords(statusEnded, () => this.heard, STATUS_END_MS, Date.now);
    if (signal.aborted) return;
    if (this.exported && this.errors.size === 0) {
      this.built = true;
      emit({ type: "built" });
    }
    // Only now: what people wait for must not wait for what is good to know.
    this.weighOthers(solved, weights);
    if (this.exported && target) {
      weights.weighExported(this.builtStage(plan.target, target), options.output !== "discard");
    }
    await weights.done();
  }

  /** What would run for each stage. Runs nothing yet, and takes some milliseconds. */
  private async solveStages(job: GatewayJob): Promise<Map<number, SolvedStage>> {
    const { plan, inputs } = this.setup;
    const solved = new Map<number, SolvedStage>();
    await Promise.all(
      plan.stages.map(async (stage) => {
        const name = inputs.copy.targets[stage];
        if (name === null || name === undefined) return;
        try {
          solved.set(stage, await job.solve(inputs.frontendOptions(name)));
        } catch (error) {
          this.errors.set(stage, error);
        }
      }),
    );
    return solved;
  }

  private announce(solved: Map<number, SolvedStage>): void {
    const { tree, plan, emit } = this.setup;
    const parts = [...solved].flatMap(([stage, { parts }]) => parts.map((part) => ({ stage, ...part })));
    this.attribution = attribute(
      parts.flatMap(({ stage, definition }) => (definition ? [[stage, definition] as const] : [])),
      tree,
    );
    const platforms = [...new Set(parts.flatMap(({ platform }) => platform ?? []))];
    this.platforms = platformsByVertex(parts);
    const asked = new Set(plan.stages);
    emit({
      type: "plan",
      stages: tree.stages.map(({ index, name }) => ({
        index,
        name,
        ships: index === plan.target,
        needed: plan.needed.has(index) || asked.has(index),
      })),
      vertices: [...this.attribution].map(([digest, places]) => {
        const of = this.platforms.get(digest);
        return { digest, places, ...(of && { platforms: of }) };
      }),
      ...(platforms.length > 0 && { platforms }),
    });
  }

  /** Runs all stages at once; what they share runs once. */
  private async evaluateStages(job: GatewayJob, solved: Map<number, SolvedStage>): Promise<void> {
    const { plan } = this.setup;
    const evaluations = [...solved].map(async ([stage, result]) => {
      try {
        await Promise.all(result.parts.map((part) => job.evaluate(part)));
      } catch (error) {
        this.errors.set(stage, error);
        // The target's failure is the build's: what else runs in the job is stopped with it.
        if (stage === plan.target) await job.fail(error).catch(() => {});
      }
    });
    await Promise.all(evaluations);
  }

  /** Begins to weigh the stages that are built beside the target. */
  private weighOthers(solved: Map<number, SolvedStage>, weights: StageWeights): void {
    const { plan } = this.setup;
    for (const [stage, result] of solved) {
      if (stage === plan.target || this.errors.has(stage)) continue;
      const built = this.builtStage(stage, result);
      if (result.parts.every(({ ref }) => ref === "")) weights.weighEmpty(built);
      else weights.exportAndWeigh(built);
    }
  }

  private builtStage(stage: number, { parts }: SolvedStage): BuiltStage {
    const { tree, inputs } = this.setup;
    return {
      stage: tree.stages[stage]!,
      platforms: parts.map(({ platform }) => platform),
      options: inputs.cachedOptions(inputs.copy.targets[stage]!),
    };
  }

  private async exportTarget(job: GatewayJob, result: SolvedStage, weights: StageWeights): Promise<void> {
    const { plan, inputs, options } = this.setup;
    try {
      await job.succeed(result);
      await job.finished.catch(async (error) => {
        if (!lostToCleaning(error)) throw error;
        const again = inputs.cachedOptions(inputs.copy.targets[plan.target]!);
        await weights.export(plan.target, again, rightsOf(options));
      });
      this.exported = true;
      await this.setup.name();
    } catch (error) {
      this.errors.set(plan.target, error);
    }
  }

  private async followStatus(job: GatewayJob, watcher: GrpcClient): Promise<void> {
    try {
      for await (const response of job.status(watcher)) {
        this.status.accept(response);
        await this.setup.room();
        this.heard = Date.now();
      }
    } catch {
      // The job's own call says how it ended.
    }
  }

  private async outcome(): Promise<Finished> {
    const { plan, tree, host, inputs, options } = this.setup;
    if (this.errors.size === 0) return { type: "finished", status: "succeeded" };
    const error = this.errors.get(plan.target) ?? [...this.errors.values()][0];
    if (error instanceof UnbuildableError) {
      return { type: "finished", status: "failed", error: { message: error.message, hint: error.hint } };
    }
    const { attribution, platforms, status } = this;
    const { failures, endings } = status;
    const failure = describeFailure(error, {
      tree,
      attribution,
      platforms,
      failures,
      endings,
      host: host.name,
    });
    const { place, exitCode } = failure;
    const hint =
      place && exitCode === undefined ? await missingSource(tree, options, inputs.context, place) : null;
    return { type: "finished", status: "failed", error: { ...failure, ...(hint !== null && { hint }) } };
  }
}

/** Which platforms a vertex is run for; nothing is said in a build for one alone. */
function platformsByVertex(parts: readonly SolvedPart[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { platform, definition } of parts) {
    if (platform === null || definition === null) continue;
    for (const digest of digestsOf(definition)) {
      const known = found.get(digest);
      if (!known) found.set(digest, [platform]);
      else if (!known.includes(platform)) known.push(platform);
    }
  }
  return found;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
