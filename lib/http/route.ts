/** What every route has in common: who asks, what for, and errors that become answers. */
import { isRefusal } from "../share/refusal";
import type { Visitor } from "../share/server/visitors";
import { letGo } from "./body";
import { mayBuild, mayManageHosts } from "./build-right";
import { cameByTls, readCookie, writeCookie } from "./cookies";
import { checkOrigin } from "./origin";
import { NO_STORE, problem } from "./problem";
import { type Services, services } from "./services";

export const VISITOR_COOKIE = "stagecraft_visitor";

export interface Call<Params> {
  request: Request;
  params: Params;
  query: URLSearchParams;
  services: Services;
  /** Null for a browser that has made nothing here yet. */
  visitor: Visitor | null;
  /** The visitor, known from now on. */
  welcome(): Promise<Visitor>;
  mayBuild: boolean;
  mayManageHosts: boolean;
}

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

export function route<Params = Record<string, never>>(
  answer: (call: Call<Params>) => Promise<Response>,
): Handler {
  return async (request, context) => {
    try {
      checkOrigin(request);
      const made = services();
      const token = readCookie(request.headers, VISITOR_COOKIE);
      let visitor = token ? await made.visitors.find(token) : null;
      let newToken: string | null = null;
      const response = await answer({
        request,
        params: (await context.params) as Params,
        query: new URL(request.url).searchParams,
        services: made,
        visitor,
        mayBuild: mayBuild(made.config, request.headers),
        mayManageHosts: mayManageHosts(made.config, request.headers),
        welcome: async () => {
          if (!visitor) ({ visitor, token: newToken } = await made.visitors.create());
          return visitor;
        },
      });
      if (newToken) {
        response.headers.append("set-cookie", writeCookie(VISITOR_COOKIE, newToken, cameByTls(request)));
      }
      return request.method === "HEAD" ? await headOf(response) : response;
    } catch (error) {
      // The visitor has left in the midst of it: nobody reads the answer, and nothing is amiss here.
      if (request.signal.aborted && !isRefusal(error)) return new Response(null, { status: 499 });
      return problem(error);
    } finally {
      letGo(request);
    }
  };
}

/** What nobody is going to read is not left standing: a stream may hold a connection, or a place among few. */
async function headOf(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}

export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: NO_STORE });
}

export function nothing(status: 202 | 204 = 204): Response {
  return new Response(null, { status, headers: NO_STORE });
}
