/**
 * A Dockerfile on disk and its text in the editor. The text holds LF only and no byte order mark; what was taken off
 * is remembered and put back, so that an untouched file leaves as it came.
 */
import type { FileFormat } from "./document";

const BYTE_ORDER_MARK = "\uFEFF";

export interface OpenedFile {
  text: string;
  format: FileFormat;
  /** Line endings of several kinds: kept as they are, to be said to whoever opens the file. */
  mixed: boolean;
}

export function openFile(content: string): OpenedFile {
  const bom = content.startsWith(BYTE_ORDER_MARK);
  const text = bom ? content.slice(1) : content;
  const pairs = text.match(/\r\n/g)?.length ?? 0;
  const feeds = text.match(/\n/g)?.length ?? 0;
  const returns = text.match(/\r/g)?.length ?? 0;
  const uniform = pairs === feeds && pairs === returns;
  if (pairs > 0 && uniform)
    return { text: text.replaceAll("\r\n", "\n"), format: { eol: "crlf", bom }, mixed: false };
  return { text, format: { eol: "lf", bom }, mixed: returns > 0 };
}

export function closeFile(text: string, format: FileFormat): string {
  const lines = format.eol === "crlf" ? text.replace(/\r?\n/g, "\r\n") : text;
  return format.bom ? BYTE_ORDER_MARK + lines : lines;
}
