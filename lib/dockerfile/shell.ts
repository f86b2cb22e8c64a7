import { withoutBytes } from "./bytes";
import { DOLLAR, DOUBLE_QUOTE, isSpace, LESS_THAN, SINGLE_QUOTE } from "./characters";
import { compilePattern, replacePattern, trimPrefix, trimSuffix } from "./pattern";
import { quote } from "./quote";
import { finished, type Processed, type Routine } from "./routine";

/** Where variables are looked up. */
export type Variables = Pick<ReadonlyMap<string, string>, "get" | "has" | "keys" | typeof Symbol.iterator>;

export interface ShellOptions {
  /** the escape token, `\` or `` ` `` */
  escape: string;
  /** keep quotes in the result */
  rawQuotes?: boolean;
  /** keep escape tokens in the result */
  rawEscapes?: boolean;
  /** quotes are plain characters */
  skipQuotes?: boolean;
  /** leave a variable that is not set as it is written */
  skipUnset?: boolean;
}

export type Expansion =
  | { ok: true; value: string; words: string[]; matched: Set<string>; unmatched: Set<string> }
  | { ok: false; error: string; matched: Set<string>; unmatched: Set<string> };

/**
 * Expands a word, and splits it into words, as BuildKit does (shell/lex.go). Oddities are kept: an expansion inside
 * `${}` drops what the word before it had collected, since the two share a buffer there.
 */
export function expand(word: string, variables: Variables, options: ShellOptions): Expansion {
  const lexer = new Lexer(withoutBytes(word), variables, options);
  try {
    const [value, words] = finished(lexer.processStopOn("", options.rawEscapes === true));
    return { ok: true, value, words, matched: lexer.matched, unmatched: lexer.unmatched };
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    const message = `failed to process ${quote(word)}: ${error.message}`;
    return { ok: false, error: message, matched: lexer.matched, unmatched: lexer.unmatched };
  }
}

class ShellError extends Error {}

const END = "";
/** More than a process of Linux can be given as a variable (MAX_ARG_STRLEN): twenty times `ENV A=$A$A` would have no end. */
const MOST = 131_072;
const TOO_LONG = "argument list too long";
const MAYBE_SPACE = /[\s\x85]/;
const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

class Lexer {
  readonly matched = new Set<string>();
  readonly unmatched = new Set<string>();
  #at = 0;
  #rawEscapes: boolean;
  #length = 0; // of all values so far
  #buffer = ""; // of the word being collected; shared by nested calls

  constructor(
    readonly source: string,
    readonly variables: Variables,
    readonly options: ShellOptions,
  ) {
    if (source.charCodeAt(0) === 0xfeff) this.#at = 1; // Go's text/scanner drops a BOM
    this.#rawEscapes = options.rawEscapes === true;
  }

  #peek(): string {
    return this.source.charAt(this.#at);
  }

  #next(): string {
    return this.source.charAt(this.#at++);
  }

  *processStopOn(stop: string, rawEscapes: boolean): Routine<Processed> {
    const outer = this.#rawEscapes;
    this.#rawEscapes = rawEscapes;
    let result = "";
    const words: string[] = [];
    let inWord = false;
    this.#buffer = "";
    const add = (char: string) => {
      if (stop !== "") return; // nobody asks for the words in there
      if (!isSpace(char.charCodeAt(0))) {
        this.#buffer += char;
        inWord = true;
      } else if (inWord && this.#buffer !== "") {
        words.push(this.#buffer);
        this.#buffer = "";
        inWord = false;
      }
    };
    const finish = (): Processed => {
      if (this.#buffer !== "") words.push(this.#buffer);
      this.#buffer = "";
      this.#rawEscapes = outer;
      return [result, words];
    };
    while (this.#at < this.source.length) {
      const code = this.source.charCodeAt(this.#at);
      const char = this.source.charAt(this.#at);
      if (stop !== "" && char === stop) {
        this.#at++;
        return finish();
      }
      if (code === DOLLAR) {
        const value = yield* this.#dollar();
        result += value;
        if (stop !== "") continue;
        if (MAYBE_SPACE.test(value)) for (const part of value) add(part);
        else if (value !== "") {
          this.#buffer += value;
          inWord = true;
        }
      } else if (
        code === LESS_THAN ||
        (!this.options.skipQuotes && (code === SINGLE_QUOTE || code === DOUBLE_QUOTE))
      ) {
        const value =
          code === LESS_THAN
            ? this.#heredoc()
            : code === SINGLE_QUOTE
              ? this.#singleQuote()
              : yield* this.#doubleQuote();
        result += value;
        this.#buffer += value;
        inWord = true;
      } else if (char === this.options.escape) {
        this.#at++;
        if (this.#rawEscapes) {
          this.#buffer += char;
          inWord = true;
          result += char;
        }
        const escaped = this.#next();
        if (escaped === END) break;
        this.#buffer += escaped;
        inWord = true;
        result += escaped;
      } else {
        this.#at++;
        add(char);
        result += char;
      }
    }
    if (stop !== "") throw new ShellError(`unexpected end of statement while looking for matching ${stop}`);
    return finish();
  }

  #singleQuote(): string {
    const start = this.#at;
    const end = this.source.indexOf("'", start + 1);
    if (end === -1) {
      this.#at = this.source.length;
      throw new ShellError("unexpected end of statement while looking for matching single-quote");
    }
    this.#at = end + 1;
    return this.options.rawQuotes ? this.source.slice(start, end + 1) : this.source.slice(start + 1, end);
  }

  *#doubleQuote(): Routine<string> {
    const mark = this.#next();
    let result = this.options.rawQuotes ? mark : "";
    for (;;) {
      const char = this.#peek();
      if (char === END) {
        throw new ShellError("unexpected end of statement while looking for matching double-quote");
      }
      if (char === '"') {
        this.#at++;
        return this.options.rawQuotes ? result + char : result;
      }
      if (char === "$") {
        result += yield* this.#dollar();
        continue;
      }
      this.#at++;
      if (char !== this.options.escape) {
        result += char;
        continue;
      }
      if (this.#rawEscapes) result += char;
      const next = this.#peek();
      if (next === END) continue; // an escape at the end of the word is dropped
      if (next === '"' || next === "$" || next === this.options.escape) {
        this.#at++;
        result += next;
      } else result += char;
    }
  }

  #heredoc(): string {
    this.#at++;
    if (this.#peek() !== "<") return "<";
    this.#at++;
    const start = this.#at;
    while (this.#peek() === " " || this.#peek() === "\t" || this.#peek() === "\r") this.#at++;
    return `<<${this.source.slice(start, this.#at)}`;
  }

  #lookUp(name: string): string | undefined {
    const value = this.variables.get(name);
    (value === undefined ? this.unmatched : this.matched).add(name);
    this.#length += value?.length ?? 0;
    if (this.#length > MOST) throw new ShellError(TOO_LONG);
    return value;
  }

  *#dollar(): Routine<string> {
    this.#at++;
    if (this.#peek() !== "{") {
      const name = this.#name();
      if (name === "") return "$";
      const value = this.#lookUp(name);
      return value === undefined && this.options.skipUnset ? `$${name}` : (value ?? "");
    }
    this.#at++;
    const first = this.#peek();
    if (first === END) throw new ShellError("syntax error: missing '}'");
    if (first === "{" || first === "}" || first === ":")
      throw new ShellError("syntax error: bad substitution");
    const name = this.#name();
    let modifier = this.#codePoint();
    if (modifier === "}") {
      const value = this.#lookUp(name);
      return value === undefined && this.options.skipUnset ? `\${${name}}` : (value ?? "");
    }
    if (modifier === "/") return yield* this.#replace(name);
    let written = modifier;
    const nullIsUnset = modifier === ":";
    if (nullIsUnset) {
      modifier = this.#codePoint();
      written += modifier;
    } else if (modifier === END || !"+-?#%".includes(modifier)) throw unsupported(written);
    return yield* this.#modified(name, modifier, written, nullIsUnset);
  }

  *#modified(name: string, modifier: string, written: string, nullIsUnset: boolean): Routine<string> {
    const isPattern = modifier === "#" || modifier === "%";
    if (nullIsUnset && isPattern) throw unsupported(written);
    let word = yield* this.#until("}", isPattern, "syntax error: missing '}'");
    const value = this.#lookUp(name);
    if (value === undefined && this.options.skipUnset) return `\${${name}${written}${word}}`;
    const isUnset = value === undefined || (nullIsUnset && value === "");
    switch (modifier) {
      case "-":
        return isUnset ? word : value;
      case "+":
        return isUnset ? "" : word;
      case "?":
        if (!isUnset) return value;
        throw new ShellError(
          `${name}: ${word || `is not allowed to be ${value === undefined ? "unset" : "empty"}`}`,
        );
      case "#":
      case "%": {
        const longest = word.startsWith(modifier);
        if (longest) word = word.slice(1);
        const trim = modifier === "#" ? trimPrefix : trimSuffix;
        return trim(this.#pattern(word), value ?? "", longest);
      }
      default:
        throw unsupported(written);
    }
  }

  *#replace(name: string): Routine<string> {
    const all = this.#peek() === "/";
    if (all) this.#at++;
    const pattern = yield* this.#until("/", true, `syntax error: missing '/' in \${}`);
    const replacement = yield* this.#until("}", true, "syntax error: missing '}'");
    const value = this.#lookUp(name);
    if (value === undefined && this.options.skipUnset) return `\${${name}/${pattern}/${replacement}}`;
    const replaced = replacePattern(this.#pattern(pattern), value ?? "", replacement, all, MOST);
    if (replaced === null) throw new ShellError(TOO_LONG);
    return replaced;
  }

  #pattern(text: string) {
    const pattern = compilePattern(text);
    if (Array.isArray(pattern)) return pattern;
    throw new ShellError(`invalid pattern (${text}) in substitution: ${pattern.reason}`);
  }

  *#until(stop: string, rawEscapes: boolean, missing: string): Routine<string> {
    try {
      return (yield this.processStopOn(stop, rawEscapes))[0];
    } catch (error) {
      if (error instanceof ShellError && this.#at >= this.source.length) throw new ShellError(missing);
      throw error;
    }
  }

  #codePoint(): string {
    const point = this.source.codePointAt(this.#at);
    if (point === undefined) {
      this.#at++;
      return END;
    }
    const char = String.fromCodePoint(point);
    this.#at += char.length;
    return char;
  }

  #name(): string {
    const start = this.#at;
    const first = this.#point();
    if (DIGIT.test(first)) {
      while (DIGIT.test(this.#point())) this.#at += this.#point().length;
      return this.source.slice(start, this.#at);
    }
    if (first !== END && "@*#?-$!0".includes(first)) {
      this.#at++;
      return first;
    }
    for (let point = first; point === "_" || LETTER.test(point) || DIGIT.test(point); point = this.#point()) {
      this.#at += point.length;
    }
    return this.source.slice(start, this.#at);
  }

  #point(): string {
    const point = this.source.codePointAt(this.#at);
    return point === undefined ? END : String.fromCodePoint(point);
  }
}

function unsupported(written: string): ShellError {
  return new ShellError(`unsupported modifier (${written || "\ufffd"}) in substitution`);
}
