import { expect, test } from "vitest";
import type { HostConnection } from "@/lib/build/server/host-connection";
import { Patience } from "@/lib/build/server/hosts/patience";
import type { Probe } from "@/lib/build/server/hosts/probe";

const connection = { name: "build" } as HostConnection;
const away = { state: "unreachable", name: "build", address: "tcp://build", reason: "" } as const;
const LOOKS: Record<string, Probe> = {
  there: { state: "ready", connection },
  slow: { ...away, slow: true },
  refused: { ...away, slow: false },
};

test.each<[name: string, looks: string, states: string]>([
  ["there stays there", "there there", "ready ready"],
  ["slow once is busy", "there slow there", "ready ready ready"],
  ["slow twice is gone", "there slow slow", "ready ready unreachable"],
  ["slow now and then is busy", "there slow there slow there", "ready ready ready ready ready"],
  ["refused is gone at once", "there refused", "ready unreachable"],
  ["refused after slow is gone", "there slow refused", "ready ready unreachable"],
  [
    "gone stays gone while it is slow",
    "there refused slow slow",
    "ready unreachable unreachable unreachable",
  ],
  ["never there is not waited for", "slow", "unreachable"],
])("a host that is %s", (_name, looks, states) => {
  const patience = new Patience();
  let current: HostConnection | null = null;
  const seen = looks.split(" ").map((look) => {
    const result = patience.judge(LOOKS[look]!, current);
    current = result.state === "ready" ? result.connection : null;
    return result.state;
  });
  expect(seen.join(" ")).toBe(states);
});
