/**
 * One build on the host: a job that is opened without a frontend, so that we are the frontend. Within it, stages
 * are solved to their definitions (which runs nothing), evaluated, and one result is returned and exported.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Control, type StatusResponse } from "./generated/control_pb";
import { LLBBridge, type Result } from "./generated/gateway_pb";
import type { Definition } from "./generated/llb_pb";
import type { GrpcClient } from "./grpc/client";
import { Code, GrpcError } from "./grpc/status";

export interface Exporter {
  type: string;
  attributes: Record<string, string>;
}

/** `inline` into the image, or `registry` as an image of its own. */
export interface CacheExport {
  type: "inline" | "registry";
  attributes: Record<string, string>;
}

/** What a job may do and give beyond the usual. */
export interface JobRights {
  /** network.host */
  entitlements: string[];
  /** Where the build cache is written to. */
  cacheExports: CacheExport[];
}
export const USUAL_RIGHTS: JobRights = { entitlements: [], cacheExports: [] };

export interface JobKind {
  /** What it is for, as `--platform` has it. */
  platform?: string | null;
  /** Not a build that somebody asked for: the host's history need not list it. */
  internal?: boolean;
}

/** A stage after its solve, for one platform: what would run for it, and the handle to run it. */
export interface SolvedPart {
  /** As the host calls it; null where the build is for one platform alone. */
  platform: string | null;
  /** Empty where the stage has no files at all (`FROM scratch` and nothing more). */
  ref: string;
  definition: Definition | null;
}

export interface SolvedStage {
  /** One for each platform. */
  parts: readonly SolvedPart[];
  result: Result | undefined;
}

const EVALUATE_CAPABILITY = "gateway.evaluate";

export class GatewayJob {
  private readonly ref = randomBytes(12).toString("hex");
  private readonly metadata = { "buildkit-controlapi-buildid": this.ref };
  private capabilities: Promise<Set<string>> | null = null;

  /** Settles when the host is through with the job, exporting included. */
  readonly finished: Promise<Record<string, string>>;

  constructor(
    private readonly client: GrpcClient,
    session: string,
    exporter: Exporter | null,
    private readonly signal: AbortSignal,
    rights: JobRights = USUAL_RIGHTS,
    { platform = null, internal = false }: JobKind = {},
  ) {
    this.finished = client
      .unary(
        Control.method.solve,
        {
          Ref: this.ref,
          Session: session,
          // What is returned is compared with it, and a warning told where the two differ.
          ...(platform === null ? {} : { FrontendAttrs: { platform } }),
          ...(internal ? { Internal: true } : {}),
          ...rightsFields(rights),
          ...exporterFields(exporter),
        },
        { signal },
      )
      .then((answer) => answer.ExporterResponse);
    this.finished.catch(() => {});
  }

  /** What happens in the job, until it ends. Not bound to the signal: it also reports how a canceled job ends. */
  status(client: GrpcClient = this.client): AsyncGenerator<StatusResponse> {
    return client.serverStream(Control.method.status, { Ref: this.ref });
  }

  async solve(options: Record<string, string>): Promise<SolvedStage> {
    const { result } = await this.call(LLBBridge.method.solve, {
      Frontend: "dockerfile.v0",
      FrontendOpt: options,
      allowResultReturn: true,
      allowResultArrayRef: true,
    });
    return { parts: partsOf(result), result };
  }

  /** Runs what a stage needs for a platform; throws the host's error where a step fails. */
  async evaluate({ ref }: SolvedPart): Promise<void> {
    if (ref === "") return;
    this.capabilities ??= this.ping();
    if ((await this.capabilities).has(EVALUATE_CAPABILITY)) {
      await this.call(LLBBridge.method.evaluate, { Ref: ref });
    } else {
      // As BuildKit's own client does where the host is too old for Evaluate: looking into a result makes it.
      await this.call(LLBBridge.method.statFile, { Ref: ref, Path: "." });
    }
  }

  /** Ends the job with a result, which is then exported. */
  async succeed({ result }: SolvedStage): Promise<void> {
    await this.call(LLBBridge.method.return, { result });
  }

  async fail(error: unknown): Promise<void> {
    const code = error instanceof GrpcError ? error.code : Code.unknown;
    const message = error instanceof Error ? error.message : String(error);
    await this.call(LLBBridge.method.return, { error: { code, message } });
  }

  private async ping(): Promise<Set<string>> {
    const { FrontendAPICaps } = await this.call(LLBBridge.method.ping, {});
    return new Set(FrontendAPICaps.filter(({ Enabled }) => Enabled).map(({ ID }) => ID));
  }

  private call: GrpcClient["unary"] = (method, message) =>
    this.client.unary(method, message, { signal: this.signal, metadata: this.metadata });
}

const platformsSchema = z.object({ Platforms: z.array(z.object({ ID: z.string() })) });

/** Platforms in the order in which they were asked for (exporter/containerimage/exptypes, Platforms). */
function orderOf({ metadata }: Result): string[] {
  const said = Buffer.from(metadata[PLATFORMS] ?? []).toString("utf8");
  return platformsSchema.parse(JSON.parse(said)).Platforms.map(({ ID }) => ID);
}

function partsOf(result: Result | undefined): SolvedPart[] {
  const held = result?.result;
  switch (held?.case) {
    case "ref":
      return [{ platform: null, ref: held.value.id, definition: held.value.def ?? null }];
    case "refDeprecated":
      return [{ platform: null, ref: held.value, definition: null }];
    case "refs": {
      const { refs } = held.value;
      return orderOf(result!).map((platform) => {
        const ref = refs[platform];
        return { platform, ref: ref?.id ?? "", definition: ref?.def ?? null };
      });
    }
    default:
      return [{ platform: null, ref: "", definition: null }];
  }
}

const CONFIG = "containerimage.config";
const PLATFORMS = "refs.platforms";

/** The same files and history, said to be for another platform: a host unpacks only images of its own. */
export function saidToBeFor(platform: string, solved: SolvedStage): SolvedStage {
  const config = solved.result?.metadata[CONFIG];
  if (!solved.result || !config) return solved;
  const [os, architecture] = platform.split("/");
  const { variant: _, ...said } = JSON.parse(Buffer.from(config).toString("utf8"));
  // Where nothing else says what an image is for, its configuration does.
  const { [PLATFORMS]: __, ...others } = solved.result.metadata;
  const metadata = {
    ...others,
    [CONFIG]: Buffer.from(JSON.stringify({ ...said, os, architecture })),
  };
  return { ...solved, result: { ...solved.result, metadata } };
}

/** One stage, built by the host's own frontend and exported: for stages that are built already, a matter of ms. */
export async function exportStage(
  client: GrpcClient,
  request: { session: string; options: Record<string, string>; exporter: Exporter; rights: JobRights },
  signal: AbortSignal,
): Promise<void> {
  await client.unary(
    Control.method.solve,
    {
      Ref: randomBytes(12).toString("hex"),
      Session: request.session,
      Frontend: "dockerfile.v0",
      FrontendAttrs: request.options,
      Internal: true,
      ...rightsFields(request.rights),
      ...exporterFields(request.exporter),
    },
    { signal },
  );
}

function rightsFields({ entitlements, cacheExports }: JobRights) {
  return {
    Entitlements: entitlements,
    Cache: { Exports: cacheExports.map(({ type, attributes }) => ({ Type: type, Attrs: attributes })) },
  };
}

/** In both forms: hosts before BuildKit 0.13 know only one exporter. */
function exporterFields(exporter: Exporter | null) {
  if (!exporter) return {};
  return {
    Exporters: [{ Type: exporter.type, Attrs: exporter.attributes }],
    ExporterDeprecated: exporter.type,
    ExporterAttrsDeprecated: exporter.attributes,
  };
}
