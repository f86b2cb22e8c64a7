/** The image that a build made, as one tar: what `docker save` writes and `docker load` reads. */
import type { IncomingMessage } from "node:http";
import { parseDockerfile } from "../../dockerfile";
import type { BuildDetail } from "../../share/answers";
import { Refusal } from "../../share/refusal";
import { imageTag } from "./build-images";
import { EngineApiError } from "./engine-api";
import type { Hosts } from "./hosts";
import { connected } from "./hosts/connected";

/** Bytes of an image, unpacked, that goes through the server; larger ones are fetched from the host itself. */
export const MAX_ARCHIVE_BYTES = 10_000_000_000;
/** At once, of all visitors. */
export const MAX_ARCHIVES = 4;

export interface Archives {
  /**
   * Refuses where there is no such image any more, or it is too large. From engine 25.0 on the archive is an OCI
   * layout as well. Ends when `signal` aborts.
   */
  open(build: BuildDetail, signal: AbortSignal): Promise<IncomingMessage>;
}

export function openArchives(hosts: Pick<Hosts, "connect">, limit = MAX_ARCHIVE_BYTES): Archives {
  let open = 0;
  return {
    async open(build, signal) {
      if (open >= MAX_ARCHIVES) throw tooMany();
      open++;
      let closed = false;
      const done = () => {
        if (!closed) open--;
        closed = true;
      };
      try {
        const { api } = await connected(hosts, build.options.host);
        const stage = build.options.target ?? parseDockerfile(build.text).stages.length - 1;
        const image = imageTag(build.documentId, build.id, stage);
        const size = (await api.history(image)).reduce((sum, { Size }) => sum + Size, 0);
        if (size > limit) throw tooLarge(size, limit);
        const archive = await api.open(`/images/${image}/get`, signal);
        archive.once("close", done);
        return archive;
      } catch (error) {
        done();
        if (error instanceof EngineApiError && error.status === 404) throw gone();
        throw error;
      }
    },
  };
}

function gone(): Refusal {
  return new Refusal(
    "notFound",
    "image-gone",
    "The image of this build is not on the build host.",
    "Only the last successful build of a document keeps its image, and one that was to be discarded has none. Build again.",
  );
}

function tooLarge(size: number, limit: number): Refusal {
  return new Refusal(
    "tooLarge",
    "image-too-large",
    `The image has ${size.toLocaleString("en")} bytes, more than the ${limit.toLocaleString("en")} that go through this server.`,
    "Give it a tag in the build options, and fetch it from the build host with docker save.",
  );
}

function tooMany(): Refusal {
  return new Refusal(
    "busy",
    "archives-full",
    `${MAX_ARCHIVES} images are already being downloaded.`,
    "Try again when one of them is through.",
  );
}
