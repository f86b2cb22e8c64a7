/** A named context by its address, as `--build-context name=https://…` has it: a Git repository, or an archive. */
import { type GitSource, readGitSource } from "./git-source";

export type RemoteSource = { kind: "git"; source: GitSource } | { kind: "archive"; url: string };

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/)/i;
const REPOSITORY = /\.git\/?(?:#.*)?$/;

/** Whether it is meant as an address, right or wrong; an image is none. */
export const isAddress = (text: string): boolean => ADDRESS.test(text) && !text.startsWith("docker-image://");

/** What is wrong with an address, as a sentence, or what is to be fetched. What ends in .git is a repository, as for docker. */
export function readRemoteSource(text: string): RemoteSource | string {
  if (!/^https:\/\//i.test(text)) return "Only addresses that begin with https:// are fetched.";
  if (REPOSITORY.test(text)) {
    const source = readGitSource(text);
    return typeof source === "string" ? source : { kind: "git", source };
  }
  if (!URL.canParse(text)) return "That is no address.";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "Leave the name and password out of the address.";
  if (url.pathname === "/") return "The address names a host and no archive.";
  url.hash = "";
  return { kind: "archive", url: url.href };
}
