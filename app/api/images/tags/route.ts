/** Tags of an image, asked of its registry. For those who may build: the server asks in its own network. */
import { z } from "zod";
import { requireBuildRight } from "@/lib/http/build-right";
import { json, route } from "@/lib/http/route";
import { Refusal } from "@/lib/share/refusal";

const querySchema = z.object({
  image: z.string().min(1).max(400),
  wish: z.string().max(128).default(""),
  host: z.string().max(63).optional(),
});

export const GET = route(async ({ services, mayBuild, query }) => {
  requireBuildRight(mayBuild);
  const parsed = querySchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) {
    throw new Refusal("invalid", "bad-query", "Say which image: ?image=golang&wish=1.22");
  }
  const { image, wish, host } = parsed.data;
  return json(await services.images.tags(image, wish, host ?? null));
});
