// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { BuildButton } from "@/components/build/build-button";
import { HostPill } from "@/components/build/host-pill";
import { whyNotBuild } from "@/components/build/why-not";
import { buildOptionsSchema } from "@/lib/build/events";
import type { HostView } from "@/lib/share/hosts";
import type { DocumentStore } from "@/lib/store/types";
import { numbered, plan, started } from "../../build/events";
import { openText, renderIn, show } from "./open";

const TEXT = "FROM alpine\nRUN make\n";
const ready: HostView = {
  state: "ready",
  id: "build-01",
  source: "file",
  since: 0,
  name: "build-01",
  address: "ssh://build-01",
  engine: "28.5.2+dfsg3",
  platform: "linux/amd64",
  platforms: ["linux/amd64"],
  store: "overlay2",
  disk: { free: 7_520_000_000, total: 100_000_000_000 },
  features: { heredoc: true, copyLink: true, checks: true, multiPlatform: false, cacheExport: false },
};
const away: HostView = {
  state: "unreachable",
  id: "b",
  source: "file",
  since: 0,
  seen: false,
  name: "b",
  address: "tcp://b:2376",
  reason: "no answer within 5 s",
};
const rights = { edit: true, build: true, share: true };

test.each<[string, string, Partial<DocumentStore>, RegExp | null]>([
  ["all is well", TEXT, {}, null],
  ["no right", TEXT, { rights: { ...rights, build: false } }, /build key/],
  ["not asked yet", TEXT, { host: null }, /Looking for/],
  ["no host", TEXT, { host: { state: "none", reason: "" } }, /No Docker host/],
  ["a host never reached", TEXT, { host: away }, /tcp:\/\/b:2376.*no answer within 5 s/],
  ["a host away that may come back", TEXT, { host: { ...away, seen: true } }, null],
  ["an empty text", "", {}, /begins with FROM|no stage/i],
  ["an unknown instruction", "FROM alpine\nRUNN make\n", {}, /Line 2 .*RUNN/],
  ["a target that is gone", TEXT, { options: { target: 3 } as DocumentStore["options"] }, /target is gone/],
  ["a FROM that waits for a build argument", "ARG BASE\nFROM $BASE\n", {}, /Line 2 .*should not be blank/],
  [
    "a FROM whose build argument is given",
    "ARG BASE\nFROM $BASE\n",
    { options: buildOptionsSchema.parse({ buildArgs: { BASE: "alpine" } }) },
    null,
  ],
  ["not saved", TEXT, { save: "refused" }, /could not be saved/],
])("may build? %s", (_, text, part, reason) => {
  const { store } = openText(text);
  const facts = { ...store.getState(), host: ready, ...part };
  const said = whyNotBuild(facts);
  if (reason) expect(said).toMatch(reason);
  else expect(said).toBeNull();
});

test("Build starts a build, Stop build stops it", async () => {
  const document = openText(TEXT);
  const startBuild = vi.fn(async () => {});
  const stopBuild = vi.fn(async () => {});
  document.store.setState({ host: ready, startBuild, stopBuild, panel: "context" });
  renderIn(document, <BuildButton />);
  const button = () => screen.getByTestId("build-button");
  await act(async () => fireEvent.click(button()));
  expect(startBuild).toHaveBeenCalledTimes(1);
  expect(document.store.getState().panel).toBe("timeline");
  act(() => show(document, numbered([started, plan(["a"], {})])));
  expect(button().textContent).toBe("Stop build");
  await act(async () => fireEvent.click(button()));
  expect(stopBuild).toHaveBeenCalledTimes(1);
  expect(button().textContent).toBe("Stopping…");
  fireEvent.click(button());
  expect(stopBuild).toHaveBeenCalledTimes(1);
});

test("a button that may not be pressed says why and does nothing", () => {
  const document = openText(TEXT);
  const startBuild = vi.fn(async () => {});
  document.store.setState({ host: { state: "none", reason: "" }, startBuild });
  renderIn(document, <BuildButton />);
  const button = screen.getByTestId("build-button");
  fireEvent.click(button);
  expect(startBuild).not.toHaveBeenCalled();
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(button.textContent).toMatch(/^Build: No Docker host/);
});

test.each<[string, HostView, string]>([
  ["ready", ready, "build-01 · Engine 28.5"],
  ["none", { state: "none", reason: "nothing found" }, "No Docker host"],
  ["away", away, "b unreachable"],
])("the host pill: %s", (_, host, text) => {
  const document = openText(TEXT);
  document.store.setState({ host });
  renderIn(document, <HostPill />);
  expect(screen.getByTestId("host-pill").textContent).toBe(text);
});

test("without a host, the pill shows three ways to connect one", () => {
  const document = openText(TEXT);
  document.store.setState({ host: { state: "none", reason: "nothing found" } });
  renderIn(document, <HostPill />);
  fireEvent.click(screen.getByTestId("host-pill"));
  const said = screen.getByRole("dialog").textContent;
  for (const way of ["npm start -- --with-engine", "DOCKER_HOST=", "docker context use"])
    expect(said).toContain(way);
});
