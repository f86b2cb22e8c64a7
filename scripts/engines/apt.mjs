/** Debian's packages: installing what is missing, and unpacking single packages of another suite aside. */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandFailed, findProgram, isRoot, mustRun, run } from "./process.mjs";

/** Something is missing that this script may not or cannot provide. The message says what, and what to do. */
export class Missing extends Error {}

/** What to print of an error: the stack of one that people can mend themselves would only hide what it says. */
export const plainly = (error) =>
  error instanceof Missing || error instanceof CommandFailed ? error.message : error;

const quietApt = { env: { DEBIAN_FRONTEND: "noninteractive" } };

/**
 * Makes sure that each program is there, installing its package where apt and root allow it.
 * @param {{program: string, package: string, why: string}[]} needs
 * @param {(line: string) => void} say
 */
export async function ensurePrograms(needs, say) {
  const missing = needs.filter((need) => !findProgram(need.program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((need) => need.package))];
  const list = missing.map((need) => `  ${need.program} (package ${need.package}): ${need.why}`).join("\n");
  const install = `apt-get install --no-install-recommends ${packages.join(" ")}`;
  if (!findProgram("apt-get")) {
    throw new Missing(`These programs are missing, and this system has no apt-get to install them:\n${list}`);
  }
  if (!isRoot()) {
    throw new Missing(
      `These programs are missing:\n${list}\nInstall them as root, then try again:\n  ${install}`,
    );
  }
  say(`installing ${packages.join(", ")}`);
  await updateIndex();
  // Another apt may be at work, as on a machine that has just been started: it is waited for.
  const options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"];
  const result = await run("apt-get", ["install", ...options, ...packages], quietApt);
  if (result.code !== 0) {
    throw new Missing(
      `apt-get could not install ${packages.join(", ")}:\n${result.stderr.trim()}\nNeeded:\n${list}`,
    );
  }
  const still = needs.filter((need) => !findProgram(need.program)).map((need) => need.program);
  if (still.length > 0) throw new Missing(`${install} left these programs missing: ${still.join(", ")}`);
}

let updated = false;
/** Once a run: without it a fresh container knows no packages at all. A source that fails does not matter here. */
async function updateIndex() {
  if (updated) return;
  await run("apt-get", ["update"], quietApt);
  updated = true;
}

/** The Debian mirror that this machine's apt is set to use, with the suites taken from it. */
async function debianMirror() {
  const format = "$(REPO_URI)\t$(ORIGIN)\t$(LABEL)";
  for (const attempt of ["as it is", "after an update"]) {
    if (attempt === "after an update" && isRoot()) await updateIndex();
    const { stdout } = await run("apt-get", ["indextargets", "--format", format, "Created-By: Packages"]);
    for (const line of stdout.split("\n")) {
      const [address, origin, label] = line.split("\t");
      if (origin === "Debian" && label === "Debian") return address;
    }
  }
  throw new Missing(
    "apt on this machine has no Debian mirror among its sources (apt-get indextargets names none with origin Debian), " +
      "so packages of other Debian suites can't be fetched. Add one, or run on Debian.",
  );
}

export const architecture = async () => (await mustRun("dpkg", ["--print-architecture"])).trim();

/** A line for apt's sources (mmdebstrap takes the same) for one suite, checked against Debian's own keyring. */
export async function sourceLine(suite) {
  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : "";
  return `deb ${signed}${await debianMirror()} ${suite} main`;
}

/**
 * Downloads packages of a suite through apt itself (its mirror, proxy settings and signature checks), in a
 * private state folder so that the machine's own package lists stay as they are, and unpacks them.
 * @param {string} suite
 * @param {string[]} packages `name`, or `name=28.5*` to ask for a version
 * @param {string} into folder, made here
 */
export async function unpackPackages(suite, packages, into) {
  const state = `${into}.apt`;
  try {
    for (const folder of ["lists/partial", "cache/archives/partial", "parts", "debs"]) {
      await mkdir(join(state, folder), { recursive: true });
    }
    await writeFile(join(state, "sources.list"), `${await sourceLine(suite)}\n`);
    const options = [
      `Dir::Etc::SourceList=${join(state, "sources.list")}`,
      `Dir::Etc::SourceParts=${join(state, "parts")}`,
      `Dir::Etc::Preferences=/dev/null`,
      `Dir::Etc::PreferencesParts=${join(state, "parts")}`,
      `Dir::State::Lists=${join(state, "lists")}`,
      `Dir::Cache=${join(state, "cache")}`,
      "APT::Sandbox::User=root",
      "Acquire::Languages=none",
    ].flatMap((option) => ["-o", option]);
    await mustRun("apt-get", [...options, "update"], quietApt);
    await mustRun("apt-get", [...options, "download", ...packages], {
      ...quietApt,
      cwd: join(state, "debs"),
    });
    await mkdir(into, { recursive: true });
    for (const file of await readdir(join(state, "debs"))) {
      await mustRun("dpkg", ["-x", join(state, "debs", file), into]);
    }
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}
