import { utf8Length } from "./bytes";

/** A field of a flag's value, and where its characters stand in that value. */
export interface CsvField {
  text: string;
  /** the place of the character at an index of `text`, or of its end */
  place(index: number): number;
}

/** Fields of one line of CSV, strict about quotes (tonistiigi/go-csvvalue), or Go's words for what is wrong. */
export function readCsv(value: string): CsvField[] | { error: string } {
  if (value === "") return { error: "EOF" };
  const fields: CsvField[] = [];
  const failure = (at: number, what: string) => ({
    error: `parse error on line 1, column ${utf8Length(value, 0, at) + 1}: ${what}`,
  });
  let at = 0;
  for (;;) {
    if (value.charAt(at) !== '"') {
      const comma = value.indexOf(",", at);
      const end = comma === -1 ? value.length : comma;
      const text = value.slice(at, end);
      const bare = text.indexOf('"');
      if (bare !== -1) return failure(at + bare, 'bare " in non-quoted-field');
      const start = at;
      fields.push({ text, place: (index) => start + index });
      if (comma === -1) return fields;
      at = comma + 1;
      continue;
    }
    const quoted = readQuoted(value, at + 1);
    if (typeof quoted === "number") return failure(quoted, 'extraneous or missing " in quoted-field');
    fields.push(quoted.field);
    if (quoted.next === value.length) return fields;
    at = quoted.next + 1;
  }
}

/** A quoted field from behind its opening quote; `next` is at the comma or the end. A number is where it goes wrong. */
function readQuoted(value: string, from: number): { field: CsvField; next: number } | number {
  let text = "";
  const places: number[] = [];
  let at = from;
  for (;;) {
    const close = value.indexOf('"', at);
    if (close === -1) return at;
    for (let index = at; index < close; index++) places.push(index);
    text += value.slice(at, close);
    at = close + 1;
    const next = value.charAt(at);
    if (next === '"') {
      text += '"';
      places.push(at);
      at++;
    } else if (next === "," || at === value.length) {
      places.push(close);
      return { field: { text, place: (index) => places[index] as number }, next: at };
    } else return close;
  }
}
