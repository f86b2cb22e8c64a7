import type { Metadata } from "next";
import { SharedDocument } from "@/components/editor/shared-document";

// A link is a secret: it is not to travel in a Referer, nor into a search engine.
export const metadata: Metadata = {
  title: "Shared Dockerfile",
  referrer: "no-referrer",
  robots: { index: false },
};

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  return <SharedDocument token={(await params).token} />;
}
