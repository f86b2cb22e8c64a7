/**
 * Logins at registries: those of the docker client's settings on the machine that the server runs on (`docker login`).
 * Looked up for one registry at a time, when that registry is talked to; they go to the build host, never to a browser.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

/** With `identityToken`, that instead of a name and a password. */
export type Login = { username: string; password: string } | { identityToken: string };

export interface Credentials {
  /** Null where there is no login for the registry; `registry` as BuildKit or an image's name has it. */
  of(registry: string): Promise<Login | null>;
}

export const NO_CREDENTIALS: Credentials = { of: async () => null };

/** What docker's settings call Docker Hub. */
const HUB_KEY = "https://index.docker.io/v1/";
const HUB_NAMES = ["docker.io", "index.docker.io", "registry-1.docker.io"];
/** Where a helper gives an identity token, it gives this name with it. */
const TOKEN_NAME = "<token>";
const HELPER_TIMEOUT_MS = 10_000;

const settingsSchema = z.object({
  auths: z
    .record(
      z.string(),
      z.object({
        auth: z.string().optional(),
        username: z.string().optional(),
        password: z.string().optional(),
        identitytoken: z.string().optional(),
      }),
    )
    .default({}),
  credHelpers: z.record(z.string(), z.string()).default({}),
  credsStore: z.string().optional(),
});
const helperAnswerSchema = z.object({ Username: z.string(), Secret: z.string() });

/** `folder` is that of the docker client's settings, mostly ~/.docker. */
export function dockerCredentials(folder: string): Credentials {
  return {
    async of(registry) {
      const settings = await read(path.join(folder, "config.json"));
      if (!settings) return null;
      const key = HUB_NAMES.includes(registry) ? HUB_KEY : registry;
      const helper = settings.credHelpers[registry] ?? settings.credHelpers[key] ?? settings.credsStore;
      if (helper) {
        const given = await askHelper(helper, key);
        if (given) return given;
      }
      const found = Object.entries(settings.auths).find(
        ([name]) => name === key || hostOf(name) === hostOf(key),
      );
      return found ? loginOf(found[1]) : null;
    },
  };
}

async function read(file: string): Promise<z.infer<typeof settingsSchema> | null> {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    // As docker does without settings, or with some that are not understood: nobody is logged in.
    return null;
  }
}

/** `https://host/v1/` and `host` are the same registry (docker/cli, credentials.ConvertToHostname). */
const hostOf = (key: string) => key.replace(/^https?:\/\//, "").split("/")[0];

function loginOf(entry: z.infer<typeof settingsSchema>["auths"][string]): Login | null {
  if (entry.identitytoken) return { identityToken: entry.identitytoken };
  const [, username = entry.username, password = entry.password] =
    /^([^:]*):([\s\S]*)$/.exec(Buffer.from(entry.auth ?? "", "base64").toString("utf8")) ?? [];
  return username && password !== undefined ? { username, password: password.replace(/\0+$/, "") } : null;
}

/** `docker-credential-NAME get`, as the docker client asks it; null where it has nothing. */
function askHelper(name: string, key: string): Promise<Login | null> {
  if (!/^[\w.-]+$/.test(name)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const child = execFile(
      `docker-credential-${name}`,
      ["get"],
      { timeout: HELPER_TIMEOUT_MS },
      (error, stdout) => {
        if (error) return resolve(null);
        try {
          const { Username, Secret } = helperAnswerSchema.parse(JSON.parse(stdout));
          const token = Username === TOKEN_NAME;
          resolve(token ? { identityToken: Secret } : { username: Username, password: Secret });
        } catch {
          resolve(null);
        }
      },
    );
    child.stdin?.on("error", () => {});
    child.stdin?.end(key);
  });
}
