/** `stagecraft`: what the editor knows of Dockerfiles, for a terminal and for other programs. */
import { parseArgs } from "node:util";
import { BUILD_FLAGS, readBuildOptions } from "./build-options";
import { check } from "./check";
import { describePaths } from "./describe-paths";
import { fmt } from "./fmt";
import { inspect } from "./inspect";

const USAGE = `Usage: stagecraft COMMAND [options] FILE…     (- reads the standard input)

  inspect FILE…      print the graph of stages
    --format         text (default), json, dot, mermaid or svg
  check FILE…        print errors and what BuildKit's build checks find
    --format         text (default), json or sarif
  inspect and check take what a build may be asked for, and then speak of that build:
    --target NAME  --platform OS/ARCH  --build-arg NAME=VALUE…  --build-context NAME=SOURCE…
  fmt FILE…          make white space even, in the files themselves
    --check          only name the files that would change; end with 1 where there are any
  --stdin-paths      read paths from the standard input, a line each; print a line of JSON for each:
                     path, accepted, error, escape, instructions, stages, edges, checks
  --help             show this text
  --version          show the version

Ends with 0 where all is well, 1 where a file has errors, 2 where a file cannot be read or the call is wrong.
`;

const FORMATS: Record<string, readonly string[]> = {
  inspect: ["text", "json", "dot", "mermaid", "svg"],
  check: ["text", "json", "sarif"],
  fmt: [],
};

const NO_FILE = "Name a file, or - for the standard input.";

/** Sets the exit code; never throws for what a person typed or a file holds. */
export async function run(args: string[]): Promise<void> {
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
  process.exitCode = await dispatch(args);
}

async function dispatch(args: string[]): Promise<number> {
  const options = read(args);
  if (typeof options === "string") return refuse(options);
  const { values, positionals } = options;
  if (values.help) return print(USAGE);
  if (values.version) return print(`${await version()}\n`);
  const [command = "", ...files] = positionals;
  const formats = FORMATS[command];
  if (values["stdin-paths"]) {
    const fits = files.length === 0 && (command === "" || (formats?.length ?? 0) > 0) && !values.format;
    return fits ? describePaths() : refuse("--stdin-paths takes its files from the standard input.");
  }
  if (command === "") return refuse("Name a command.");
  if (formats === undefined) return refuse(`There is no command ${JSON.stringify(command)}.`);
  if (values.check && command !== "fmt") return refuse("--check is an option of fmt.");
  const asksForBuild = Object.keys(BUILD_FLAGS).some((flag) => flag in values);
  if (command === "fmt") {
    if (asksForBuild) return refuse("fmt has no options of a build.");
    if (values.format) return refuse("fmt has no --format.");
    return files.length === 0 ? refuse(NO_FILE) : fmt(files, values.check === true);
  }
  const format = values.format ?? "text";
  if (!formats.includes(format)) return refuse(`--format of ${command} is one of ${formats.join(", ")}.`);
  if (files.length === 0) return refuse(NO_FILE);
  const build = readBuildOptions(values);
  if (typeof build === "string") return refuse(build);
  return command === "inspect" ? inspect(files, format, build) : check(files, format, build);
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: "string" },
        check: { type: "boolean" },
        "stdin-paths": { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
        ...BUILD_FLAGS,
      },
    });
  } catch (error) {
    return (error as Error).message;
  }
}

async function version(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function refuse(problem: string): number {
  process.stderr.write(`stagecraft: ${problem}\n\n${USAGE}`);
  return 2;
}
