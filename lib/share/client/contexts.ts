/** The build context of a document: sent with progress, listed, removed. */

import { z } from "zod";
import type { GitSource } from "../../build/context/git-source";
import { attachedFilesSchema, contextViewSchema, type TakenContext, takenContextSchema } from "../answers";
import { type ContextSummary, contextSummarySchema } from "../document";
import type { ContextFileList } from "../requests";
import { ask, problemFrom, readAnswer, send, unreachable } from "./request";

const contextPath = (id: string) => `/api/documents/${encodeURIComponent(id)}/context`;

/** As the build context, or beside it for builds to take by name. */
export type ContextUse = "main" | "named";

export interface UploadProgress {
  sent: number;
  total: number;
}

/**
 * Sends an archive as the document's build context. Rejects with the signal's reason when aborted; nothing already
 * attached is touched then.
 */
export async function putContext(
  id: string,
  archive: Blob,
  name: string,
  onProgress?: (progress: UploadProgress) => void,
  signal?: AbortSignal,
  use: ContextUse = "main",
): Promise<ContextSummary> {
  const path = `${contextPath(id)}?use=${use}&name=${encodeURIComponent(name)}`;
  const { status, body } = await upload(path, archive, {}, onProgress, signal);
  return readAnswer(contextSummarySchema, status, body);
}

/** Attaches files by the hashes of their contents; or says which contents to send first, with {@link putContents}. */
export function attachFiles(
  id: string,
  name: string,
  files: ContextFileList,
  signal?: AbortSignal,
  use: ContextUse = "main",
) {
  const json = { name, files };
  return ask(attachedFilesSchema, `${contextPath(id)}/files?use=${use}`, { method: "POST", json, signal });
}

/** @param onProgress gets the part that has left, from 0 to 1 */
export async function putContents(
  id: string,
  { body, gzipped }: { body: Blob; gzipped: boolean },
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const headers: Record<string, string> = gzipped ? { "content-encoding": "gzip" } : {};
  const report = ({ sent, total }: UploadProgress) => onProgress(total === 0 ? 1 : Math.min(1, sent / total));
  await upload(`${contextPath(id)}/contents`, body, headers, report, signal);
}

/** XMLHttpRequest, since fetch cannot say how much of a body has left. */
function upload(
  path: string,
  body: Blob,
  headers: Readonly<Record<string, string>>,
  onProgress?: (progress: UploadProgress) => void,
  signal?: AbortSignal,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    const settle = (finish: () => void) => {
      signal?.removeEventListener("abort", cancel);
      finish();
    };
    request.upload.onprogress = (event) => onProgress?.({ sent: event.loaded, total: body.size });
    request.onabort = () => settle(() => reject(signal?.reason ?? unreachable()));
    request.onerror = () => settle(() => reject(unreachable()));
    request.onload = () =>
      settle(() => {
        const { status, responseText } = request;
        if (status < 200 || status > 299) return reject(problemFrom(status, responseText));
        resolve({ status, body: responseText });
      });
    signal?.addEventListener("abort", cancel);
    request.open("PUT", path);
    request.setRequestHeader("content-type", "application/octet-stream");
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
  });
}

/** A template's own files as the document's build context; null where it has none. */
export function putTemplateContext(id: string, template: string): Promise<ContextSummary | null> {
  return ask(contextSummarySchema.nullable(), contextPath(id), { method: "POST", json: { template } });
}

/** Another text of the ignore file of the context `of`; what else is in it stays. */
export function putIgnoreFile(id: string, of: string, text: string): Promise<ContextSummary> {
  return ask(contextSummarySchema, `${contextPath(id)}/ignore-file`, { method: "PUT", json: { of, text } });
}

/** The files of a Git repository, which the server fetches; aborting the signal stops it. */
export function putGitContext(id: string, git: GitSource, signal: AbortSignal): Promise<TakenContext> {
  return ask(takenContextSchema, contextPath(id), { method: "POST", json: { git }, signal });
}

export async function deleteContext(id: string): Promise<void> {
  await send(contextPath(id), { method: "DELETE" });
}

/** What was sent for builds to take by name. */
export function listNamedContexts(id: string, signal?: AbortSignal): Promise<ContextSummary[]> {
  return ask(z.array(contextSummarySchema), `${contextPath(id)}/named`, { signal });
}

export function getContext(id: string, signal?: AbortSignal) {
  return ask(contextViewSchema, contextPath(id), { signal });
}
