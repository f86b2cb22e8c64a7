"use client";
/** A button that reads one small file into this page. */
import { FileKey } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "@/components/ui/button";

export function FilePicker({
  label,
  limit,
  onPick,
}: {
  label: string;
  /** Bytes; of a larger file only the length is read. */
  limit: number;
  onPick(name: string, content: Uint8Array): void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        aria-hidden="true"
        tabIndex={-1}
        onChange={async (event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (!chosen) return;
          // Not read at all where it cannot be one.
          const content = chosen.size > limit ? new Uint8Array(limit + 1) : await chosen.arrayBuffer();
          onPick(chosen.name, new Uint8Array(content));
        }}
      />
      <IconButton label={label} onClick={() => picker.current?.click()}>
        <FileKey size={16} />
      </IconButton>
    </>
  );
}
