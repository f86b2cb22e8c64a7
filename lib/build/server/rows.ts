/** Builds as the database keeps them, and as everybody else sees them. */
import { z } from "zod";
import type { Build } from "../../db/generated/client";
import type { BuildDetail } from "../../share/answers";
import { type BuildSummary, buildSummarySchema, fileFormatSchema } from "../../share/document";
import { type BuildOptions, type BuildStatus, buildErrorSchema, buildOptionsSchema } from "../events";

export const UNFINISHED: BuildStatus[] = ["queued", "running"];

/** What an earlier version took and this one does not counts as not chosen: the build, and its document, stay readable. */
const keptOptionsSchema = z.object(
  Object.fromEntries(
    Object.entries(buildOptionsSchema.shape).map(([name, option]: [string, z.ZodType]) => [
      name,
      option.catch(option.parse(undefined)),
    ]),
  ),
);

export function readOptions(kept: string): BuildOptions {
  return keptOptionsSchema.parse(JSON.parse(kept)) as BuildOptions;
}

const sizesSchema = z.record(z.string(), z.number());

export function toSummary(row: Build): BuildSummary {
  return {
    id: row.id,
    documentId: row.documentId,
    status: buildSummarySchema.shape.status.parse(row.status),
    host: row.host,
    options: readOptions(row.options),
    error: row.error === null ? null : buildErrorSchema.parse(JSON.parse(row.error)),
    createdAt: row.createdAt.getTime(),
    startedAt: row.startedAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
    sizes: sizesSchema.parse(JSON.parse(row.sizes)),
    ...(row.imported && { imported: true as const }),
  };
}

export function toDetail(row: Build): BuildDetail {
  const format = fileFormatSchema.parse({ eol: row.eol, bom: row.bom });
  return { ...toSummary(row), text: row.text, format };
}
