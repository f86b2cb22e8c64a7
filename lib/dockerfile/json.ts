/** An element of the JSON form, decoded, with its place in the text, quotes included. */
export interface JsonString {
  value: string;
  start: number;
  end: number;
}

/** The text is not a JSON array, an array of other things than strings, or the strings. */
export type JsonForm = "notArray" | "notStrings" | JsonString[];

/** encoding/json gives up below this. */
const MAX_DEPTH = 10000;
/** Finite in Go's float64; longer exponents are rare enough to ask Number. */
const SIMPLE_NUMBER = /^-?\d{1,300}(?:\.\d+)?$/;

/**
 * The JSON form of an instruction's arguments, under the grammar of Go's encoding/json (parser/line_parsers.go,
 * parseJSON). Linear and without recursion, whatever it is given.
 *
 * @param from where the array's `[` must be
 */
export function readJsonForm(text: string, from: number, to: number): JsonForm {
  if (text.charAt(from) !== "[" || from >= to) return "notArray";
  return new Reader(text, from, to).read();
}

class Reader {
  #at: number;

  constructor(
    readonly text: string,
    from: number,
    readonly to: number,
  ) {
    this.#at = from;
  }

  read(): JsonForm {
    const strings: JsonString[] = [];
    let onlyStrings = true;
    const closers: string[] = [];
    let expectValue = true; // else a comma or a closer
    let mayClose = false; // right after an opener
    do {
      this.#skipSpace();
      const char = this.#peek();
      if (expectValue) {
        if (mayClose && char === closers[closers.length - 1]) {
          this.#at++;
          closers.pop();
          expectValue = mayClose = false;
          continue;
        }
        if (closers[closers.length - 1] === "}" && !this.#key()) return "notArray";
        const start = this.#at;
        const first = this.#peek();
        mayClose = false;
        if (first === "[" || first === "{") {
          if (closers.length >= MAX_DEPTH) return "notArray";
          if (closers.length > 0) onlyStrings = false;
          closers.push(first === "[" ? "]" : "}");
          this.#at++;
          mayClose = true;
          continue;
        }
        if (first === '"') {
          const value = this.#string();
          if (value === null) return "notArray";
          if (closers.length === 1) strings.push({ value, start, end: this.#at });
        } else {
          if (!this.#scalar()) return "notArray";
          onlyStrings = false;
        }
        expectValue = false;
      } else if (char === ",") {
        this.#at++;
        expectValue = true;
      } else if (char === closers[closers.length - 1]) {
        this.#at++;
        closers.pop();
      } else return "notArray";
    } while (closers.length > 0);
    this.#skipSpace();
    if (this.#at < this.to) return "notArray";
    return onlyStrings ? strings : "notStrings";
  }

  #peek(): string {
    return this.#at < this.to ? this.text.charAt(this.#at) : "";
  }

  #skipSpace(): void {
    for (
      let char = this.#peek();
      char === " " || char === "\t" || char === "\r" || char === "\n";
      char = this.#peek()
    ) {
      this.#at++;
    }
  }

  /** `"name":` of an object's member, up to its value. */
  #key(): boolean {
    if (this.#peek() !== '"' || this.#string() === null) return false;
    this.#skipSpace();
    if (this.#peek() !== ":") return false;
    this.#at++;
    this.#skipSpace();
    return true;
  }

  #string(): string | null {
    let start = ++this.#at;
    let value = "";
    while (this.#at < this.to) {
      const code = this.text.charCodeAt(this.#at);
      if (code === 0x22) {
        value += this.text.slice(start, this.#at++);
        return value;
      }
      if (code < 0x20) return null;
      if (code === 0x5c) {
        value += this.text.slice(start, this.#at);
        const escaped = this.#escape();
        if (escaped === null) return null;
        value += escaped;
        start = this.#at;
      } else this.#at++;
    }
    return null;
  }

  #escape(): string | null {
    const char = this.#at + 1 < this.to ? this.text.charAt(this.#at + 1) : "";
    const simple = '"\\/bfnrt'.indexOf(char);
    if (char !== "" && simple !== -1) {
      this.#at += 2;
      return '"\\/\b\f\n\r\t'.charAt(simple);
    }
    const unit = this.#unicode();
    if (unit === null) return null;
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    // a surrogate counts in a pair only
    const back = this.#at;
    const low = unit < 0xdc00 && this.text.startsWith("\\u", this.#at) ? this.#unicode() : null;
    if (low !== null && low >= 0xdc00 && low <= 0xdfff) return String.fromCharCode(unit, low);
    this.#at = back;
    return "\ufffd";
  }

  #unicode(): number | null {
    const digits = this.text.slice(this.#at + 2, Math.min(this.#at + 6, this.to));
    if (this.text.charAt(this.#at + 1) !== "u" || !/^[0-9a-fA-F]{4}$/.test(digits)) return null;
    this.#at += 6;
    return Number.parseInt(digits, 16);
  }

  /** A number, true, false or null. A number that overflows makes Go give up on the whole. */
  #scalar(): boolean {
    const start = this.#at;
    while (this.#at < this.to && /[-+.0-9A-Za-z]/.test(this.text.charAt(this.#at))) this.#at++;
    const word = this.text.slice(start, this.#at);
    if (word === "true" || word === "false" || word === "null") return true;
    if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(word)) return false;
    return SIMPLE_NUMBER.test(word) || Number.isFinite(Number(word));
  }
}
