/** What the page and its hashing worker say to each other. */
import type { PickedFile } from "./picked-files";

export interface HashOrder {
  files: PickedFile[];
}

/** A file as the server is told of it: see contextFilesSchema. */
export interface HashedFile {
  path: string;
  blob: string;
  bytes: number;
  mode: number;
  modified: number;
}

export type HashReport =
  | { type: "progress"; bytes: number }
  | { type: "done"; files: HashedFile[] }
  | { type: "failed"; path: string; reason: string };
