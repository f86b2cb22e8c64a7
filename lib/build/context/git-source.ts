/** A Git repository as the source of a build context, as `docker build` writes it: `https://…/app.git#ref:folder`. */

export interface GitSource {
  /** https, without login and fragment. */
  url: string;
  /** A branch, a tag or a whole commit hash; empty for what the repository itself stands at. */
  ref: string;
  /** Within the repository, with slashes; empty for all of it. */
  folder: string;
}

const REF = /^\w(?:[\w./@+-]{0,249})$/;

/** What is wrong with it, as a sentence, or the source; a fragment of the address fills what is empty beside it. */
export function readGitSource(address: string, ref = "", folder = ""): GitSource | string {
  const given = address.trim();
  if (/^(git@|ssh:|git:|http:)/i.test(given)) {
    return "Only https addresses are fetched. For others, clone the repository and drop its folder.";
  }
  if (!/^https:\/\//i.test(given) || !URL.canParse(given)) {
    return "Give the address of a repository that begins with https://.";
  }
  const url = new URL(given);
  if (url.username !== "" || url.password !== "") {
    return "Leave the name and password out of the address: logins are not taken. For a repository that needs one, clone it and drop its folder.";
  }
  const [inRef = "", inFolder = ""] = decode(url.hash.slice(1)).split(":", 2);
  url.hash = "";
  if (url.pathname === "/") return "The address names a host and no repository.";
  const chosen = ref.trim() || inRef;
  if (chosen !== "" && (!REF.test(chosen) || chosen.includes(".."))) {
    return `${chosen} can't be a branch, a tag or a commit.`;
  }
  const parts = (folder.trim() || inFolder).split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..") || parts.some((part) => part.includes("\0"))) {
    return "The folder must lie within the repository.";
  }
  return { url: url.href, ref: chosen, folder: parts.join("/") };
}

/** As short as it can be said: `github.com/me/app#main:api`. */
export function nameOfSource({ url, ref, folder }: GitSource): string {
  const { host, pathname } = new URL(url);
  const name = `${host}${pathname.replace(/(\.git)?\/*$/, "")}`;
  return ref === "" && folder === "" ? name : `${name}#${ref}${folder === "" ? "" : `:${folder}`}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
