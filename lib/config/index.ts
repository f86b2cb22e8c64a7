/** What the server is told from outside, checked once at start. */
import { resolve } from "node:path";
import { z } from "zod";

const wholeNumber = (least: number) => z.coerce.number().int().min(least);

/** Neither another machine's file nor one in memory, which would be gone with the server. */
const DATABASE_FILE = /^file:(?:\/\/(?:localhost)?(?=\/))?\/?[^/:]/;

const environmentSchema = z.object({
  STAGECRAFT_DATA: z.string().min(1).default("./data"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: wholeNumber(0).max(65535).default(3000),
  DATABASE_URL: z
    .string()
    .regex(
      DATABASE_FILE,
      "the database is an SQLite file, such as file:/var/lib/stagecraft/stagecraft.db; no other kind is supported",
    )
    .optional(),
  DOCKER_HOST: z.string().min(1).optional(),
  STAGECRAFT_CONTEXT_LIMIT: wholeNumber(1).default(500_000_000),
  STAGECRAFT_BUILD_KEY: z.string().min(16, "use at least 16 characters").optional(),
  STAGECRAFT_HOSTS: z.string().default(""),
  STAGECRAFT_BUILD_HOSTS: z.string().optional(),
  STAGECRAFT_MANAGE_HOSTS: z.enum(["on", "off"]).optional(),
  STAGECRAFT_PARALLEL_BUILDS: wholeNumber(1).default(2),
  STAGECRAFT_BUILD_MINUTES: z.coerce.number().positive().max(20_000).default(120),
  STAGECRAFT_LOG_LIMIT: wholeNumber(1).default(500_000_000),
  STAGECRAFT_REGISTRY_LOGINS: z.enum(["on", "off"]).optional(),
  STAGECRAFT_BUILD_SSH_AGENT: z
    .string()
    .startsWith("/", "name the agent's socket by its whole path")
    .optional(),
  STAGECRAFT_PRIVATE_REGISTRIES: z.string().default(""),
  STAGECRAFT_PRIVATE_GIT: z.string().default(""),
});

export interface Config {
  /** Folder of everything the server keeps, absolute. */
  data: string;
  /** Folder with examples/ and prisma/, absolute. */
  root: string;
  host: string;
  port: number;
  /** True where only this machine can reach the server. */
  loopback: boolean;
  /** Names, beside loopback ones, under which a server on loopback is reached: those of a proxy before it. */
  hosts: string[];
  databaseUrl: string;
  dockerHost: string | undefined;
  /** Most bytes that a build context may have, unpacked. */
  contextLimit: number;
  buildKey: string | undefined;
  /** File that says which hosts there are to build on, absolute. */
  hostsFile: string | undefined;
  /** Who may add and remove hosts on the page: all who may build, nobody, or the owner of this machine. */
  manageHosts: "on" | "off" | "owner";
  /** Builds that run at once on a host that says nothing else; the others wait. */
  parallelBuilds: number;
  /** Minutes that a build may run on its host. */
  buildMinutes: number;
  /** Bytes of output that are kept of a build. */
  logLimit: number;
  /** Builds are lent the logins that docker has on this machine. */
  registryLogins: boolean;
  /** Socket of the ssh agent that builds may be lent; none where nobody wants that. */
  buildSshAgent: string | undefined;
  /** Registries, as host or host:port, that are asked for tags although their address is private. */
  privateRegistries: string[];
  /** Hosts, as host or host:port, of which Git repositories and archives are fetched although their address is private. */
  privateGit: string[];
}

/** Throws an Error whose message names every variable that is wrong and why. */
export function readConfig(environment: Record<string, string | undefined>, root: string): Config {
  // An empty variable is one that somebody switched off.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment has settings that cannot be used:\n${wrong.join("\n")}`);
  }
  const env = parsed.data;
  const data = resolve(root, env.STAGECRAFT_DATA);
  return {
    data,
    root,
    host: env.HOST,
    port: env.PORT,
    loopback: isLoopback(env.HOST),
    hosts: namesOf(env.STAGECRAFT_HOSTS),
    databaseUrl: env.DATABASE_URL ?? `file:${resolve(data, "stagecraft.db")}`,
    dockerHost: env.DOCKER_HOST,
    contextLimit: env.STAGECRAFT_CONTEXT_LIMIT,
    buildKey: env.STAGECRAFT_BUILD_KEY,
    hostsFile:
      env.STAGECRAFT_BUILD_HOSTS === undefined ? undefined : resolve(root, env.STAGECRAFT_BUILD_HOSTS),
    manageHosts: env.STAGECRAFT_MANAGE_HOSTS ?? "owner",
    parallelBuilds: env.STAGECRAFT_PARALLEL_BUILDS,
    buildMinutes: env.STAGECRAFT_BUILD_MINUTES,
    logLimit: env.STAGECRAFT_LOG_LIMIT,
    // Where others reach the server, somebody has to want that.
    registryLogins:
      env.STAGECRAFT_REGISTRY_LOGINS === undefined
        ? isLoopback(env.HOST)
        : env.STAGECRAFT_REGISTRY_LOGINS === "on",
    buildSshAgent: env.STAGECRAFT_BUILD_SSH_AGENT,
    privateRegistries: namesOf(env.STAGECRAFT_PRIVATE_REGISTRIES),
    privateGit: namesOf(env.STAGECRAFT_PRIVATE_GIT),
  };
}

/** Names between commas, in lower case. */
function namesOf(list: string): string[] {
  return list
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}

/** Whether a host name, with or without brackets, can only mean this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name)
  );
}
