/** The build context of a document: sent with progress, listed, removed. */
import { contextViewSchema } from "../answers";
import { type ContextSummary, contextSummarySchema } from "../document";
import { ask, problemFrom, readAnswer, send, unreachable } from "./request";

const contextPath = (id: string) => `/api/documents/${encodeURIComponent(id)}/context`;

export interface UploadProgress {
  sent: number;
  total: number;
}

/**
 * Sends a zip as the document's build context. XMLHttpRequest, since fetch cannot say how much of a body has left.
 * Rejects with the signal's reason when aborted; nothing already attached is touched then.
 */
export function putContext(
  id: string,
  zip: Blob,
  name: string,
  onProgress?: (progress: UploadProgress) => void,
  signal?: AbortSignal,
): Promise<ContextSummary> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    const settle = (finish: () => void) => {
      signal?.removeEventListener("abort", cancel);
      finish();
    };
    request.upload.onprogress = (event) => onProgress?.({ sent: event.loaded, total: zip.size });
    request.onabort = () => settle(() => reject(signal?.reason ?? unreachable()));
    request.onerror = () => settle(() => reject(unreachable()));
    request.onload = () =>
      settle(() => {
        const { status, responseText } = request;
        if (status < 200 || status > 299) return reject(problemFrom(status, responseText));
        try {
          resolve(readAnswer(contextSummarySchema, status, responseText));
        } catch (error) {
          reject(error);
        }
      });
    signal?.addEventListener("abort", cancel);
    request.open("PUT", `${contextPath(id)}?name=${encodeURIComponent(name)}`);
    request.setRequestHeader("content-type", "application/zip");
    request.send(zip);
  });
}

/** A template's own files as the document's build context; null where it has none. */
export function putTemplateContext(id: string, template: string): Promise<ContextSummary | null> {
  return ask(contextSummarySchema.nullable(), contextPath(id), { method: "POST", json: { template } });
}

export async function deleteContext(id: string): Promise<void> {
  await send(contextPath(id), { method: "DELETE" });
}

export function getContext(id: string, signal?: AbortSignal) {
  return ask(contextViewSchema, contextPath(id), { signal });
}
