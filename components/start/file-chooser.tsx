"use client";
import { type ReactNode, useRef } from "react";

/** Lets a Dockerfile be chosen from the disk, by whatever button `children` draws. */
export function FileChooser({
  onFile,
  children,
}: {
  onFile(file: File): void;
  children(choose: () => void): ReactNode;
}) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      {children(() => chooser.current?.click())}
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label="Dockerfile on this device"
        data-testid="open-file"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
    </>
  );
}
