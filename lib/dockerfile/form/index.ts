/**
 * An instruction as a form. The text stays the truth: a form is what the text reads as, and a field is written by a few
 * edits of the text, which are handed out only if the field then reads as it was meant. What no field shows is left
 * alone, and said.
 */
import { applyEdits, normaliseEdits, type TextEdit } from "../../text";
import type { Dockerfile } from "../types";
import { contextOf, isRefused } from "./context";
import { beyondForm, fieldsOf } from "./forms";
import type { FieldValue, Form } from "./types";

export { purposeOf, templateOf, WRITABLE } from "./templates";
export type { CacheSuggestion, Field, FieldValue, Form, Pair } from "./types";

const EMPTY: Form = { keyword: null, fields: [], beyond: [] };

/** @param text one instruction, without the comments above it */
export function readForm(text: string, escapeToken: Dockerfile["escape"]): Form {
  const context = contextOf(text, escapeToken);
  if (context === null) return EMPTY;
  const fields = fieldsOf(context).map((each) => each.read(context));
  return { keyword: context.node.keyword, fields, beyond: beyondForm(context) };
}

/** The text with a field changed, or why that cannot be written. */
export function writeField(
  text: string,
  escapeToken: Dockerfile["escape"],
  id: string,
  value: FieldValue,
): { text: string } | { reason: string } {
  const context = contextOf(text, escapeToken);
  const spec = context && fieldsOf(context).find((each) => each.read(context).id === id);
  if (!context || !spec) return { reason: "The text has no such field now." };
  if (same(spec.read(context).value, value)) return { text };
  const edits = spec.write(context, value as never);
  if (isRefused(edits)) return edits;
  let inner: TextEdit[];
  try {
    inner = normaliseEdits(edits.map((edit) => moved(edit, -context.offset)));
  } catch {
    return { reason: "Change this in the text." };
  }
  const written = applyEdits(text, inner);
  const after = readForm(written, escapeToken);
  const now = after.fields.find((each) => each.id === id)?.value;
  const meant = after.keyword === context.node.keyword && same(now, value);
  return meant ? { text: written } : { reason: "That would read as something else; change it in the text." };
}

const moved = ({ start, end, text }: TextEdit, by: number): TextEdit => ({
  start: start + by,
  end: end + by,
  text,
});

const same = (a: FieldValue | undefined, b: FieldValue) => JSON.stringify(a) === JSON.stringify(b);
