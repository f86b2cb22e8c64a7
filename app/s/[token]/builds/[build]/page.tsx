import type { Metadata } from "next";
import { BuildPage } from "@/components/build-page/build-page";
import { Notice } from "@/components/ui/notice";
import { readSharedBuild } from "@/lib/http/builds";
import { services } from "@/lib/http/services";
import { isRefusal } from "@/lib/share/refusal";

// A link is a secret: it is not to travel in a Referer, nor into a search engine.
export const metadata: Metadata = {
  title: "Shared build",
  referrer: "no-referrer",
  robots: { index: false },
};

/** A build of a shared document by itself. */
export default async function Page({ params }: { params: Promise<{ token: string; build: string }> }) {
  const { token, build } = await params;
  try {
    const reading = await readSharedBuild(services(), token, build);
    return <BuildPage key={`${token} ${build}`} token={token} build={build} reading={reading} />;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return <Notice title={error.message} text={error.hint} />;
  }
}
