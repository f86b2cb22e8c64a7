"use client";
import { Toaster } from "sonner";
import { useTheme } from "./theme";

/** Short notices at the foot of the page, on every page that has some to show. */
export function Notes() {
  const theme = useTheme();
  return (
    <Toaster
      theme={theme}
      position="bottom-center"
      toastOptions={{
        style: {
          background: "var(--surface-raised)",
          color: "var(--text)",
          border: "1px solid var(--border-strong)",
          fontFamily: "var(--font-sans)",
        },
      }}
    />
  );
}
