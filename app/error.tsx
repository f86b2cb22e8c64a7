"use client";
import { Notice } from "@/components/ui/notice";

export default function PageError({ error, reset }: { error: Error; reset(): void }) {
  return (
    <Notice
      title="This page has failed"
      text="What was saved is safe on the server. Load the page again; if it fails again, please report the message below."
      detail={error.message}
      action={{ label: "Try again", run: reset }}
    />
  );
}
