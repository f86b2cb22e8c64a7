/** The keys of moving about, in words: those of commands stand with the commands. */
interface KeyLine {
  does: string;
  keys: readonly string[];
}

export const CANVAS_KEYS: readonly KeyLine[] = [
  { does: "Next card or instruction", keys: ["ArrowDown"] },
  { does: "Previous card or instruction", keys: ["ArrowUp"] },
  { does: "Along an edge to what it comes from", keys: ["ArrowLeft"] },
  { does: "Along an edge to where it goes", keys: ["ArrowRight"] },
  { does: "First and last card", keys: ["Home", "End"] },
  { does: "Select", keys: ["Space"] },
  { does: "Edit", keys: ["Enter"] },
  { does: "Move the card", keys: ["Shift+Arrow"] },
  { does: "Leave one level", keys: ["Escape"] },
];

export const TEXT_KEYS: readonly KeyLine[] = [
  { does: "Leave the text (Tab writes a tab)", keys: ["Escape"] },
  { does: "Let Tab lead on, or write again", keys: ["Ctrl+M"] },
  { does: "Mend the problem at the cursor", keys: ["Mod+."] },
];
