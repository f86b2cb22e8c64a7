import type { Metadata } from "next";
import { cache } from "react";
import { BuildPage } from "@/components/build-page/build-page";
import { Notice } from "@/components/ui/notice";
import { readSharedBuild } from "@/lib/http/builds";
import { services } from "@/lib/http/services";
import { isRefusal } from "@/lib/share/refusal";

interface Props {
  params: Promise<{ token: string; build: string }>;
}

const read = cache((token: string, build: string) => readSharedBuild(services(), token, build));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token, build } = await params;
  const title = await read(token, build).then(
    (reading) => reading.title,
    () => null,
  );
  // A link is a secret: it is not to travel in a Referer, nor into a search engine.
  return {
    title: title === null ? "Shared build" : `Build of ${title}`,
    referrer: "no-referrer",
    robots: { index: false },
  };
}

/** A build of a shared document by itself. */
export default async function Page({ params }: Props) {
  const { token, build } = await params;
  try {
    const reading = await read(token, build);
    return (
      <BuildPage key={`${token} ${build}`} token={token} build={build} reading={reading} mayLook={false} />
    );
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return <Notice title={error.message} text={error.hint} />;
  }
}
