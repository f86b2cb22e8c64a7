/** Saves a Yjs update; answers with what the sender lacks. */
import { readBytes, requireType } from "@/lib/http/body";
import { NO_STORE } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { MAX_TEXT_BYTES } from "@/lib/share/document";
import { Refusal } from "@/lib/share/refusal";

const BYTES = "application/octet-stream";
/** The whole of a long document with its history, as a tab sends it that was offline. */
const MAX_UPDATE_BYTES = 8 * MAX_TEXT_BYTES;

export const POST = route<{ id: string }>(async ({ request, params, query, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  requireType(request, [BYTES]);
  const vector = query.get("sv");
  const update = await readBytes(request, MAX_UPDATE_BYTES);
  const answer = await services.documents.update(params.id, update, vector === null ? null : decode(vector));
  return new Response(new Uint8Array(answer), { headers: { ...NO_STORE, "content-type": BYTES } });
});

function decode(base64: string): Uint8Array {
  // A plus sign that was not escaped arrives as a space.
  const text = base64.replaceAll(" ", "+");
  if (/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) return Buffer.from(text, "base64");
  throw new Refusal(
    "invalid",
    "bad-update",
    "The state vector is not base64.",
    "Reload the page and try again.",
  );
}
