"use client";
import { type ReactNode, useRef } from "react";

/** Lets a file be chosen from the disk, by whatever button `children` draws. */
export function FileChooser(props: {
  onFile(file: File): void;
  children(choose: () => void): ReactNode;
  /** What it is to be. */
  label?: string;
}) {
  const { onFile, children, label = "Dockerfile on this device" } = props;
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      {children(() => chooser.current?.click())}
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={label}
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
