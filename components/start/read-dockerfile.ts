/** A Dockerfile from the visitor's disk, before anything of it goes anywhere. */
import { formatBytes } from "@/lib/build/format";
import { decodeText } from "@/lib/dockerfile";
import { MAX_TEXT_BYTES } from "@/lib/share/document";

/** The file's text as it is on disk, BOM and line endings included; throws, in words, what can't be one. */
export async function readDockerfile(file: File): Promise<string> {
  if (file.size > MAX_TEXT_BYTES) {
    throw new Error(
      `${file.name} is ${formatBytes(file.size)}; a Dockerfile can be at most 1 MiB (${formatBytes(MAX_TEXT_BYTES)}).`,
    );
  }
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (text.includes("\0")) throw new Error(`${file.name} is not a text file, so it can't be a Dockerfile.`);
  return text;
}

/** `Dockerfile` says nothing about a document; `api.Dockerfile` and `Dockerfile.prod` do. */
export function titleOfFile(name: string): string | undefined {
  return /^(dockerfile|containerfile)$/i.test(name) ? undefined : name;
}

/** Whether a file with this name is a Dockerfile, as people name them. */
export function isDockerfileName(name: string): boolean {
  return /^(dockerfile|containerfile)(\..+)?$/i.test(name) || /\.(dockerfile|containerfile)$/i.test(name);
}
