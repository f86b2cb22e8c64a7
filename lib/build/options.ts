/**
 * What a person chose for one build, as data: kept with the document and with every build's record, so nothing secret
 * is ever in it. Each field is one option of `docker buildx build`; ./command.ts writes them as that.
 */
import { z } from "zod";
import { imageNameProblem, parseImageReference } from "../dockerfile/image";
import { isAddress, readRemoteSource } from "./context/remote-source";

/** Entries that one option may have. */
export const MAX_ENTRIES = 200;
const MAX_VALUE_LENGTH = 32 * 1024;

const name = z.string().min(1).max(200);
const value = z.string().max(MAX_VALUE_LENGTH);
/** No control character: a value must not begin a line or an option of its own. */
const isOneLine = (text: string) => ![...text].some((character) => character < " " || character === "\x7f");
const word = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => isOneLine(text) && !/[\s,]/.test(text), "must be one word without commas");

const variables = z
  .record(name.regex(/^[^=\s]+$/, "must be a name without = and spaces"), value)
  .refine((entries) => Object.keys(entries).length <= MAX_ENTRIES, `at most ${MAX_ENTRIES}`);

function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z.array(schema).max(MAX_ENTRIES);
}

function pairsOf<Value extends z.ZodType<string>>(key: z.ZodString, of: Value) {
  return z
    .record(key, of)
    .refine((entries) => Object.keys(entries).length <= MAX_ENTRIES, `at most ${MAX_ENTRIES}`);
}

/** Null where an image can be given that name, else why not. */
export function tagProblem(text: string): string | null {
  const image = parseImageReference(text);
  if (image === null) return imageNameProblem(text) || "That is not a name for an image.";
  return image.digest === null ? null : "A name with a digest can't be given to an image.";
}

/** Platforms that one build may be for. */
export const MAX_PLATFORMS = 10;

const platforms = z
  .string()
  .max(1000)
  .refine(
    (list) => list.split(",").every((each) => word.safeParse(each).success),
    "must be platforms such as linux/arm64, with commas between them",
  )
  .refine((list) => list.split(",").length <= MAX_PLATFORMS, `at most ${MAX_PLATFORMS}`);

const tag = word.refine((text) => tagProblem(text) === null, "must be a name for an image");

/** A folder of the build context, with slashes and without a way out of it; "." is the whole. */
export const isFolderOfContext = (source: string) =>
  !source.startsWith("/") &&
  !source.includes("\\") &&
  !source.includes(":") &&
  !source.split("/").includes("..");

const isFetchable = (source: string) => isAddress(source) && typeof readRemoteSource(source) !== "string";

const ATTACHED = /^attached:([0-9a-f]{64})$/;

/** What stands for files that were sent for the document: its id, as the context's summary has it. */
export const attachedSource = (contextId: string) => `attached:${contextId}`;

/** The id of the files that a named context is; null where it is something else. */
export const attachedContext = (source: string): string | null => ATTACHED.exec(source)?.[1] ?? null;

/** Files that were sent, by the id of each: of those that a build takes by name. */
export function attachedContexts(contexts: Readonly<Record<string, string>>): Map<string, string> {
  const found = Object.entries(contexts).map(([name, source]) => [name, attachedContext(source)] as const);
  return new Map(found.flatMap(([name, id]) => (id === null ? [] : [[name, id] as const])));
}

const contextSource = word.refine(
  (source) =>
    source.startsWith("docker-image://") ||
    attachedContext(source) !== null ||
    isFolderOfContext(source) ||
    isFetchable(source),
  "must be docker-image://NAME, an https address, a folder of the build context or attached:ID",
);

export const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$/;
export const HOST_NAME = /^[\w.-]+$/;
export const ULIMIT_NAMES = [
  "core",
  "cpu",
  "data",
  "fsize",
  "locks",
  "memlock",
  "msgqueue",
  "nice",
  "nofile",
  "nproc",
  "rss",
  "rtprio",
  "rttime",
  "sigpending",
  "stack",
] as const;
export const ULIMIT = /^-?\d{1,18}(?::-?\d{1,18})?$/;

/** An id as `RUN --mount=type=secret` asks for it. */
export const secretIdSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w./@-]+$/, "must be letters, digits and . _ / @ -");

/** The ssh key that a mount without an id asks for (sshforward.DefaultID of BuildKit). */
export const DEFAULT_SSH_ID = "default";

export const NETWORKS = ["default", "none", "host"] as const;

export const buildOptionsSchema = z.object({
  /** Stage index to build up to; null is the last. */
  target: z.int().min(0).nullable().default(null),
  /** Also build (and size) the stages that the target does not need. */
  everyStage: z.boolean().default(true),
  buildArgs: variables.default({}),
  /**
   * By name: `docker-image://NAME`, a Git repository or an archive by its https address, a folder of the build context,
   * or `attached:ID`, files that were sent for the document.
   */
  contexts: pairsOf(word, contextSource).default({}),
  /** As `--platform` has it: one, or several with commas between them; null is the host's own. */
  platform: platforms.nullable().default(null),
  /** Id of the host to build on; null is the server's default. A build's record names the one it was for. */
  host: z.string().min(1).max(63).nullable().default(null),
  noCache: z.boolean().default(false),
  /** Names of the stages that are built anew while the others may come from the cache. */
  noCacheStages: listOf(word).default([]),
  /** Ask the registry for base images even where the host has them. */
  pull: z.boolean().default(false),
  labels: variables.default({}),
  /** Names that the image gets on the host. */
  tags: listOf(tag).default([]),
  /** Of RUN steps that do not choose one themselves. */
  network: z.enum(NETWORKS).default("default"),
  /** Lines for /etc/hosts while steps run: address by name. */
  addHosts: pairsOf(z.string().max(253).regex(HOST_NAME), z.string().max(50).regex(ADDRESS)).default({}),
  /** `soft` or `soft:hard`, by name. */
  ulimits: z.partialRecord(z.enum(ULIMIT_NAMES), z.string().regex(ULIMIT)).default({}),
  /** Ids only: values are given for one build and kept nowhere. */
  secrets: listOf(secretIdSchema).default([]),
  /** Ids of ssh keys, which are given in the same way. */
  ssh: listOf(secretIdSchema).default([]),
  /** Let steps sign with the ssh agent that whoever runs the server lends, where no key is given as `default`. */
  sshAgent: z.boolean().default(false),
  /** Images whose build cache may be used. */
  cacheFrom: listOf(tag).default([]),
  /** Write into the image what a later build needs to use it as its cache. */
  cacheInline: z.boolean().default(false),
  /** Where the build cache goes, as an image of its own: of the result's layers (min), or of every step (max). */
  cacheTo: z
    .object({ image: tag, mode: z.enum(["min", "max"]).default("max") })
    .nullable()
    .default(null),
  /** Keep the image on the host, send it to the registries of its tags too, or throw it away once it is built. */
  output: z.enum(["keep", "push", "discard"]).default("keep"),
  /** Build with the engine's own frontend instead of the image that a `# syntax=` line names. */
  ignoreSyntax: z.boolean().default(false),
});
export type BuildOptions = z.infer<typeof buildOptionsSchema>;

/** Bytes of one secret that BuildKit takes (session/secrets, MaxSecretSize). */
export const MAX_SECRET_BYTES = 500 * 1024;

/** Bytes of one private key: the longest RSA has not a tenth of it. */
export const MAX_SSH_KEY_BYTES = 64 * 1024;

/** Keys under one id. */
export const MAX_SSH_KEYS = 5;

const base64Of = (noun: string, bytes: number) =>
  z.base64().max(Math.ceil(bytes / 3) * 4, `${noun} has at most ${bytes.toLocaleString("en")} bytes`);

function byId<Schema extends z.ZodType>(schema: Schema) {
  return z.record(secretIdSchema, schema).refine((values) => Object.keys(values).length <= 20, "at most 20");
}

/** Values by id, base64. They travel beside the options, never in them. */
export const secretValuesSchema = byId(base64Of("a secret", MAX_SECRET_BYTES));

const givenKeySchema = z.object({
  /** Base64 of the file. */
  key: base64Of("an ssh key", MAX_SSH_KEY_BYTES),
  /** What it is locked by; absent where it is not. */
  passphrase: z.string().min(1).max(1000).optional(),
});
export type GivenKey = z.infer<typeof givenKeySchema>;

/** Private keys by the id that `RUN --mount=type=ssh` asks for: an id may have several. */
export const sshKeysSchema = byId(z.array(givenKeySchema).max(MAX_SSH_KEYS));

/** What goes with one build and is kept nowhere. */
export interface GivenValues {
  secrets: Readonly<Record<string, string>>;
  sshKeys: Readonly<Record<string, readonly GivenKey[]>>;
}
