/** Builds of the document: begin, follow, stop, look back. */

import { applyEvents, type LogStore } from "../build/logs";
import { type BuildMatch, isIdentity, matchStages } from "../build/match";
import type { GivenValues } from "../build/options";
import { forPlatform, platformStatus, platformToShow } from "../build/platforms";
import { emptyBuild, reduceBuild } from "../build/reducer";
import type { BuildState } from "../build/state";
import { moveReasons, moveToToday } from "../build/today";
import type { StepReason } from "../build/why";
import type { Stage } from "../dockerfile";
import { parseDockerfile } from "../dockerfile/parse";
import { RequestError } from "../share/client/request-error";
import type { BuildSource } from "./build-source";
import type { GetStore, SetStore } from "./document-store";
import { noBuilds } from "./no-builds";
import type { BuildSlice, HeldKey } from "./types";
import type { BuildSummary, HostList, HostView } from "./wire";

/** How often the host's health is asked for, in milliseconds. */
const HOST_EVERY = 15_000;

export interface BuildParts extends Omit<BuildSlice, "options" | "setOptions"> {
  /** After the text changed: puts the figures of the build on show where they belong now. */
  matchBuild(): void;
  /** Asks for the builds so far, and from now on for the health of the host, where one may build. */
  watchBuilds(): () => void;
}

export function createBuildSlice(
  source: BuildSource,
  logs: LogStore,
  flush: () => Promise<void>,
  set: SetStore,
  get: GetStore,
): BuildParts {
  /** The build on show as its events tell it, and the text it was made from. */
  let shown: {
    summary: BuildSummary;
    raw: BuildState;
    stages: readonly Stage[];
    reasons: readonly StepReason[];
    /** The platform that somebody chose to look at. */
    platform: string | null;
  } | null = null;
  let match: BuildMatch | null = null;
  let stopFollowing = () => {};

  const publish = () => {
    if (!shown) return set({ build: null });
    const { raw, summary, reasons, platform } = shown;
    const name = platformToShow(raw, platform);
    const built = name === null ? raw : forPlatform(raw, name);
    const state = match ? moveToToday(built, match, get().tree.stages) : built;
    const all = raw.platforms.map((name) => ({ name, status: platformStatus(raw, name) }));
    const platforms = name !== null && { platforms: { shown: name, all } };
    const now = match ? moveReasons(reasons, match) : reasons;
    set({ build: { summary, state, reasons: now, ...platforms } });
  };
  const matchBuild = () => {
    if (!shown) return;
    const today = get().tree.stages;
    const next = matchStages(shown.stages, today);
    match = isIdentity(next, today) ? null : next;
    publish();
  };
  const say = (error: unknown) => {
    if (!(error instanceof RequestError)) return set({ buildProblem: { message: String(error) } });
    const { message, hint, code } = error;
    set({ buildProblem: { message, hint, mayReplace: code === "already-building" } });
  };
  const remember = (summary: BuildSummary) => {
    const others = get().history.filter(({ id }) => id !== summary.id);
    set({ history: [...others, summary].sort((a, b) => b.createdAt - a.createdAt) });
  };

  const follow = (summary: BuildSummary, text: string) => {
    stopFollowing();
    logs.clear();
    const { stages } = parseDockerfile(text);
    shown = { summary, raw: emptyBuild(), stages, reasons: [], platform: null };
    matchBuild();
    stopFollowing = source.follow(
      summary.id,
      (events) => {
        if (shown?.summary.id !== summary.id) return;
        applyEvents(logs, events);
        const raw = reduceBuild(shown.raw, events);
        shown = { ...shown, raw, summary: { ...shown.summary, status: raw.status } };
        publish();
      },
      () => {
        set({ buildProblem: null });
        void source.getBuild(summary.id).then((detail) => {
          remember(detail);
          if (shown?.summary.id !== summary.id) return;
          shown = { ...shown, summary: detail };
          publish();
        }, say);
        // What it is good to know, and no harm to lack: a failure to tell is not told.
        void source.getReasons?.(summary.id).then(
          ({ steps }) => {
            if (shown?.summary.id !== summary.id) return;
            shown = { ...shown, reasons: steps };
            publish();
          },
          () => {},
        );
      },
      ({ error, retrying }) => {
        if (!retrying) say(error);
      },
    );
  };

  return {
    ...noBuilds(),
    setSecret: (id, value) => set({ secrets: withValue(get().secrets, id, value) }),
    setSshKeys: (id, keys) => set({ sshKeys: withValue(get().sshKeys, id, keys.length > 0 ? keys : null) }),
    clearBuildProblem: () => set({ buildProblem: null }),
    async startBuild(replace = false) {
      if (!source.owner) return;
      set({ buildProblem: null });
      try {
        await flush();
        const text = get().text;
        const given = { secrets: base64Of(get().secrets), sshKeys: keysOf(get().sshKeys) };
        const summary = await source.owner.startBuild(get().options, given, replace);
        remember(summary);
        follow(summary, text);
      } catch (error) {
        say(error);
      }
    },
    async stopBuild() {
      const running = get().build?.summary;
      if (!running) return;
      await source.owner?.cancelBuild(running.id).catch(say);
    },
    async showBuild(id) {
      try {
        const detail = await source.getBuild(id);
        follow(detail, detail.text.replaceAll("\r\n", "\n"));
      } catch (error) {
        say(error);
      }
    },
    async importBuild(file) {
      if (!source.owner) return;
      set({ buildProblem: null });
      try {
        const summary = await source.owner.importBuild(file);
        remember(summary);
        await get().showBuild(summary.id);
      } catch (error) {
        say(error);
      }
    },
    showPlatform(platform) {
      if (!shown) return;
      shown = { ...shown, platform };
      publish();
    },
    matchBuild,
    watchBuilds() {
      const ask = () =>
        void source.owner?.listHosts().then(
          (hosts) => set({ hosts, host: hostOf(hosts, get().options.host) }),
          () => set({ host: { state: "none", reason: "The Stagecraft server does not answer." } }),
        );
      ask();
      const timer = source.owner && setInterval(ask, HOST_EVERY);
      void source.listBuilds().then(
        (history) => set({ history }),
        () => {},
      );
      return () => {
        clearInterval(timer);
        stopFollowing();
      };
    },
  };
}

/** The host that a build goes to, where this one was chosen. */
export function hostOf({ hosts, default: usual, reason }: HostList, chosen: string | null): HostView {
  const id = chosen ?? usual;
  const found = hosts.find((host) => host.id === id);
  if (found) return found;
  return {
    state: "none",
    reason:
      chosen === null
        ? (reason ?? "There is no build host.")
        : `There is no build host ${chosen} here any more.`,
  };
}

function withValue<Value>(values: ReadonlyMap<string, Value>, id: string, value: Value | null) {
  const next = new Map(values);
  if (value === null) next.delete(id);
  else next.set(id, value);
  return next;
}

const base64Of = (values: ReadonlyMap<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...values].map(([id, value]) => [id, toBase64(value)]));

const keysOf = (keys: ReadonlyMap<string, readonly HeldKey[]>): GivenValues["sshKeys"] =>
  Object.fromEntries(
    [...keys].map(([id, held]) => [
      id,
      held.map(({ content, passphrase }) => ({
        key: toBase64(content),
        ...(passphrase !== "" && { passphrase }),
      })),
    ]),
  );

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
