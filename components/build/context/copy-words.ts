import type { CopyPreview } from "@/lib/build/context/copies";
import { formatBytes, formatCount } from "@/lib/build/format";

/** "12 files, 34kB"; what is wrong first. */
export function copyInWords({ files, bytes, sources }: CopyPreview): string {
  const wrong = sources.some(({ problem }) => problem !== null);
  if (files === 0) return wrong ? "nothing" : "no files";
  return `${formatCount(files, "file")}, ${formatBytes(bytes)}${wrong ? ", not all" : ""}`;
}
