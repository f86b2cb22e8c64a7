/** Builds of a document of one's own, looked at. */
import * as client from "../share/client";
import type { BuildSource } from "./build-source";

export function ownBuilds(documentId: string): BuildSource {
  return {
    follow: (id, ...heard) => client.followBuild(client.buildEventsPath(id), 0, ...heard),
    getBuild: client.getBuild,
    listBuilds: () => client.listBuilds(documentId),
    getFigures: (signal) => client.getFigures(documentId, signal),
    getReasons: client.getReasons,
    revisions: {
      list: () => client.listRevisions(documentId),
      get: (id) => client.getRevision(documentId, id),
    },
  };
}
