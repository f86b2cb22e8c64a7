/** What a person can do in the editor, as data: the palette, the keys, menus and buttons all read the same list. */
import type { CanvasState } from "@/components/canvas/canvas-state";
import type { Place } from "@/components/canvas/steps";
import type { DocumentStore } from "@/lib/store/types";

/** In the order that they are listed in. */
export const COMMAND_GROUPS = [
  "Stage",
  "Instruction",
  "Edge",
  "Image",
  "View",
  "Build",
  "Check",
  "Document",
  "Find",
] as const;

export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** What a command works on, as it is at the moment of asking. */
export interface CommandContext {
  document: DocumentStore;
  canvas: CanvasState;
  /** The card, and the row in it, that has the focus on the canvas. */
  here: Place | null;
  /** What has the focus, or had it before the palette took it. */
  focus: Element | null;
  /** Saves what is pending, now. */
  flush(): Promise<void>;
}

export interface Command {
  /** As "stage.rename"; never changes, and no two are the same. */
  id: string;
  /** A verb first; names what it works on where that is known. */
  title: string | ((context: CommandContext) => string);
  group: CommandGroup;
  /** Each as "F2", "Shift+D" or "Mod+K"; Mod is ⌘ on a Mac and Ctrl elsewhere. The first is the one that is shown. */
  keys?: readonly string[];
  /**
   * Where its keys work: on the canvas and where nothing has the focus ("canvas", unless told), wherever nobody types
   * ("notFields"), or in fields too ("page").
   */
  scope?: "canvas" | "notFields" | "page";
  /** Other words people may look for. */
  words?: string;
  /** True, or a sentence on why not; false where it makes no sense to offer at all. Absent: always possible. */
  available?(context: CommandContext): true | string | false;
  perform(context: CommandContext): void | Promise<void>;
}

export const titleOf = ({ title }: Command, context: CommandContext): string =>
  typeof title === "string" ? title : title(context);

/** True, or a sentence on why not; false where it is not to be offered at all. */
export const availability = (command: Command, context: CommandContext): true | string | false =>
  command.available?.(context) ?? true;
