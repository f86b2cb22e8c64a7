/** Builds of a document: begin, stop, look back. Their events come through ./follow. */
import { z } from "zod";
import type { BuildOptions } from "../../build/events";
import type { GivenValues } from "../../build/options";
import { buildDetailSchema, contextViewSchema, stepReasonsSchema } from "../answers";
import { type BuildSummary, buildSummarySchema } from "../document";
import { RECORD_TYPE } from "../record-file";
import { ask, send } from "./request";

const part = encodeURIComponent;

/**
 * Builds the saved text; 409 while another build of the document runs, unless it is to be replaced. What is
 * `given` with it are values by id, base64.
 */
export function startBuild(
  id: string,
  options: BuildOptions,
  given: GivenValues = { secrets: {}, sshKeys: {} },
  replace = false,
): Promise<BuildSummary> {
  return ask(buildSummarySchema, `/api/documents/${part(id)}/builds`, {
    method: "POST",
    json: { options, ...given, replace },
  });
}

export async function cancelBuild(id: string): Promise<void> {
  await send(`/api/builds/${part(id)}/cancel`, { method: "POST", json: {} });
}

/** Newest first. */
export function listBuilds(documentId: string, signal?: AbortSignal) {
  return ask(z.array(buildSummarySchema), `/api/documents/${part(documentId)}/builds`, { signal });
}

export function getBuild(id: string, signal?: AbortSignal) {
  return ask(buildDetailSchema, `/api/builds/${part(id)}`, { signal });
}

export function getReasons(id: string, signal?: AbortSignal) {
  return ask(stepReasonsSchema, `/api/builds/${part(id)}/why`, { signal });
}

/** What a build was made from. */
export function getBuildContext(id: string, signal?: AbortSignal) {
  return ask(contextViewSchema, `/api/builds/${part(id)}/context`, { signal });
}

/** Where the browser downloads the image of a build. */
export function archivePath(id: string): string {
  return `/api/builds/${part(id)}/image`;
}

/** Where the browser downloads a build as one file; with a token, for whoever holds that link. */
export function recordPath(id: string, token: string | null = null): string {
  return token === null
    ? `/api/builds/${part(id)}/record`
    : `/api/shared/${part(token)}/builds/${part(id)}/record`;
}

/** Adds the build that such a file holds, to be looked at. */
export function importBuild(documentId: string, file: Blob) {
  return ask(buildSummarySchema, `/api/documents/${part(documentId)}/builds/import`, {
    method: "POST",
    bytes: file,
    type: RECORD_TYPE,
  });
}

export function buildEventsPath(id: string): string {
  return `/api/builds/${part(id)}/events`;
}

/** The same stream for whoever holds a link to the build's document. */
export function sharedBuildEventsPath(token: string, id: string): string {
  return `/api/shared/${part(token)}/builds/${part(id)}/events`;
}

export function listSharedBuilds(token: string, signal?: AbortSignal) {
  return ask(z.array(buildSummarySchema), `/api/shared/${part(token)}/builds`, { signal });
}

export function getSharedBuild(token: string, id: string, signal?: AbortSignal) {
  return ask(buildDetailSchema, `/api/shared/${part(token)}/builds/${part(id)}`, { signal });
}
