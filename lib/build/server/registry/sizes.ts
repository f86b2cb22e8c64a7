/** What an image weighs on the wire: the compressed layers of its manifest, as `docker pull` fetches them. */
import { z } from "zod";
import type { RegistrySession } from "./session";

const ACCEPT = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const bytes = z.number().int().min(0);
const manifestSchema = z.union([
  z.object({ layers: z.array(z.object({ size: bytes })), config: z.object({ size: bytes }) }),
  z.object({
    manifests: z.array(
      z.object({
        digest: z.string().regex(/^sha256:[a-f0-9]{64}$/),
        platform: z
          .object({ os: z.string(), architecture: z.string(), variant: z.string().optional() })
          .optional(),
      }),
    ),
  }),
]);

/** Bytes of an image's layers and configuration for a platform such as linux/amd64; null where they can't be had. */
export async function compressedSize(
  session: RegistrySession,
  repository: string,
  reference: string,
  platform: string,
): Promise<number | null> {
  const { status, body } = await session.get(`/v2/${repository}/manifests/${reference}`, ACCEPT);
  if (status !== 200) return null;
  const parsed = manifestSchema.safeParse(JSON.parse(body));
  if (!parsed.success) return null;
  if ("layers" in parsed.data) {
    const { layers, config } = parsed.data;
    return layers.reduce((sum, { size }) => sum + size, config.size);
  }
  const [os, architecture] = platform.split("/");
  const own = parsed.data.manifests.find(
    (each) => each.platform?.os === os && each.platform?.architecture === architecture,
  );
  // An index lists manifests, never itself: one step down is all there is.
  return own && own.digest !== reference ? compressedSize(session, repository, own.digest, platform) : null;
}
