import { checkPaths, needsJson } from "../edits/paths";
import { type Context, type FieldSpec, field, type Refused } from "./context";
import { flagSwitch, flagText } from "./flags";
import { writeWords } from "./words";

const OWNERS = ["root:root", "nobody:nogroup", "1000:1000"];
const MODES = ["755", "644", "u=rwX,go=rX"];

/** The fields of COPY and ADD. */
export function fileFields({ node }: Context): FieldSpec[] {
  const { keyword } = node;
  return [
    sources,
    destination,
    ...(keyword === "COPY" ? [flagText(keyword, "from", "From")] : []),
    flagText(keyword, "chown", "Owner", OWNERS),
    flagText(keyword, "chmod", "Mode", MODES),
    ...(keyword === "ADD" ? [flagText(keyword, "checksum", "Checksum")] : []),
    flagSwitch(keyword, "link", "Link"),
  ];
}

const HEREDOC = "What it copies is written below, as a heredoc.";

const sources: FieldSpec = field<"words">(
  ({ node }) => ({
    kind: "words",
    id: "sources",
    label: "Sources",
    value: node.args.slice(0, -1).map(({ value }) => value),
    ...(node.heredocs.length > 0 && { beyond: HEREDOC }),
  }),
  (context, words) => {
    if (context.node.heredocs.length > 0) return { reason: HEREDOC };
    return writePathWords(context, words, context.node.args.at(-1)?.value ?? "");
  },
);

const destination: FieldSpec = field<"text">(
  ({ node }) => ({
    kind: "text",
    id: "destination",
    label: "To",
    hint: "A folder ends with /. A relative path counts from WORKDIR.",
    value: node.args.at(-1)?.value ?? "",
  }),
  (context, value) => {
    const { args, heredocs, json } = context.node;
    const last = args.at(-1);
    if (heredocs.length === 0) {
      return writePathWords(
        context,
        args.slice(0, -1).map((each) => each.value),
        value,
      );
    }
    if (last === undefined || value === "" || needsJson([value]))
      return { reason: "Say where it should go." };
    return [{ ...last.range, text: json ? JSON.stringify(value) : value }];
  },
);

function writePathWords(context: Context, words: readonly string[], to: string) {
  const checked = checkPaths(words, to);
  if ("reason" in checked) return checked satisfies Refused;
  const paths = [...checked.sources, checked.destination];
  return writeWords(context, paths, context.node.json || needsJson(paths));
}
