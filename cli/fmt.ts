/** `stagecraft fmt`: white space made even, in the files themselves. */
import { writeFileSync } from "node:fs";
import { encodeText } from "../lib/dockerfile";
import { formatDockerfile } from "../lib/dockerfile/service/format";
import { applyEdits } from "../lib/text";
import { formatFinding } from "./compiler-style";
import { forEachFile } from "./files";
import { errorsOf } from "./findings";

/**
 * Names each file that it changes. The standard input goes to the standard output, changed or not.
 *
 * @param only says which files would change, writes none, and ends with 1 where there are any
 */
export function fmt(files: string[], only: boolean): number {
  let code = 0;
  const missed = forEachFile(files, (tree, path) => {
    if (tree.error?.phase === "parse") {
      for (const error of errorsOf(tree)) process.stderr.write(formatFinding(error, tree, path));
      code = 1;
      return;
    }
    const edits = formatDockerfile(tree);
    const standard = path === "<stdin>";
    if (edits.length > 0 && only) code = 1;
    if (standard && !only) process.stdout.write(encodeText(applyEdits(tree.source, edits)));
    else if (edits.length > 0) {
      try {
        if (!only) writeFileSync(path, encodeText(applyEdits(tree.source, edits)));
        process.stdout.write(`${path}\n`);
      } catch (error) {
        process.stderr.write(`stagecraft: ${path}: it cannot be written: ${(error as Error).message}\n`);
        code = 2;
      }
    }
  });
  return missed ? 2 : code;
}
