/** What the page and its packing worker say to each other. */
import type { PickedFile } from "./picked-files";

export interface PackOrder {
  files: PickedFile[];
  /** 0 stores, 1 to 9 deflate. */
  level: 0 | 1;
}

export type PackReport =
  | { type: "progress"; bytes: number }
  | { type: "done"; zip: Blob }
  | { type: "failed"; path: string; reason: string };
