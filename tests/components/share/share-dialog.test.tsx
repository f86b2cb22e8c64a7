// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ShareDialog } from "@/components/share/share-dialog";
import type { LinkView } from "@/lib/share/answers";
import { openText, renderIn } from "../build/open";

afterEach(() => vi.unstubAllGlobals());

/** A server that knows these links, or refuses everything. */
function serve(links: LinkView[], refusal?: { status: number; message: string }) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string, { method }: RequestInit) => {
    asked.push(`${method} ${path}`);
    if (refusal) {
      const error = { code: "no", message: refusal.message };
      return new Response(JSON.stringify({ error }), { status: refusal.status });
    }
    if (method === "POST")
      return Response.json({ token: "new", url: "/s/new", role: "view" }, { status: 201 });
    return method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(links);
  });
  return asked;
}

async function open() {
  const page = openText("FROM a\n");
  const flush = vi.fn(async () => {});
  await act(async () => {
    renderIn({ ...page, flush }, <ShareDialog onClose={() => {}} />);
  });
  return flush;
}

const addresses = () => screen.queryAllByTestId<HTMLInputElement>("share-link").map(({ value }) => value);
const press = (name: RegExp) => act(async () => fireEvent.click(screen.getByRole("button", { name })));

test("without a link it makes one at once, of what is saved first", async () => {
  const asked = serve([]);
  const flush = await open();
  expect(flush).toHaveBeenCalledOnce();
  expect(asked).toEqual(["GET /api/documents/d1/links", "POST /api/documents/d1/links"]);
  expect(addresses()).toEqual([`${location.origin}/s/new`]);
});

test("newest links first; revoking asks before it does", async () => {
  const asked = serve([
    { token: "a", url: "/s/a", role: "view", createdAt: 1 },
    { token: "b", url: "/s/b", role: "view", createdAt: 2 },
  ]);
  await open();
  expect(addresses()).toEqual([`${location.origin}/s/b`, `${location.origin}/s/a`]);
  await act(async () => fireEvent.click(screen.getAllByRole("button", { name: "Revoke this link" })[0]!));
  expect(asked).toHaveLength(1);
  await press(/^Revoke$/);
  expect(asked.at(-1)).toBe("DELETE /api/documents/d1/links/b");
  expect(addresses()).toEqual([`${location.origin}/s/a`]);
});

test("with the last link revoked it stays without one until asked", async () => {
  const asked = serve([{ token: "a", url: "/s/a", role: "view", createdAt: 1 }]);
  await open();
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Revoke this link" })));
  await press(/^Revoke$/);
  expect(screen.getByText(/only you can open it/)).toBeTruthy();
  expect(asked.filter((each) => each.startsWith("POST"))).toEqual([]);
  await press(/Make a link/);
  expect(addresses()).toEqual([`${location.origin}/s/new`]);
});

test("a refusal is shown in the server's words", async () => {
  serve([], { status: 403, message: "This document is not yours." });
  await open();
  expect(screen.getByRole("alert").textContent).toContain("This document is not yours.");
});
