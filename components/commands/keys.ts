/** Keys of commands: whether an event is one, and how people read it. */

/** Stands on its button, also before the commands are loaded. */
export const PALETTE_KEY = "Mod+K";

/** Whether the event is that key. A letter counts as what it types, so Shift is asked for only where it is named. */
export function isKey(event: KeyboardEvent, key: string): boolean {
  const parts = key.split("+");
  const name = key.endsWith("++") || key === "+" ? "+" : parts.at(-1)!;
  const wants = (modifier: string) => parts.slice(0, -1).includes(modifier);
  if ((event.metaKey || event.ctrlKey) !== wants("Mod") || event.altKey !== wants("Alt")) return false;
  const pressed = event.key === " " ? "Space" : event.key;
  if (pressed.toLowerCase() !== name.toLowerCase()) return false;
  // "+" and "?" need Shift on many keyboards, and not on others.
  return isSign(name) || event.shiftKey === wants("Shift");
}

const isSign = (name: string) => name.length === 1 && !/[a-z0-9]/i.test(name);

const SIGNS: Readonly<Record<string, string>> = {
  Delete: "Del",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** As people read it: ⇧⌘Z on a Mac, Ctrl+Shift+Z elsewhere. */
export function keyLabel(key: string, mac: boolean): string {
  const name = key.endsWith("++") || key === "+" ? "+" : key.split("+").at(-1)!;
  const modifiers = key
    .slice(0, key.length - name.length)
    .split("+")
    .filter(Boolean);
  const sign = SIGNS[name] ?? (name.length === 1 ? name.toUpperCase() : name);
  if (!mac) return [...modifiers.map((each) => (each === "Mod" ? "Ctrl" : each)), sign].join("+");
  const order = ["Alt", "Shift", "Mod"];
  const signs: Readonly<Record<string, string>> = { Alt: "⌥", Shift: "⇧", Mod: "⌘" };
  return (
    order
      .filter((each) => modifiers.includes(each))
      .map((each) => signs[each])
      .join("") + sign
  );
}

/** Whether this is a Mac, whose people read ⌘; false on the server. */
export const isMac = (): boolean =>
  typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
