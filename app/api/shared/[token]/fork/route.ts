/** A copy of a shared document for the visitor. */
import { json, route } from "@/lib/http/route";

export const POST = route<{ token: string }>(async ({ params, services, welcome, mayBuild }) => {
  // The link first: who comes with a broken one is not made a visitor.
  await services.documents.shared(params.token);
  return json(await services.documents.fork(params.token, await welcome(), mayBuild), 201);
});
