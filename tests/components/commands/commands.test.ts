// @vitest-environment jsdom
import { expect, test } from "vitest";
import { commands } from "../../../components/commands";
import { isKey, keyLabel } from "../../../components/commands/keys";

test("no two commands share an id or a key", () => {
  const ids = commands.map(({ id }) => id);
  const keys = commands.flatMap((command) => command.keys ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(keys).size).toBe(keys.length);
});

const ctrl = { ctrlKey: true };
const shift = { shiftKey: true };
test.each<[key: string, event: KeyboardEventInit, is: boolean]>([
  ["A", { key: "a" }, true],
  ["A", { key: "A", ...shift }, false],
  ["Shift+D", { key: "D", ...shift }, true],
  ["Shift+D", { key: "d" }, false],
  ["A", { key: "a", ...ctrl }, false],
  ["A", { key: "a", altKey: true }, false],
  ["Mod+K", { key: "k", ...ctrl }, true],
  ["Mod+K", { key: "k", metaKey: true }, true],
  ["Mod+Z", { key: "Z", ...ctrl, ...shift }, false],
  ["Mod+Shift+Z", { key: "Z", ...ctrl, ...shift }, true],
  ["+", { key: "+", ...shift }, true],
  ["+", { key: "+" }, true],
  ["?", { key: "?", ...shift }, true],
  ["0", { key: "0" }, true],
  ["F2", { key: "F2" }, true],
  ["F2", { key: "F3" }, false],
  ["Space", { key: " " }, true],
])("%s and %j: %s", (key, event, is) => {
  expect(isKey(new KeyboardEvent("keydown", event), key)).toBe(is);
});

test.each([
  ["Mod+Shift+Z", "⇧⌘Z", "Ctrl+Shift+Z"],
  ["Mod+K", "⌘K", "Ctrl+K"],
  ["A", "A", "A"],
  ["+", "+", "+"],
  ["Alt+ArrowUp", "⌥↑", "Alt+↑"],
  ["Delete", "Del", "Del"],
])("%s reads %s on a Mac and %s elsewhere", (key, mac, other) => {
  expect([keyLabel(key, true), keyLabel(key, false)]).toEqual([mac, other]);
});
