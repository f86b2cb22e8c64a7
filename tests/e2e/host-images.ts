import { request } from "node:http";

/** Names of the images on the host that a build of the document has left. */
export function imagesOf(socket: string, document: string): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ reference: [`stagecraft-build/${document}`] }));
  return new Promise((resolve, reject) => {
    request({ socketPath: socket, path: `/images/json?filters=${filters}` }, async (response) => {
      let body = "";
      for await (const piece of response) body += piece;
      const images = JSON.parse(body) as { RepoTags: string[] | null }[];
      resolve(images.flatMap(({ RepoTags }) => RepoTags ?? []).filter((tag) => tag.includes(document)));
    })
      .on("error", reject)
      .end();
  });
}
