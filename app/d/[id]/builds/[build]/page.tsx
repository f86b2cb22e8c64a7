import type { Metadata } from "next";
import { cookies } from "next/headers";
import { BuildPage } from "@/components/build-page/build-page";
import { Notice } from "@/components/ui/notice";
import { readOwnBuild } from "@/lib/http/builds";
import { VISITOR_COOKIE } from "@/lib/http/route";
import { services } from "@/lib/http/services";
import { isRefusal } from "@/lib/share/refusal";

export const metadata: Metadata = { title: "Build" };

/** A build of one's own by itself. */
export default async function Page({ params }: { params: Promise<{ id: string; build: string }> }) {
  const { id, build } = await params;
  const visitor = (await cookies()).get(VISITOR_COOKIE)?.value;
  try {
    const reading = await readOwnBuild(services(), visitor, id, build);
    return <BuildPage key={build} token={null} build={build} reading={reading} />;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return <Notice title={error.message} text={error.hint} />;
  }
}
