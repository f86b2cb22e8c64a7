/** Which builds a visitor may look at: those of documents of one's own, and of documents one holds a link to. */
import { Readable } from "node:stream";
import type { BuildDetail } from "../share/answers";
import type { DocumentReading } from "../share/reading";
import { RECORD_TYPE } from "../share/record-file";
import { Refusal } from "../share/refusal";
import type { Call } from "./route";
import type { Services } from "./services";

export async function ownBuild({ params, services, visitor }: Call<{ id: string }>): Promise<BuildDetail> {
  const build = await services.builds.get(params.id);
  await services.documents.own(build.documentId, visitor).catch((error) => {
    throw error instanceof Error && error.name === "Refusal" ? unknownBuild() : error;
  });
  return build;
}

export async function sharedBuild({
  params,
  services,
}: Call<{ token: string; id: string }>): Promise<BuildDetail> {
  return buildOf(services, await services.documents.shared(params.token), params.id);
}

/** What the page of a build shows to whoever owns its document: `visitor` is what their cookie holds. */
export async function readOwnBuild(
  services: Services,
  visitor: string | undefined,
  documentId: string,
  id: string,
): Promise<DocumentReading> {
  await services.documents.own(documentId, visitor ? await services.visitors.find(visitor) : null);
  return readBuild(services, documentId, id);
}

/** The same to whoever holds a link to the document. */
export async function readSharedBuild(
  services: Services,
  token: string,
  id: string,
): Promise<DocumentReading> {
  return readBuild(services, await services.documents.shared(token), id);
}

async function readBuild(services: Services, documentId: string, id: string): Promise<DocumentReading> {
  return services.documents.readBuild(await buildOf(services, documentId, id), services.contexts.manifest);
}

async function buildOf({ builds }: Services, documentId: string, id: string): Promise<BuildDetail> {
  const build = await builds.get(id);
  if (build.documentId !== documentId) throw unknownBuild();
  return build;
}

/** For what is done with the image of a build: an imported one has none here. */
export async function ownBuilt(call: Call<{ id: string }>): Promise<BuildDetail> {
  const build = await ownBuild(call);
  if (!build.imported) return build;
  throw new Refusal(
    "conflict",
    "imported-build",
    "This build was imported: no build host here has its image.",
    "Build the document here to have one.",
  );
}

/** A build as one file, to be saved. */
export function recordFile(services: Services, build: BuildDetail): Response {
  return new Response(Readable.toWeb(services.builds.record(build)) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": RECORD_TYPE,
      "content-disposition": `attachment; filename="build-${build.id}.jsonl.gz"`,
      "cache-control": "no-store",
    },
  });
}

function unknownBuild(): Refusal {
  return new Refusal(
    "notFound",
    "unknown-build",
    "There is no such build here.",
    "Choose one from the history.",
  );
}
