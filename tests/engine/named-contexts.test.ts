/** Named contexts, fetched from an address or sent beforehand: the host gets their files under their names. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { attachedSource } from "@/lib/build/options";
import { createRemoteContexts } from "@/lib/build/server/contexts/remote";
import { openStore } from "@/lib/build/server/contexts/store";
import { createGit } from "@/lib/build/server/git";
import { openDatabase } from "@/lib/db";
import { type GitServer, startGitServer } from "../build-server/git/server";
import { makeTar } from "../build-server/tar";
import { build, fresh, onEveryEngine } from "./builds";

const TAR = makeTar([{ header: { path: "config" }, content: "from the archive\n" }]);

onEveryEngine(
  "named contexts",
  ({ host, folder }) => {
    let server: GitServer;
    let closeDatabase: () => Promise<void>;
    let remote: ReturnType<typeof createRemoteContexts>;

    beforeAll(async () => {
      const here = await folder();
      server = await startGitServer(here, (request, response) => {
        if (!request.url?.endsWith(".tar")) return false;
        response.writeHead(request.url === "/app.tar" ? 200 : 404).end(TAR);
        return true;
      });
      server.commit("shared.git", { "lib/words": "from the repository\n" });
      process.env.GIT_SSL_CAINFO = server.authority;
      const data = join(here, "data");
      await mkdir(data);
      const { db, close } = await openDatabase(`file:${join(data, "db")}`, process.cwd());
      closeDatabase = close;
      const { receive } = await openStore(db, data);
      const privateHosts = [server.host];
      const limits = { bytes: 1_000_000, entries: 100 };
      remote = createRemoteContexts({
        git: createGit(privateHosts),
        limits,
        packed: 1_000_000,
        privateHosts,
        receive,
      });
    });
    afterAll(async () => {
      delete process.env.GIT_SSL_CAINFO;
      await server.close();
      await closeDatabase();
    });

    const dockerfile = () =>
      `FROM busybox\nCOPY --from=shared words /words\nCOPY --from=settings config /config\nRUN : ${fresh()}; cat /words /config\n`;

    it("are copied from, and told as what the build waits for", async () => {
      const contexts = {
        shared: `https://${server.host}/shared.git#main:lib`,
        settings: `https://${server.host}/app.tar`,
      };
      const told = await build(host(), { dockerfile: dockerfile(), options: { contexts }, remote });
      expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
      expect(told.output(0, 3)).toBe("from the repository\nfrom the archive\n");
      const fetched = told
        .all("vertex")
        .filter(({ name, completed }) => name.includes("fetching") && completed);
      expect(fetched.map(({ name }) => name)).toEqual([
        `[context shared] fetching ${contexts.shared}`,
        `[context settings] fetching ${contexts.settings}`,
      ]);
    });

    it("are taken from what was sent, in the place of a stage and of an image", async () => {
      const [shared, settings] = [await folder(), await folder()];
      await writeFile(join(shared, "words"), "from a folder\n");
      await writeFile(join(settings, "config"), "from another\n");
      const told = await build(host(), {
        dockerfile: `FROM busybox AS shared\nRUN exit 1\n${dockerfile()}`,
        options: {
          contexts: { shared: attachedSource("a".repeat(64)), settings: attachedSource("b".repeat(64)) },
        },
        attached: { shared, settings },
      });
      expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
      expect(told.output(1, 3)).toBe("from a folder\nfrom another\n");
    });

    it("that cannot be had fail the build before anything runs", async () => {
      const contexts = { shared: `https://${server.host}/nowhere.tar` };
      const told = await build(host(), { dockerfile: dockerfile(), options: { contexts }, remote });
      expect(told.finished.error?.message).toMatch(/named context shared could not be fetched: .*404/);
      expect(told.all("plan")).toEqual([]);
    });
  },
  ["28-overlay2"],
);
