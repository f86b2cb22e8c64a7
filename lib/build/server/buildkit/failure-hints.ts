/** What to do about the failures that people meet most. One row a failure; the first that fits is said. */
import type { Instruction } from "../../../dockerfile";

const NO_SPACE_HINT =
  "The Docker host’s disk is full. “docker system df” there shows what takes the space, “docker builder prune” frees the build cache.";

const PROCESSOR_HINT =
  "The program is for another processor than the Docker host’s. Check the platform of the base image and of what was copied in.";
const NETWORK =
  /(?:dial tcp|lookup) [\s\S]*(?:no such host|connection refused|i\/o timeout|network is unreachable|server misbehaving|temporary failure)/i;

const HINTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/secret \S+(?: not found)?: not found/, "The step needs a secret, and this build was started without it."],
  [
    /No ssh key \S+ was given|no SSH key \S+ forwarded/,
    "The step signs with an ssh key, and this build was started without it. Give one in the build options.",
  ],
  [
    /unknown flag: (?:--)?link/i,
    "COPY --link came with Docker 23.0. Remove --link, or build on a newer Docker host.",
  ],
  [/unknown flag/i, "This Docker host’s Dockerfile frontend does not know that flag. A newer host may."],
  [/unknown instruction/i, "Check the spelling of the instruction."],
  [/no space left on device/i, NO_SPACE_HINT],
  [/exec format error/i, PROCESSOR_HINT],
  [
    /pull access denied|repository does not exist|insufficient_scope/i,
    "No such image, or it is private. Check the name for a typing mistake; a private image needs the registry’s credentials.",
  ],
  [
    /toomanyrequests|rate limit/i,
    "The registry limits how often it may be asked. Wait, or log in to the registry on the Docker host.",
  ],
  [
    NETWORK,
    "The Docker host has no such image and cannot reach the registry. Check the name, and the host’s network and DNS, or use an image that is already on it.",
  ],
  [
    /(?:manifest for|load metadata for|source metadata for|docker\.io\/)[\s\S]*not found|manifest unknown/i,
    "The registry has no image of that name and tag. Check both for a typing mistake.",
  ],
  [
    /failed to compute cache key|failed to calculate checksum|: not found$|no such file or directory$/,
    "The file is not in what is copied from. For a COPY from the build context: attach the folder that has it, and check .dockerignore. For COPY --from: check that the stage makes it at that path.",
  ],
  [/circular dependency/, "Stages depend on each other in a circle. Take one of the references away."],
  [
    /platform .*(?:does not match|not supported)|no match for platform/i,
    "The base image does not exist for that platform.",
  ],
  [
    /max depth exceeded/,
    "The image would have too many layers for the Docker host. Join some RUN instructions.",
  ],
];

/** As the C library words ENOSPC, the kernel ENOEXEC, and libraries and programs that a name or a host is not found. */
const IN_OUTPUT: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/no space left on device/i, NO_SPACE_HINT],
  [/exec format error/i, PROCESSOR_HINT],
  [
    /bad address '|could not resolve host|temporary failure (?:in name resolution|resolving)|name or service not known|network is unreachable/i,
    "The step found no way to an address. Check its name, the network that steps have (the option Network), and the Docker host’s DNS and proxy.",
  ],
];

/** For what a step wrote; most of what is written says nothing of the kind. */
export const hintInOutput = (text: string): string | undefined =>
  IN_OUTPUT.find(([pattern]) => pattern.test(text))?.[1];

const EXIT_CODES: Readonly<Record<number, string>> = {
  126: "The command was found but may not be executed. Check its mode (chmod +x) and its #! line.",
  127: "The shell did not find the command. Check that an earlier step, or the base image, installs it.",
  137: "The process was killed, mostly because the Docker host ran out of memory.",
  139: "The process crashed with a segmentation fault.",
};

const OLD_HEREDOC =
  "This Docker host is too old for heredocs (<<), which came with Docker 23.0. Build on a newer one, or join the lines with && and \\.";

export function hintFor(
  detail: string,
  exitCode: number | undefined,
  instruction: Instruction | undefined,
): string | undefined {
  if (exitCode !== undefined) return EXIT_CODES[exitCode];
  // The lines of its body are what an old host takes for instructions.
  if (instruction && instruction.heredocs.length > 0 && /parse error|<</.test(detail)) return OLD_HEREDOC;
  if (instruction?.keyword === "ADD" && NETWORK.test(detail)) {
    return "The Docker host cannot reach that address. Check it, and the host’s network and DNS.";
  }
  return HINTS.find(([pattern]) => pattern.test(detail))?.[1];
}
