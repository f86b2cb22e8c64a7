/**
 * Sizes from Docker Hub's own interface: one request for many tags, where asking for every manifest would count as as
 * many pulls against the visitor's limit (https://docs.docker.com/reference/api/hub/latest/).
 */
import { z } from "zod";
import { get } from "./request";

const pageSchema = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      images: z
        .array(z.object({ os: z.string().nullable(), architecture: z.string(), size: z.number().min(0) }))
        .default([]),
    }),
  ),
});

/** Compressed bytes by tag, of the tags that hold `wish` and changed last. */
export async function hubSizes(
  address: string,
  repository: string,
  wish: string,
  platform: string,
  trusted: (host: string) => boolean,
): Promise<ReadonlyMap<string, number>> {
  const query = new URLSearchParams({ page_size: "100", ...(wish && { name: wish }) });
  const url = new URL(`/v2/repositories/${repository}/tags?${query}`, address);
  const { status, body } = await get(
    url,
    { accept: "application/json" },
    trusted,
    AbortSignal.timeout(4_000),
  );
  if (status !== 200) return new Map();
  const [os, architecture] = platform.split("/");
  return new Map(
    pageSchema.parse(JSON.parse(body)).results.flatMap(({ name, images }) => {
      const own = images.find((each) => each.os === os && each.architecture === architecture);
      return own ? [[name, own.size] as const] : [];
    }),
  );
}
