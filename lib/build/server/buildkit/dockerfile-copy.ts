/** The copy of a Dockerfile that is sent to the host. Lines keep their numbers. */
import type { Dockerfile } from "../../../dockerfile";

const PRIVATE_PREFIX = "stagecraft-unnamed-";

export interface DockerfileCopy {
  text: string;
  /** By stage index, the name to build it by; null for a stage that a later one of the same name hides. */
  targets: (string | null)[];
}

/**
 * A stage can only be asked for by its name, so those without one get a private name in the copy. Neither the
 * build cache nor the image depends on the name.
 */
export function copyForHost(tree: Dockerfile): DockerfileCopy {
  const names = tree.stages.map(({ name }) => name);
  let text = "";
  let copied = 0;
  const targets = tree.stages.map(({ index, name, baseRange }) => {
    if (name !== null) return names.lastIndexOf(name) === index ? name : null;
    const given = `${PRIVATE_PREFIX}${index}`;
    text += `${tree.source.slice(copied, baseRange.end)} AS ${given}`;
    copied = baseRange.end;
    return given;
  });
  return { text: text + tree.source.slice(copied), targets };
}

/** Private names out of what the host says, in the words BuildKit uses for a stage without a name. */
export function hidePrivateNames(text: string): string {
  return text.includes(PRIVATE_PREFIX) ? text.replaceAll(PRIVATE_PREFIX, "stage-") : text;
}
