/** Images that a Dockerfile can be built on: those of the build host, and those of registries. */
import type { HostImage, TagList } from "../../share/answers";
import { REPOSITORY } from "./build-images";
import type { EngineApi } from "./engine-api";
import type { Hosts } from "./hosts";
import { connected } from "./hosts/connected";
import type { Registries } from "./registry";

export interface Images {
  /** By tag, newest first. */
  onHost(host: string | null): Promise<HostImage[]>;
  /** Tags of an image's repository that hold `wish`, with sizes for the build host's platform. */
  tags(image: string, wish: string, host: string | null): Promise<TagList>;
}

/** More than anybody looks through. */
const MAX_IMAGES = 500;
const TIMEOUT_MS = 10_000;

export function createImages(hosts: Pick<Hosts, "connect" | "view">, registries: Registries): Images {
  return {
    async onHost(host) {
      const { api } = await connected(hosts, host);
      return imagesOf(api);
    },
    async tags(image, wish, host) {
      const view = await hosts.view(host);
      return registries.tags(image, wish, view.state === "ready" ? view.platform : "linux/amd64");
    },
  };
}

/** What builds of this server leave for a moment is not among them. */
async function imagesOf(api: Pick<EngineApi, "images">): Promise<HostImage[]> {
  const images = await api.images(AbortSignal.timeout(TIMEOUT_MS));
  return images
    .flatMap(({ RepoTags, Size, Created }) =>
      (RepoTags ?? []).map((ref) => ({ ref, bytes: Size, createdAt: Created * 1000 })),
    )
    .filter(({ ref }) => !ref.includes("<none>") && !ref.startsWith(`${REPOSITORY}/`))
    .sort((a, b) => b.createdAt - a.createdAt || (a.ref < b.ref ? -1 : 1))
    .slice(0, MAX_IMAGES);
}
