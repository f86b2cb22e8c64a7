import type { Dockerfile, Instruction, Stage } from "../types";

/** Where compilers are told to write to. */
const OUTPUT_OPTION =
  /(?:^|\s)(?:-o|--output|--outfile|--out-dir|--outdir|--prefix|--target)[=\s]\s*([^\s;&|"'$]+)/g;

/**
 * Paths that instructions `[from, to)` of a stage are seen to write: destinations of COPY and ADD, outputs that commands
 * name, and the working directory that commands ran in. A guess; a path in another is left out.
 */
export function productsOf(tree: Dockerfile, stage: Stage, from: number, to: number): string[] {
  let folder = workdirAtStart(tree, stage);
  const found: string[] = [];
  const add = (path: string) => {
    const whole = join(folder, path);
    if (whole !== null && whole !== "/") found.push(whole);
  };
  for (const [index, each] of stage.instructions.entries()) {
    const args = each.args.map(({ value }) => value);
    if (each.keyword === "WORKDIR") folder = join(folder, args[0] ?? "");
    if (index < from || index >= to) continue;
    if (each.keyword === "RUN") {
      const outputs = [...commandOf(each).matchAll(OUTPUT_OPTION)].map((match) => match[1] ?? "");
      for (const path of outputs) add(path);
      if (outputs.length === 0) add(".");
    } else if (each.keyword === "COPY" || each.keyword === "ADD") {
      const destination = args[args.length - 1] ?? "";
      const [only] = args;
      const folderOnly = destination.endsWith("/") && args.length === 2 && only !== undefined;
      // Into a big shared folder: the file itself, not the folder.
      add(
        folderOnly && /^[^*?[$:]+\.[a-z0-9]+$/i.test(only)
          ? destination + only.replace(/^.*\//, "")
          : destination,
      );
    }
  }
  const paths = [...new Set(found)];
  return paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}/`)));
}

function commandOf({ args, heredocs }: Instruction): string {
  return [...args.map(({ value }) => value), ...heredocs.map(({ content }) => content)].join(" ");
}

/** What the stages below it set; null where only the image would know. */
function workdirAtStart(tree: Dockerfile, stage: Stage): string | null {
  const below: Stage[] = [];
  let at = stage;
  while (at.base.target.kind === "stage") {
    const base = tree.stages[at.base.target.index];
    if (base === undefined || below.includes(base)) break;
    below.unshift(base);
    at = base;
  }
  let folder: string | null = at.base.target.kind === "scratch" ? "/" : null;
  for (const { keyword, args } of below.flatMap(({ instructions }) => instructions)) {
    if (keyword === "WORKDIR") folder = join(folder, args[0]?.value ?? "");
  }
  return folder;
}

/** An absolute path without a slash at its end; null where it cannot be known. */
function join(folder: string | null, path: string): string | null {
  if (/[$"'\\`\s]/.test(path) || (folder === null && !path.startsWith("/"))) return null;
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
