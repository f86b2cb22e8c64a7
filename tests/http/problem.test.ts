import { expect, test, vi } from "vitest";
import { problem } from "@/lib/http/problem";

test.each<[string, unknown, number, string]>([
  [
    "a full disk",
    Object.assign(new Error("ENOSPC: no space left, write"), { code: "ENOSPC" }),
    507,
    "disk-full",
  ],
  [
    "an account that may keep no more",
    Object.assign(new Error("EDQUOT"), { code: "EDQUOT" }),
    507,
    "disk-full",
  ],
  [
    "a full disk, as the database tells",
    new Error("Invalid `db.create()`: SQLITE_FULL: database or disk is full"),
    507,
    "disk-full",
  ],
  ["anything else", new Error("x is undefined"), 500, "internal"],
  ["what is no error", "oops", 500, "internal"],
])("%s is told in words, and to the operator in full", async (_what, error, status, code) => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const answer = problem(error);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.json()).toMatchObject({ error: { code, hint: expect.any(String) } });
  expect(said.mock.calls.flat()).toContain(error);
  said.mockRestore();
});
