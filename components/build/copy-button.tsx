"use client";
import { Check, Copy, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "@/components/ui/button";

/** Copies a text and says that it has. */
export function CopyButton(props: { label: string; text(): string; icon?: LucideIcon }) {
  const { label, text, icon: Icon = Copy } = props;
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 1800);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    // Absent on plain http beyond this machine.
    if (!navigator.clipboard) return setOutcome("refused");
    navigator.clipboard.writeText(text()).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  };
  const said =
    outcome === "copied"
      ? "Copied"
      : outcome === "refused"
        ? "The browser does not allow copying here"
        : label;
  return (
    <>
      <IconButton label={said} side="top" onClick={copy}>
        {outcome === "copied" ? <Check size={15} /> : <Icon size={15} />}
      </IconButton>
      <span className="visually-hidden" role="status">
        {outcome !== null && said}
      </span>
    </>
  );
}
