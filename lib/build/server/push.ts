/** Sends an image to its registry, through the host that built it, and tells how far it is. */
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { z } from "zod";
import { parseImageReference } from "../../dockerfile";
import type { BuildEventBody } from "../events";
import { UnbuildableError } from "./build-plan";
import type { Credentials, Login } from "./credentials";
import type { HostClock } from "./host-clock";
import type { HostConnection } from "./host-connection";

/** More often than this nobody can read a figure, and each one is stored. */
const PROGRESS_INTERVAL_MS = 100;

/** One line of the Engine's answer. */
const lineSchema = z.object({
  id: z.string().optional(),
  status: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).optional(),
  error: z.string().optional(),
});

interface Push {
  host: HostConnection;
  credentials: Credentials;
  emit(body: BuildEventBody): void;
  signal: AbortSignal;
  /** The push is told as the host's vertices are. */
  clock: Pick<HostClock, "now">;
}

/** Throws an UnbuildableError where the registry does not take it. Told as a vertex of its own. */
export async function pushImage(
  tag: string,
  { host, credentials, emit, signal, clock }: Push,
): Promise<void> {
  const digest = `sha256:${createHash("sha256").update(`push ${tag}`).digest("hex")}`;
  const vertex = { type: "vertex" as const, digest, name: `pushing ${tag}`, cached: false };
  const started = clock.now();
  emit({ ...vertex, started });
  try {
    const registry = parseImageReference(tag)?.domain ?? "";
    const login = await credentials.of(registry);
    const lines = await host.api.push(tag, header(login), signal);
    const last = new Map<string, number>();
    for await (const line of createInterface({ input: lines })) {
      const told = lineSchema.parse(JSON.parse(line));
      if (told.error !== undefined) throw new Error(told.error);
      const { current, total } = told.progressDetail ?? {};
      if (told.id === undefined || current === undefined) continue;
      const done = total !== undefined && current >= total;
      if (!done && Date.now() - (last.get(told.id) ?? 0) < PROGRESS_INTERVAL_MS) continue;
      last.set(told.id, Date.now());
      emit({ type: "progress", vertex: digest, id: `pushing ${told.id}`, current, total: total ?? 0, done });
    }
    emit({ ...vertex, started, completed: clock.now() });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    emit({ ...vertex, started, completed: clock.now(), error: reason });
    throw new UnbuildableError(
      `The image was built, but its registry did not take ${tag}: ${reason}`,
      "Whoever runs this server logs in at the registry with docker login, and may lend that login to builds.",
    );
  }
}

/** As the Engine wants it, also where there is nothing to say (docker/cli, registry.EncodeAuthConfig). */
function header(login: Login | null): string {
  const fields =
    login === null ? {} : "identityToken" in login ? { identitytoken: login.identityToken } : login;
  return Buffer.from(JSON.stringify(fields)).toString("base64url");
}
