"use client";
/** The key of a command as people read it, for tooltips and menus. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { isMac, keyLabel } from "./keys";
import { knownCommand, whenKnown } from "./registry";

/** Undefined for a command without a key, and as long as the commands are not loaded. */
export function useKeyHint(id: string): string | undefined {
  const key = useSyncExternalStore(
    whenKnown,
    () => knownCommand(id)?.keys?.[0],
    () => undefined,
  );
  return useKeyLabel(key);
}

/** Elsewhere than on a Mac after the first frame: the server cannot know. */
export function useKeyLabel(key: string | undefined): string | undefined {
  const [mac, setMac] = useState(false);
  useEffect(() => setMac(isMac()), []);
  return key && keyLabel(key, mac);
}
