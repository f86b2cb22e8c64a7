/**
 * Builds of a document that is only read. The picture does not need them: what follows a build is loaded when the first
 * is asked for, after the canvas is drawn, and is the store's own from then on.
 */
import type { LogStore } from "../build/logs";
import type { BuildParts } from "./build-slice";
import type { BuildSource } from "./build-source";
import type { GetStore, SetStore } from "./document-store";
import { noBuilds } from "./no-builds";

const none = async () => {};
const nothing = () => {};

export function createReadBuilds(
  source: BuildSource,
  logs: LogStore,
  set: SetStore,
  get: GetStore,
): BuildParts {
  let loading: Promise<BuildParts> | undefined;
  const loaded = () => {
    loading ??= import("./build-slice").then(({ createBuildSlice }) => {
      const slice = createBuildSlice(source, logs, none, set, get);
      set(slice);
      return slice;
    });
    return loading;
  };
  return {
    ...noBuilds(),
    setSecret: nothing,
    setSshKeys: nothing,
    clearBuildProblem: nothing,
    startBuild: none,
    stopBuild: none,
    importBuild: none,
    showBuild: async (id) => (await loaded()).showBuild(id),
    showPlatform: nothing,
    matchBuild: nothing,
    watchBuilds() {
      let stop = nothing;
      let stopped = false;
      void loaded().then(({ watchBuilds }) => {
        if (!stopped) stop = watchBuilds();
      });
      return () => {
        stopped = true;
        stop();
      };
    },
  };
}
