import { diffToEdit } from "../../text";
import { type Context, type FieldSpec, field, restFrom, write } from "./context";
import { startOfWords, writeWords } from "./words";

/** What means something to a shell: a command with any of it is not just words. */
const SHELL_SIGNS = /[$&|;<>*?~`'"\\()#!{}[\]=]|\n/;

/** A command: whether a shell runs it, and the command itself, as a line or as words. `first` is its first argument. */
export function commandFields(context: Context, first: number): FieldSpec[] {
  return [formField(first), context.node.json ? wordsField(first) : lineField(first)];
}

function formField(first: number): FieldSpec {
  return field<"choice">(
    ({ node }) => ({
      kind: "choice",
      id: "form",
      label: "Form",
      hint: node.json
        ? "Exec form: the program is started as it is, and gets the container's signals itself."
        : "Shell form: a shell runs the line, so variables, && and | work.",
      value: node.json ? "exec" : "shell",
      choices: [
        { value: "shell", label: "Shell" },
        { value: "exec", label: "Exec" },
      ],
      ...(node.heredocs.length > 0 && { beyond: "A heredoc is always in shell form." }),
    }),
    (context, value) => {
      const { node } = context;
      if (node.heredocs.length > 0) return { reason: "A heredoc is always in shell form." };
      if ((value === "exec") === node.json) return [];
      const words = node.args.slice(first).map((argument) => argument.value);
      if (value === "exec") return writeWords(context, wordsOf(words.join(" ")), true, first);
      const range = restFrom(context, startOfWords(context, first));
      return [write(context, range, lineOf(words))];
    },
  );
}

function wordsOf(line: string): string[] {
  const command = line.trim();
  if (command === "") return ["program"];
  return SHELL_SIGNS.test(command) ? ["/bin/sh", "-c", command] : command.split(/\s+/);
}

function lineOf(words: readonly string[]): string {
  const [shell, option, command] = words;
  if (words.length === 3 && /^(?:\/bin\/)?sh$/.test(shell!) && option === "-c") return command!;
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}

/** The rest of the text, continuations, comments and heredocs included. */
export function lineField(first: number, label = "Command"): FieldSpec {
  return field<"command">(
    (context) => {
      const { start, end } = restFrom(context, startOfWords(context, first));
      return { kind: "command", id: "command", label, value: context.tree.source.slice(start, end) };
    },
    (context, value) => {
      const range = restFrom(context, startOfWords(context, first));
      if (range.start === range.end) return [write(context, range, value)];
      const change = diffToEdit(context.tree.source.slice(range.start, range.end), value);
      if (!change) return [];
      return [{ start: range.start + change.start, end: range.start + change.end, text: change.text }];
    },
  );
}

export function wordsField(first: number, label = "Program and arguments"): FieldSpec {
  return field<"words">(
    ({ node }) => ({
      kind: "words",
      id: "words",
      label,
      value: node.args.slice(first).map(({ value }) => value),
    }),
    (context, words) => {
      if (words.length === 0) return { reason: "Say at least the program." };
      return writeWords(context, words, true, first);
    },
  );
}
