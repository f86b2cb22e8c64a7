/** Where a document's builds are begun and read: by its owner, or by whoever holds a link to it. */

import type { DocumentFigures } from "../build/figures";
import type { GivenValues } from "../build/options";
import type { StepReason } from "../build/why";
import type { BuildDetail, Revision, RevisionListing } from "../share/answers";
import type { FollowProblem } from "../share/client";
import type { BuildEvent, BuildOptions, BuildSummary, HostList } from "./wire";

export interface BuildSource {
  /** Hands over every event of a build from its first; gives back what ends that. */
  follow(
    build: string,
    onEvents: (batch: BuildEvent[]) => void,
    onEnd: () => void,
    onProblem: (problem: FollowProblem) => void,
  ): () => void;
  getBuild(build: string): Promise<BuildDetail>;
  listBuilds(): Promise<BuildSummary[]>;
  /** What those that are over took and weigh; of newer ones first, and not of all. */
  getFigures(signal?: AbortSignal): Promise<DocumentFigures>;
  /** Why its steps ran; only its owner is told. */
  getReasons?(build: string): Promise<{ steps: StepReason[] }>;
  /** Earlier texts; only the document's owner is told of them. */
  revisions?: RevisionSource;
  /** What only those ask who may build. */
  owner?: BuildOwner;
}

export interface RevisionSource {
  /** Newest first. */
  list(): Promise<RevisionListing[]>;
  get(id: string): Promise<Revision>;
}

export interface BuildOwner {
  listHosts(): Promise<HostList>;
  startBuild(options: BuildOptions, given: GivenValues, replace: boolean): Promise<BuildSummary>;
  cancelBuild(build: string): Promise<void>;
  /** Adds a build from its record. */
  importBuild(file: Blob): Promise<BuildSummary>;
}
