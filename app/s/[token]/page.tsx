import type { Metadata } from "next";
import { SharedDocument } from "@/components/editor/shared-document";
import { Notice } from "@/components/ui/notice";
import { services } from "@/lib/http/services";
import { isRefusal } from "@/lib/share/refusal";

// A link is a secret: it is not to travel in a Referer, nor into a search engine.
export const metadata: Metadata = {
  title: "Shared Dockerfile",
  referrer: "no-referrer",
  robots: { index: false },
};

/** Brings the document along: the page that only shows it need not ask, nor check an answer. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  try {
    const reading = await services().documents.readShared(token);
    return <SharedDocument key={token} token={token} reading={reading} />;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return <Notice title={error.message} text={error.hint} />;
  }
}
