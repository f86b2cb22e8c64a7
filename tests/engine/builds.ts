/** Builds on real engines, for tests: one engine of each kind, and what a build told. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { type BuildEventBody, type BuildOptions, buildOptionsSchema } from "@/lib/build/events";
import type { SshAgents } from "@/lib/build/server/buildkit/ssh-forward";
import type { RemoteContexts } from "@/lib/build/server/contexts/remote";
import type { Credentials } from "@/lib/build/server/credentials";
import { folderAsContext } from "@/lib/build/server/folder";
import type { HostConnection } from "@/lib/build/server/host-connection";
import { createHosts, type Hosts } from "@/lib/build/server/hosts";
import { runBuild } from "@/lib/build/server/runner";
import { type EngineKind, engineKinds, startEngine } from "../../scripts/engines.mjs";

export type EventOf<Type extends BuildEventBody["type"]> = Extract<BuildEventBody, { type: Type }>;

export interface BuildSetup {
  dockerfile: string;
  /** Folder of the build context. */
  context?: string;
  options?: Partial<BuildOptions>;
  document?: string;
  secrets?: Record<string, string>;
  credentials?: Credentials;
  ssh?: SshAgents;
  remote?: RemoteContexts;
  /** Folders of named contexts. */
  attached?: Record<string, string>;
  signal?: AbortSignal;
  onEvent?: (event: BuildEventBody) => void;
  /** As whoever records has it. */
  room?: () => Promise<void>;
}

export class Told {
  constructor(readonly events: BuildEventBody[]) {}

  all<Type extends BuildEventBody["type"]>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  get plan(): EventOf<"plan"> {
    const [plan] = this.all("plan");
    if (!plan) throw new Error("The build told no plan.");
    return plan;
  }

  get finished(): EventOf<"finished"> {
    const ends = this.all("finished");
    if (ends.length !== 1 || this.events.at(-1) !== ends[0]) {
      throw new Error("A build must end with exactly one finished event.");
    }
    return ends[0]!;
  }

  sizeOf(stage: number): EventOf<"size"> {
    const [size] = this.all("size").filter((event) => event.stage === stage);
    if (!size) throw new Error(`The size of stage ${stage} was not told.`);
    return size;
  }

  /** All output of one instruction. */
  output(stage: number, instruction: number): string {
    const digests = this.plan.vertices
      .filter(({ places }) =>
        places.some((place) => place.stage === stage && place.instruction === instruction),
      )
      .map(({ digest }) => digest);
    return this.all("log")
      .filter(({ vertex }) => digests.includes(vertex))
      .map(({ text }) => text)
      .join("");
  }
}

let built = 0;

export async function build(host: HostConnection, setup: BuildSetup): Promise<Told> {
  const events: BuildEventBody[] = [];
  const id = `test-${process.pid}-${++built}`;
  await runBuild(
    host,
    {
      id,
      document: setup.document ?? id,
      dockerfile: setup.dockerfile,
      context: setup.context ? await folderAsContext(setup.context) : null,
      options: buildOptionsSchema.parse(setup.options ?? {}),
      ...(setup.credentials && { credentials: setup.credentials }),
      ...(setup.ssh && { ssh: setup.ssh }),
      ...(setup.remote && { remote: setup.remote }),
      attached: new Map(
        await Promise.all(
          Object.entries(setup.attached ?? {}).map(
            async ([name, folder]) => [name, await folderAsContext(folder)] as const,
          ),
        ),
      ),
      secrets: new Map(Object.entries(setup.secrets ?? {}).map(([id, value]) => [id, Buffer.from(value)])),
    },
    (event) => {
      events.push(event);
      setup.onEvent?.(event);
    },
    setup.signal ?? new AbortController().signal,
    setup.room,
  );
  return new Told(events);
}

/** A text that no cache knows, for steps that must really run. */
export const fresh = () => `${Date.now()}-${Math.random()}`;

export interface EngineSuite {
  kind: EngineKind;
  socket: () => string;
  host: () => HostConnection;
  /** A new folder, removed in the end. */
  folder: () => Promise<string>;
}

/** One of each BuildKit: the engines of 28 have the same, and differ in how they store. */
export const eachBuildKit = ["20.10", "28-overlay2"] as const satisfies EngineKind[];

/** `kinds` in the order of their tests, where one leaves what the next finds. */
export function onEveryEngine(
  title: string,
  define: (suite: EngineSuite) => void,
  kinds: readonly EngineKind[] = engineKinds,
): void {
  describe.each(kinds)(`${title} on %s`, (kind) => {
    let socket = "";
    let hosts: Hosts;
    let host: HostConnection;
    let stop: (() => Promise<void>) | undefined;
    const folders: string[] = [];

    beforeAll(async () => {
      const engine = await startEngine(kind, { images: ["busybox"] });
      stop = () => engine.stop();
      socket = engine.socket;
      hosts = createHosts({ dockerHost: `unix://${socket}`, home: tmpdir() });
      host = await hosts.connect();
    });

    afterAll(async () => {
      hosts?.close();
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
      await stop?.();
    });

    define({
      kind,
      socket: () => socket,
      host: () => host,
      async folder() {
        const folder = await mkdtemp(join(tmpdir(), "stagecraft-context-"));
        folders.push(folder);
        return folder;
      },
    });
  });
}
