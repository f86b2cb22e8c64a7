"use client";
/** The key of a command as people read it, for tooltips and menus. */
import { useEffect, useState } from "react";
import { commandById } from "./index";
import { isMac, keyLabel } from "./keys";

/** Undefined for a command without a key. Elsewhere than on a Mac after the first frame: the server cannot know. */
export function useKeyHint(id: string): string | undefined {
  const [mac, setMac] = useState(false);
  useEffect(() => setMac(isMac()), []);
  const [key] = commandById(id).keys ?? [];
  return key && keyLabel(key, mac);
}
