/**
 * Runs a real build and writes its events, one a line, as a build is stored and streamed:
 *
 *   npx tsx scripts/record-build.ts DOCKERFILE CONTEXT-FOLDER [--no-cache] [--cancel-after MS] > events.ndjson
 *
 * The Docker host is found as the server finds it. What differs from run to run only by place or time (names of the
 * machine, image ids) is kept: the recordings are to be what really comes.
 */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildOptionsSchema } from "../lib/build/events";
import { folderAsContext } from "../lib/build/server/folder";
import { createHosts } from "../lib/build/server/hosts";
import { runBuild } from "../lib/build/server/runner";

async function record(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "no-cache": { type: "boolean" }, "cancel-after": { type: "string" } },
  });
  const [dockerfile, context] = positionals;
  if (!dockerfile) throw new Error("Which Dockerfile? See the top of scripts/record-build.ts.");
  const hosts = createHosts({ dockerHost: process.env.DOCKER_HOST, home: homedir() });
  const host = await hosts.connect();
  const cancel = new AbortController();
  const cancelAfter = values["cancel-after"];
  if (cancelAfter) setTimeout(() => cancel.abort(), Number(cancelAfter)).unref();
  let seq = 0;
  await runBuild(
    host,
    {
      id: "recorded",
      document: "recorded",
      dockerfile: readFileSync(dockerfile, "utf8"),
      context: context ? await folderAsContext(resolve(context)) : null,
      options: buildOptionsSchema.parse({ noCache: values["no-cache"] ?? false }),
    },
    (body) => console.log(JSON.stringify({ seq: ++seq, at: Date.now(), ...body })),
    cancel.signal,
  );
  hosts.close();
}

await record();
