"use client";
import { useSyncExternalStore } from "react";

/** The theme on show; until somebody chooses, the system decides (public/theme.js). */
export function useTheme(): "light" | "dark" {
  return useSyncExternalStore(subscribe, themeNow, () => "light");
}

export function chooseTheme(theme: "light" | "dark") {
  try {
    localStorage.setItem("stagecraft-theme", theme);
  } catch {
    // Without storage the choice lasts as long as the page.
    document.documentElement.dataset.theme = theme;
    return;
  }
  dispatchEvent(new Event("stagecraft-theme"));
}

/** The theme on show, asked for once. */
export function themeNow(): "light" | "dark" {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
