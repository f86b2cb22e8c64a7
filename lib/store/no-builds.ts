import type { BuildParts } from "./build-slice";

/** What is known of a document's builds before anybody has asked. */
export const noBuilds = () =>
  ({
    hosts: null,
    host: null,
    build: null,
    buildProblem: null,
    history: [],
    secrets: new Map(),
    sshKeys: new Map(),
  }) satisfies Partial<BuildParts>;
