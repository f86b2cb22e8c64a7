/** Why a repository gives no files, in words that lead to what to do. */
import { Refusal } from "../../../share/refusal";
import type { GitSource } from "../../context/git-source";
import { PrivateAddressError } from "../registry/address";
import { GitError } from "./run";

const CLONE = "Check the address, or clone the repository and drop its folder.";

type Words = (source: GitSource, host: string) => Refusal;

/** By what git says, the first that fits. */
const SAID: readonly [RegExp, Words][] = [
  [/couldn't find remote ref|not our ref|unadvertised object|no such remote ref/i, noRef],
  [
    /terminal prompts disabled|could not read Username|Authentication failed|error: 40[13]/i,
    ({ url }) =>
      new Refusal(
        "forbidden",
        "git-login",
        `${url} needs a login, or there is no such repository.`,
        "Logins are not taken here: clone the repository and drop its folder.",
      ),
  ],
  [
    /error: 404|repository .* not found/i,
    ({ url }) => new Refusal("notFound", "no-repository", `There is no repository at ${url}.`, CLONE),
  ],
  [
    /error: 30\d|redirect/i,
    ({ url }) =>
      new Refusal(
        "invalid",
        "git-redirect",
        `${url} sends on to another address, which is not followed.`,
        "Give the repository's own address; often it ends in .git.",
      ),
  ],
  [
    /SSL|certificate/i,
    (_, host) =>
      new Refusal(
        "unavailable",
        "git-certificate",
        `The certificate of ${host} could not be checked.`,
        CLONE,
      ),
  ],
];

export function gitProblem(error: unknown, source: GitSource): unknown {
  const { host } = new URL(source.url);
  if (error instanceof PrivateAddressError) {
    return new Refusal(
      "forbidden",
      "private-repository",
      `${host} has an address within a private network, which this server does not ask for visitors.`,
      `Whoever runs it can allow that: STAGECRAFT_PRIVATE_GIT=${host}`,
    );
  }
  if (error instanceof GitError) {
    const words = SAID.find(([pattern]) => pattern.test(error.said))?.[1];
    return words ? words(source, host) : unreachable(host, error.said.trim().split("\n").at(-1) ?? "");
  }
  const { code, name } = (error ?? {}) as { code?: string; name?: string };
  if (code === "ENOENT") {
    return new Refusal(
      "unavailable",
      "no-git-here",
      "This server has no git, which it needs to fetch repositories.",
      "Whoever runs it can install git 2.37 or newer. Or clone the repository and drop its folder.",
    );
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return unreachable(host, "its name is not known here");
  if (name === "TimeoutError") {
    return new Refusal("unavailable", "git-timeout", `${host} took too long to send the repository.`, CLONE);
  }
  return error;
}

function noRef({ url, ref }: GitSource): Refusal {
  // A page that is no repository at all looks the same to git.
  if (ref === "") {
    return new Refusal("notFound", "no-ref", `${url} is no Git repository, or has no commit yet.`, CLONE);
  }
  return new Refusal(
    "notFound",
    "no-ref",
    `${url} has no branch, tag or commit ${ref} that can be fetched.`,
    "A commit is named by its whole hash, of 40 characters.",
  );
}

export function noFolder({ url, ref, folder }: GitSource): Refusal {
  const where = ref === "" ? url : `${url} at ${ref}`;
  return new Refusal(
    "notFound",
    "no-folder",
    `There is no folder ${folder} in ${where}.`,
    "Check how it is spelt.",
  );
}

export function oldGit(version: string): Refusal {
  return new Refusal(
    "unavailable",
    "old-git",
    `This server has ${version || "an old git"}, which cannot be kept to the address that was checked.`,
    "Whoever runs it can install git 2.37 or newer. Or clone the repository and drop its folder.",
  );
}

export function repositoryTooLarge(limit: number): Refusal {
  return new Refusal(
    "tooLarge",
    "context-too-large",
    `The repository sends more than ${limit.toLocaleString("en")} bytes, which is the limit here.`,
    "Clone it, and drop the folder that the build needs.",
  );
}

function unreachable(host: string, reason: string): Refusal {
  const why = reason === "" ? "" : `: ${reason.replace(/^fatal: /, "").slice(0, 300)}`;
  return new Refusal(
    "unavailable",
    "git-unreachable",
    `${host} cannot be asked for the repository${why}.`,
    CLONE,
  );
}
