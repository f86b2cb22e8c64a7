/** Any other address below /api. */
import { route } from "@/lib/http/route";
import { Refusal } from "@/lib/share/refusal";

const unknown = route(async ({ request }) => {
  const { pathname } = new URL(request.url);
  throw new Refusal("notFound", "unknown-address", `There is nothing at ${pathname}.`);
});

export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT };
