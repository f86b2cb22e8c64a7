/** An owner's document to which build contexts are sent, over HTTP. */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openStand, type Stand } from "../build-server/stand";
import { EXECUTABLE, FILE, makeZip } from "../build-server/zip";
import { Browser } from "./browser";

export const LIMIT = 1_000_000;
export const HELLO = makeZip([
  { name: "main.go", content: "package main\n", mode: FILE },
  { name: "bin/run", content: "#!/bin/sh\n", mode: EXECUTABLE },
]);

export const hashOf = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");
export const HELLO_KEPT = ["package main\n", "#!/bin/sh\n"].map(hashOf).sort();

export async function openDocument() {
  const stand = await openStand({ STAGECRAFT_CONTEXT_LIMIT: String(LIMIT) });
  const owner = new Browser(stand.services);
  return { stand, owner, id: await newDocument(owner) };
}

export const newDocument = async (owner: Browser): Promise<string> =>
  (await owner.post("/api/documents", { text: "FROM a\n" })).body.id;

export const putHello = (owner: Browser, document: string, zip: Uint8Array) =>
  owner.putZip(`/api/documents/${document}/context?name=hello.zip`, zip);

/** Hashes of all contents in the store. */
export const keptIn = ({ folder }: Stand) =>
  readdirSync(join(folder, "blobs"))
    .flatMap((group) => readdirSync(join(folder, "blobs", group)))
    .sort();
