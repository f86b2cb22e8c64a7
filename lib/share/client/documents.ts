/** Documents, their links, the templates they start from, and the limits they have to keep. */
import { z } from "zod";
import {
  documentListingSchema,
  limitsSchema,
  linkViewSchema,
  revisionListingSchema,
  revisionSchema,
  templateViewSchema,
} from "../answers";
import { documentViewSchema } from "../document";
import { ask, send } from "./request";

const part = encodeURIComponent;

export function createDocument(from: { title?: string; text?: string; template?: string; lesson?: string }) {
  return ask(documentViewSchema, "/api/documents", { method: "POST", json: from });
}

export function getDocument(id: string, signal?: AbortSignal) {
  return ask(documentViewSchema, `/api/documents/${part(id)}`, { signal });
}

/** Mine, newest first. */
export function listDocuments(signal?: AbortSignal) {
  return ask(z.array(documentListingSchema), "/api/documents", { signal });
}

export async function deleteDocument(id: string): Promise<void> {
  await send(`/api/documents/${part(id)}`, { method: "DELETE" });
}

/** Saves a Yjs update; gives back, as another, what the sender of `stateVector` lacks. */
export async function pushUpdate(
  id: string,
  update: Uint8Array,
  stateVector: Uint8Array,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const path = `/api/documents/${part(id)}/updates?sv=${part(toBase64(stateVector))}`;
  const response = await send(path, { method: "POST", bytes: update, signal });
  return new Uint8Array(await response.arrayBuffer());
}

/** Earlier texts of a document of mine, newest first. */
export function listRevisions(id: string, signal?: AbortSignal) {
  return ask(z.array(revisionListingSchema), `/api/documents/${part(id)}/revisions`, { signal });
}

export function getRevision(id: string, revision: string) {
  return ask(revisionSchema, `/api/documents/${part(id)}/revisions/${part(revision)}`);
}

export function listTemplates(signal?: AbortSignal) {
  return ask(z.array(templateViewSchema), "/api/templates", { signal });
}

export function getLimits(signal?: AbortSignal) {
  return ask(limitsSchema, "/api/limits", { signal });
}

export function createLink(id: string) {
  return ask(linkViewSchema, `/api/documents/${part(id)}/links`, { method: "POST", json: {} });
}

export function listLinks(id: string, signal?: AbortSignal) {
  return ask(z.array(linkViewSchema), `/api/documents/${part(id)}/links`, { signal });
}

export async function revokeLink(id: string, token: string): Promise<void> {
  await send(`/api/documents/${part(id)}/links/${part(token)}`, { method: "DELETE" });
}

/** A document of one's own with the same text, places and build context. */
export function forkShared(token: string) {
  return ask(documentViewSchema, `/api/shared/${part(token)}/fork`, { method: "POST", json: {} });
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
