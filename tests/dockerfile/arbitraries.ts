import fc from "fast-check";
import { normaliseEdits, type TextEdit } from "../../lib/text";

/** Pieces that Dockerfiles are made of, the awkward ones more often than in life. */
const PIECES = [
  "FROM alpine",
  "FROM alpine AS base",
  "FROM base AS next",
  "FROM --platform=$BUILDPLATFORM golang:1.22 AS build",
  "from scratch as last",
  "COPY --from=base /a /b",
  "COPY --from=0 /a /b",
  "COPY --from='base' /a /b",
  'COPY --from=nginx:1 ["/a b", "/c"]',
  "COPY <<EOF <<-'END' /x/\none\nEOF\n\ttwo\n\tEND",
  "RUN --mount=type=bind,from=base,target=/x \\\n    # why\n\n    ls",
  "RUN --mount='type=cache,\"target=/y\"' ls",
  "RUN <<EOF\nFROM nothing\nEOF",
  "RUN echo <<EOF",
  "ONBUILD COPY --from=base a b",
  "ONBUILD RUN <<A\nx\nA",
  'RUN ["a", "b\\u0041"]',
  'ENV A=b C="d e"',
  "ENV A b",
  "ARG V=1",
  "HEALTHCHECK --interval=1s CMD true",
  "WORKDIR /x",
  "EXPOSE 80/tcp",
  "# comment",
  "# escape=`",
  "# syntax=docker/dockerfile:1",
  "",
  "   ",
  "\\",
  "`",
  "\ufeff",
  "été \u00a0\u0085 \ud800",
  "\0",
] as const;

const LINE_BREAKS = ["\n", "\n", "\n", "\r\n", "\n\n", "\r", ""];

/** Any code units, halves of surrogate pairs among them; those that mean something more often than the rest. */
export function anything(most: number): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff)), { maxLength: most })
    .map((codes) => String.fromCharCode(...codes));
}

/** A text between a Dockerfile and noise. */
export const dockerfileLike = noise(14);

function noise(mostLines: number): fc.Arbitrary<string> {
  return fc
    .array(
      fc.tuple(
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...PIECES) },
          { weight: 1, arbitrary: anything(12) },
          { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z$<'"`\\ =#,.\-\t[\]{}]{0,20}$/) },
        ),
        fc.constantFrom(...LINE_BREAKS),
      ),
      { maxLength: mostLines },
    )
    .map((lines) => lines.flat().join(""));
}

/** A file that builds: stages with and without names, references of every kind, all of them backwards. */
export const sound = soundFile(5, 4);

/** One for laws that look at all of it again and again. */
export const small = soundFile(3, 3);

function soundFile(mostStages: number, mostLines: number): fc.Arbitrary<string> {
  return fc
    .record({
      ending: fc.constantFrom("\n", "\r\n"),
      lower: fc.boolean(),
      lastBreak: fc.boolean(),
      head: fc.constantFrom("", "# syntax=docker/dockerfile:1\n", "# a licence\n\n", "ARG V=1\n\n", "\ufeff"),
      stages: fc.array(
        fc.record({
          named: fc.boolean(),
          comment: fc.boolean(),
          base: fc.nat(20),
          gap: fc.constantFrom("", "\n", "\n\n", "\n# loose\n\n"),
          lines: fc.array(
            fc.tuple(
              fc.constantFrom(...["copy", "number", "mount", "run", "env", "heredoc", "cmd"]),
              fc.nat(20),
            ),
            {
              maxLength: mostLines,
            },
          ),
        }),
        { minLength: 1, maxLength: mostStages },
      ),
    })
    .map(({ ending, lower, lastBreak, head, stages }) => {
      const key = (word: string) => (lower ? word.toLowerCase() : word);
      const names = stages.map((stage, index) => (stage.named ? `s${index}` : null));
      let text: string = head;
      for (const [index, stage] of stages.entries()) {
        const before = names.slice(0, index).filter((name) => name !== null);
        const pick = (at: number) => before[at % before.length];
        const base =
          before.length > 0 && stage.base % 2 === 0 ? pick(stage.base) : `image${stage.base % 3}:1`;
        if (stage.comment) text += `# about this one\n`;
        text += `${key("FROM")} ${base}${stage.named ? ` ${key("AS")} s${index}` : ""}\n`;
        for (const [kind, at] of stage.lines) {
          if (kind === "copy" && before.length > 0) text += `${key("COPY")} --from=${pick(at)} /a /b\n`;
          if (kind === "number" && index > 0) text += `  ${key("COPY")} --from=${at % index} /a /b\n`;
          if (kind === "mount" && before.length > 0) {
            text += `${key("RUN")} --mount=type=bind,from=${pick(at)},target=/x \\\n    # why\n    ls\n`;
          }
          if (kind === "run") text += `# run it\n${key("RUN")} make\n`;
          if (kind === "env") text += `${key("ENV")} A=b\n`;
          if (kind === "heredoc") text += `${key("RUN")} <<EOF\nFROM nothing\nEOF\n`;
          if (kind === "cmd") text += `${key("CMD")} ["x"]\n`;
        }
        if (index < stages.length - 1) text += stage.gap;
      }
      if (!lastBreak) text = text.slice(0, -1);
      return ending === "\n" ? text : text.replaceAll("\n", ending);
    });
}

const SNIPPETS = [
  "",
  "\n",
  "\r\n",
  "x",
  "#",
  "\\",
  "`",
  "<<EOF",
  "EOF\n",
  "\nEOF\n",
  "\nRUN <<EOF\n",
  "FROM a AS b\n",
  "RUN x\n",
  "\n\n",
  "# escape=`\n",
  "\ufeff",
  // What changes the meaning of other lines.
  " AS s1",
  "s0",
  "scratch",
  "$V",
  "--from=0 ",
  "--mount=type=cache,target=/x ",
  "\nCOPY --from=s1 /a /b\n",
  "\nRUN --mount=from=s0,target=/x ls\n",
  "ARG V=s0\n",
  "ARG SOURCE_DATE_EPOCH=s0\n",
  "\nENV A\n",
  "\nENV A b=c\nENV A=b c\n",
  "\nCMD [1]\n",
];

/** Edits anywhere in a text; places as parts of its length. */
export const changes = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.constant(0), fc.nat(12)),
    text: fc.oneof(fc.constantFrom(...SNIPPETS), noise(4)),
  }),
  { minLength: 1, maxLength: 3 },
);

export function editsOf(source: string, list: { at: number; length: number; text: string }[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let from = 0;
  for (const { at, length, text } of [...list].sort((a, b) => a.at - b.at)) {
    const start = Math.max(from, Math.floor(at * source.length));
    const end = Math.min(source.length, start + length);
    edits.push({ start, end, text });
    from = end;
  }
  return normaliseEdits(edits);
}
