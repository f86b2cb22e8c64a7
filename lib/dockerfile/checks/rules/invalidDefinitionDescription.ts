import { stageNameOf } from "../../instructions/check";
import { splitArg } from "../../variables";
import { page, type Rule } from "../rule";

export const invalidDefinitionDescription: Rule = {
  name: "InvalidDefinitionDescription",
  description:
    "Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is not intended to be a description comment, add an empty line or comment between the instruction and the comment.",
  url: page("invalid-definition-description"),
  experimental: true,
  instruction(node, report) {
    const { words } = node.list;
    let names: string[] = [];
    if (node.keyword === "ARG") names = words.map((word) => splitArg(word.value).name);
    else if (node.keyword === "FROM" && words.length === 3)
      names = [stageNameOf(words[2]?.value ?? "") ?? ""];
    const comment = node.comments[node.comments.length - 1];
    if (comment === undefined || names.length === 0 || names.includes(comment.split(" ")[0] as string))
      return;
    const example = names.length > 1 ? "<arg_key>" : names[0];
    report(node, `Comment for ${node.keyword} should follow the format: \`# ${example} <description>\``);
  },
};
