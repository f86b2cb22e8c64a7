import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { BuildPage } from "@/components/build-page/build-page";
import { Notice } from "@/components/ui/notice";
import { mayBuild } from "@/lib/http/build-right";
import { readOwnBuild } from "@/lib/http/builds";
import { VISITOR_COOKIE } from "@/lib/http/route";
import { services } from "@/lib/http/services";
import { isRefusal } from "@/lib/share/refusal";

interface Props {
  params: Promise<{ id: string; build: string }>;
}

const read = cache(async (id: string, build: string) =>
  readOwnBuild(services(), (await cookies()).get(VISITOR_COOKIE)?.value, id, build),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, build } = await params;
  const title = await read(id, build).then(
    (reading) => reading.title,
    () => null,
  );
  return { title: title === null ? "Build" : `Build of ${title}` };
}

/** A build of one's own by itself. */
export default async function Page({ params }: Props) {
  const { id, build } = await params;
  try {
    const reading = await read(id, build);
    const mayLook = mayBuild(services().config, await headers());
    return <BuildPage key={build} token={null} build={build} reading={reading} mayLook={mayLook} />;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return <Notice title={error.message} text={error.hint} />;
  }
}
