/** Build hosts as they cross the wire. Keys, certificates and their paths only ever go in. */
import { z } from "zod";

export const HOST_NAME = /^[A-Za-z0-9][\w.-]{0,62}$/;
/** Hosts of one server, those that docker itself knows of not counted. */
export const MAX_HOSTS = 50;
/** The id of the host that the docker command would use; every other host's id is its name. */
export const DOCKERS_OWN = "docker";

const path = z.string().min(1).max(1000);

/** A host as whoever runs the server sets it up: one entry of the hosts file, and the form of the page. */
export const hostSettingSchema = z.strictObject({
  name: z
    .string()
    .regex(HOST_NAME, "must be letters, digits and . _ -, at most 63")
    .refine((name) => name !== DOCKERS_OWN, `“${DOCKERS_OWN}” is the host that docker itself uses`),
  /** As DOCKER_HOST: unix:///var/run/docker.sock, tcp://build:2376, ssh://me@build */
  address: z.string().min(1).max(500),
  /** Private key for ssh, a path on the server; else the keys that ssh itself would try. */
  key: path.optional(),
  /** Folder on the server with ca.pem, cert.pem and key.pem, for tcp. */
  certificates: path.optional(),
  /** Builds that run there at once. */
  builds: z.int().min(1).max(100).optional(),
});
export type HostSetting = z.infer<typeof hostSettingSchema>;

/** What is to change of a host: what is left out stays, null is taken away. */
export const hostChangeSchema = hostSettingSchema.partial().extend({
  key: path.nullish(),
  certificates: path.nullish(),
  builds: hostSettingSchema.shape.builds.nullable(),
});
export type HostChange = z.infer<typeof hostChangeSchema>;

export const hostFeaturesSchema = z.object({
  heredoc: z.boolean(),
  copyLink: z.boolean(),
  checks: z.boolean(),
  /** One image for several platforms. */
  multiPlatform: z.boolean(),
  /** Build cache written to a registry. */
  cacheExport: z.boolean(),
});
export type HostFeatures = z.infer<typeof hostFeaturesSchema>;

const known = {
  id: z.string(),
  name: z.string(),
  /** Without user names: unix:///var/run/docker.sock, tcp://build:2376, ssh://build */
  address: z.string(),
  /** Who set it up: docker's own environment and contexts, the hosts file, or somebody on the page. */
  source: z.enum(["docker", "file", "page"]),
  /** Since when it is as it is, epoch milliseconds. */
  since: z.number(),
};

export const readyHostSchema = z.object({
  state: z.literal("ready"),
  ...known,
  engine: z.string(),
  platform: z.string(),
  /** Its own first, then those that it can emulate. */
  platforms: z.array(z.string()),
  store: z.string(),
  /** Bytes where images are kept; null where neither the Engine nor its machine tells. */
  disk: z.object({ free: z.number(), total: z.number() }).nullable(),
  features: hostFeaturesSchema,
});

export const unreachableHostSchema = z.object({
  state: z.literal("unreachable"),
  ...known,
  reason: z.string(),
  /** It was reached before: a build may wait for it. */
  seen: z.boolean(),
});

/** `none`: there is no host at all, or not the one that was asked for. */
export const hostViewSchema = z.discriminatedUnion("state", [
  readyHostSchema,
  unreachableHostSchema,
  z.object({ state: z.literal("none"), reason: z.string() }),
]);
export type HostView = z.infer<typeof hostViewSchema>;
export type KnownHost = Exclude<HostView, { state: "none" }>;

const load = { running: z.int(), waiting: z.int() };

export const hostListSchema = z.object({
  hosts: z.array(
    z.discriminatedUnion("state", [readyHostSchema.extend(load), unreachableHostSchema.extend(load)]),
  ),
  /** Where a build goes that names no host; null where there is none. */
  default: z.string().nullable(),
  /** Why there is no host, where there is none. */
  reason: z.string().nullable(),
  /** This visitor may add and remove hosts. */
  mayManage: z.boolean(),
});
export type HostList = z.infer<typeof hostListSchema>;
