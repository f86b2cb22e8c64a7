/** Why the Build button can't be pressed, in a sentence for its tooltip. */
import { buildOf } from "@/lib/build/evaluation";
import type { DocumentStore } from "@/lib/store/types";

type Facts = Pick<DocumentStore, "rights" | "host" | "tree" | "options" | "save">;

/** Null where a build may start. Gives a string, so that it can be a selector. */
export function whyNotBuild({ rights, host, tree, options, save }: Facts): string | null {
  if (!rights.build)
    return "You may not build here. Whoever runs this server has an address with a build key: open that one.";
  if (host === null) return "Looking for a Docker host…";
  if (host.state === "none") return "No Docker host. The pill beside shows how to connect one.";
  // One that was there before is waited for.
  if (host.state === "unreachable" && !host.seen)
    return `The Docker host at ${host.address} can't be reached: ${host.reason}`;
  if (tree.instructions.length === 0) return "There is nothing to build yet: a Dockerfile begins with FROM.";
  if (options.target !== null && options.target >= tree.stages.length)
    return "The stage that was the target is gone. Choose another target.";
  // A build argument may be what a FROM waits for.
  const { graphError, diagnostics } = buildOf(tree, options);
  if (!tree.accepted || graphError) {
    const first = diagnostics.find((each) => each.severity === "error");
    if (first) return `Line ${tree.lines.position(first.range.start).line} can't be built: ${first.message}`;
    return `The Dockerfile can't be built: ${graphError ?? tree.error?.message}`;
  }
  if (save === "refused") return "The Dockerfile could not be saved, and a build is made from the saved one.";
  return null;
}
