/** A new text for the ignore file of an attached build context: the list of its files with one other content. */
import type { Database } from "../../../db";
import type { ContextSummary } from "../../../share/document";
import { Refusal } from "../../../share/refusal";
import type { IgnoreFileText } from "../../../share/requests";
import { IGNORE_FILES } from "../../context/ignore-file";
import { type ContextLimits, tooManyBytes, tooManyEntries } from "./archive/intake";
import type { Received } from "./blobs";
import { inOrder, type StoredEntry } from "./entries";
import type { ContextStore } from "./store";

const MODE = 0o644;

/** Refuses where another context was attached since `of`, whose ignore file was read. */
export async function writeIgnoreFile(
  db: Database,
  store: ContextStore,
  limits: ContextLimits,
  documentId: string,
  { of, text }: IgnoreFileText,
): Promise<ContextSummary> {
  const document = await db.document.findUnique({
    where: { id: documentId },
    select: { contextId: true, contextName: true },
  });
  if (document?.contextId !== of) throw otherContext();
  const { entries } = await store.open(of);
  return store.receive(async (staging) => {
    const content = await staging.receive(inOnePart(text));
    const next = withIgnoreFile(entries, content, Date.now());
    if (next.length > limits.entries) throw tooManyEntries(limits);
    if (next.reduce((sum, { bytes }) => sum + bytes, 0) > limits.bytes) throw tooManyBytes(limits);
    return store.publish(documentId, document.contextName ?? "", next, staging);
  });
}

/** The file that counts for BuildKit with this content; a new one where there is none. */
export function withIgnoreFile(
  entries: readonly StoredEntry[],
  content: Received,
  modified: number,
): StoredEntry[] {
  const isFile = (path: string) => entries.some((entry) => entry.path === path && entry.kind === "file");
  const path = IGNORE_FILES.find(isFile) ?? ".dockerignore";
  const before = entries.find((entry) => entry.path === path);
  if (before?.kind === "folder") throw isFolder(path);
  const mode = before?.kind === "file" ? before.mode : MODE;
  const file: StoredEntry = { path, kind: "file", mode, modified, ...content };
  return inOrder([...entries.filter((entry) => entry !== before), file]);
}

async function* inOnePart(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function otherContext(): Refusal {
  return new Refusal(
    "conflict",
    "other-context",
    "The build context is another one than when this file was opened.",
    "Copy what you wrote, and open the file anew.",
  );
}

function isFolder(path: string): Refusal {
  return new Refusal(
    "conflict",
    "ignore-file-is-folder",
    `${path} is a folder in this build context.`,
    "Remove the folder from what you attach, and attach it again.",
  );
}
