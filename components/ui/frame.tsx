"use client";
import type { ReactNode } from "react";
import { Toaster } from "sonner";
import { useTheme } from "./theme";
import { TooltipProvider } from "./tooltip";

/** What every page stands in: tooltips and short notices. */
export function Frame({ children }: { children: ReactNode }) {
  const theme = useTheme();
  return (
    <TooltipProvider delayDuration={400}>
      {children}
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
    </TooltipProvider>
  );
}
