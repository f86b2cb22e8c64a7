/**
 * Every command there is, by topic. To add one, write it into the file of its topic (or a new file, listed here): the
 * palette, the keys and the overview of keys show it from then on.
 */
import { buildCommands } from "./build";
import { connectCommands } from "./connect";
import { documentCommands } from "./document";
import { edgeCommands } from "./edge";
import { fileCommands } from "./files";
import { findCommands } from "./find";
import { imageCommands } from "./image";
import { instructionCommands } from "./instruction";
import { provideCommands } from "./registry";
import { stageCommands } from "./stage";
import { COMMAND_GROUPS, type Command } from "./types";
import { viewCommands } from "./view";

export type { Command, CommandContext, CommandGroup } from "./types";
export { availability, titleOf } from "./types";

export const commands: readonly Command[] = [
  ...stageCommands,
  ...instructionCommands,
  ...imageCommands,
  ...viewCommands,
  ...documentCommands,
  ...edgeCommands,
  ...connectCommands,
  ...findCommands,
  ...fileCommands,
  ...buildCommands,
];

provideCommands(commands);

export function commandById(id: string): Command {
  const command = commands.find((candidate) => candidate.id === id);
  if (!command) throw new Error(`There is no command ${id}`);
  return command;
}

/** All commands, by group, in the order of the groups. */
export const commandsByGroup: readonly Command[] = COMMAND_GROUPS.flatMap((name) =>
  commands.filter(({ group }) => group === name),
);
