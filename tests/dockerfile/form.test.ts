import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type Field,
  type FieldValue,
  readForm,
  templateOf,
  WRITABLE,
  writeField,
} from "../../lib/dockerfile/form";
import { PATIENCE, RUNS } from "../laws";

const fieldValue = (text: string, id: string) =>
  readForm(text, "\\").fields.find((each) => each.id === id)?.value;

describe("a form reads its text", () => {
  test.each<[text: string, id: string, value: FieldValue | undefined]>([
    ["RUN --mount=type=cache,target=/a make \\\n  # why\n  all", "command", "make \\\n  # why\n  all"],
    ["RUN --mount=type=cache,target=/a --mount=type=cache,dst=/b make", "caches", ["/a", "/b"]],
    ["RUN --mount=type=bind,from=x,target=/a make", "caches", []],
    ["RUN make", "form", "shell"],
    ['RUN ["make", "all"]', "form", "exec"],
    ['RUN ["make", "all"]', "words", ["make", "all"]],
    ['RUN ["make", "all"]', "command", undefined],
    ["RUN <<EOF\nmake\nEOF", "command", "<<EOF\nmake\nEOF"],
    ["copy --from=x --chown=1:1 --link a b /c/", "sources", ["a", "b"]],
    ["copy --from=x --chown=1:1 --link a b /c/", "destination", "/c/"],
    ["copy --from=x --chown=1:1 --link a b /c/", "from", "x"],
    ["copy --from=x --chown=1:1 --link a b /c/", "link", true],
    ["COPY --link=false a b", "link", false],
    ['COPY ["a b", "c"]', "sources", ["a b"]],
    [
      'ENV A=b C="d e" F=',
      "pairs",
      [
        { name: "A", value: "b" },
        { name: "C", value: "d e" },
        { name: "F", value: "" },
      ],
    ],
    ["ENV A the rest", "pairs", [{ name: "A", value: "the rest" }]],
    [
      "ARG A B=1",
      "pairs",
      [
        { name: "A", value: null },
        { name: "B", value: "1" },
      ],
    ],
    ["HEALTHCHECK --interval=5s --retries=3 CMD curl -f x", "interval", "5s"],
    ["HEALTHCHECK --interval=5s --retries=3 CMD curl -f x", "command", "curl -f x"],
    ["HEALTHCHECK NONE", "health", "none"],
    ["EXPOSE 80 53/udp", "list", ["80", "53/udp"]],
    ["WORKDIR /a b", "text", "/a b"],
    ["ONBUILD RUN make", "trigger", "RUN make"],
    ['SHELL ["a", "-c"]', "words", ["a", "-c"]],
    ["FROM x", "text", undefined],
    ["RUN a\nRUN b", "command", undefined],
  ])("%j: %s is %j", (text, id, value) => {
    expect(fieldValue(text, id)).toEqual(value);
  });

  test.each<[text: string, beyond: string[]]>([
    ["RUN --network=none --mount=type=secret,id=x make", ["--network=none", "--mount=type=secret,id=x"]],
    ["COPY --parents --exclude=*.md a b", ["--parents", "--exclude=*.md"]],
    ["ENV A=b \\\n  # why\n  C=d", ["comments between its lines"]],
    ["RUN <<EOF\n# no comment of ours\nEOF", []],
    ["RUN make", []],
  ])("and says what of %j it does not show", (text, beyond) => {
    expect(readForm(text, "\\").beyond).toEqual(beyond);
  });
});

describe("a field writes into the text", () => {
  test.each<[text: string, id: string, value: FieldValue, after: string]>([
    ["RUN make \\\n  # why\n  all", "command", "make \\\n  # why\n  test", "RUN make \\\n  # why\n  test"],
    ["RUN ", "command", "make", "RUN make"],
    ["RUN", "command", "make", "RUN make"],
    ["RUN make", "caches", ["/root/.m2"], "RUN --mount=type=cache,target=/root/.m2 make"],
    [
      "RUN apt-get update",
      "caches",
      ["/var/cache/apt"],
      "RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update",
    ],
    ["RUN --mount=type=cache,id=x,dst=/a make", "caches", ["/b"], "RUN --mount=type=cache,id=x,dst=/b make"],
    [
      "RUN --mount=type=cache,target=/a \\\n    --mount=type=cache,target=/b \\\n    make",
      "caches",
      ["/b"],
      "RUN \\\n    --mount=type=cache,target=/b \\\n    make",
    ],
    ["CMD node server.js", "form", "exec", 'CMD ["node", "server.js"]'],
    ["CMD node $X && y", "form", "exec", 'CMD ["/bin/sh", "-c", "node $X && y"]'],
    ['CMD ["/bin/sh", "-c", "node $X"]', "form", "shell", "CMD node $X"],
    ['CMD ["a", "b c", "it\'s"]', "form", "shell", "CMD a 'b c' 'it'\\''s'"],
    ['CMD ["a", "b"]', "words", ["a", "c", "d"], 'CMD ["a", "c", "d"]'],
    ['CMD [ "a",\\\n  "b" ]', "words", ["a"], 'CMD [ "a" ]'],
    ["COPY --from=x a b", "from", "y", "COPY --from=y a b"],
    ["COPY --from=x a b", "from", "", "COPY a b"],
    ["COPY a b", "chown", "1:1", "COPY --chown=1:1 a b"],
    ["COPY a b", "link", true, "COPY --link a b"],
    ["COPY --link=true \\\n  a b", "link", false, "COPY \\\n  a b"],
    ["COPY a \\\n  # two\n  b c/", "sources", ["a", "d"], "COPY a \\\n  # two\n  d c/"],
    ["COPY a b c/", "sources", ["b"], "COPY b c/"],
    ["COPY a c", "sources", ["a", "b"], "COPY a b c/"],
    ["COPY a c", "sources", ["a b"], 'COPY ["a b", "c"]'],
    ["COPY a c", "destination", "/d/", "COPY a /d/"],
    ["COPY <<EOF /a\nx\nEOF", "destination", "/b", "COPY <<EOF /b\nx\nEOF"],
    [
      'ENV A=b C="d e"',
      "pairs",
      [
        { name: "A", value: "b" },
        { name: "C", value: "d f" },
      ],
      'ENV A=b C="d f"',
    ],
    [
      "ENV A=b \\\n  C=d",
      "pairs",
      [
        { name: "A", value: "b" },
        { name: "C", value: "d" },
        { name: "E", value: "" },
      ],
      "ENV A=b \\\n  C=d E=",
    ],
    ["ENV A=b \\\n  C=d", "pairs", [{ name: "A", value: "b" }], "ENV A=b"],
    ["ENV A=b \\\n  C=d", "pairs", [{ name: "C", value: "d" }], "ENV C=d"],
    ["ENV A old form", "pairs", [{ name: "A", value: "new form" }], 'ENV A="new form"'],
    ["ARG A", "pairs", [{ name: "A", value: "1" }], "ARG A=1"],
    ["HEALTHCHECK CMD x", "interval", "5s", "HEALTHCHECK --interval=5s CMD x"],
    [
      "HEALTHCHECK --interval=5s CMD x",
      "command",
      "y || exit 1",
      "HEALTHCHECK --interval=5s CMD y || exit 1",
    ],
    ["HEALTHCHECK --interval=5s CMD x", "health", "none", "HEALTHCHECK NONE"],
    ["EXPOSE 80", "list", ["80", "443"], "EXPOSE 80 443"],
    ["VOLUME /a", "list", ["/a b"], 'VOLUME ["/a b"]'],
    ["USER", "text", "nobody", "USER nobody"],
    ["workdir /a", "text", "/b", "workdir /b"],
    ["ONBUILD RUN a", "trigger", "COPY . .", "ONBUILD COPY . ."],
  ])("%j: %s = %j", (text, id, value, after) => {
    expect(writeField(text, "\\", id, value)).toEqual({ text: after });
  });

  test.each<[text: string, id: string, value: FieldValue, reason: RegExp]>([
    ["COPY a b", "sources", [], /at least one path/],
    ["COPY a b", "destination", "", /where the files should go/],
    ["COPY a b", "sources", ["<<EOF"], /heredoc/],
    ["COPY a b", "chown", `a "b`, /cannot be quoted/],
    ["COPY <<EOF /a\nx\nEOF", "sources", ["b"], /heredoc/],
    ["RUN <<EOF\nx\nEOF", "form", "exec", /shell form/],
    ["RUN make", "command", "make\nRUN x", /read as something else/],
    ["RUN make", "command", '["make"]', /no such field|something else/],
    ["ENV A=b", "pairs", [{ name: "A B\\", value: "b" }], /something else/],
    ["ENV A=b", "pairs", [{ name: "", value: "b" }], /what it is called/],
    ["EXPOSE 80", "list", ["8 0"], /no space/],
    ["WORKDIR /a", "text", " ", /what it should be/],
    ["WORKDIR /a", "list", ["b"], /no such field/],
  ])("%j: %s = %j is refused", (text, id, value, reason) => {
    const result = writeField(text, "\\", id, value);
    expect("reason" in result && result.reason).toMatch(reason);
  });
});

test.each(WRITABLE)("what begins %s is read by a form of its own", (keyword) => {
  const form = readForm(templateOf(keyword, false), "\\");
  expect(form.keyword).toBe(keyword);
  expect(form.fields.length).toBeGreaterThan(0);
  expect(form.beyond).toEqual([]);
  const small = templateOf(keyword, true);
  expect(small.toUpperCase()).toBe(templateOf(keyword, false).toUpperCase());
  expect(small).toMatch(/^[a-z]+ /);
});

describe("laws", () => {
  const word = fc.constantFrom(
    "a",
    "/b/",
    "c d",
    '"',
    "'x'",
    "$Y",
    "\\",
    "",
    "=",
    "é",
    "<<E",
    "#",
    "--z",
    "a=b",
    "[",
    "`",
  );
  const text = fc
    .tuple(
      fc.constantFrom(...WRITABLE, "FROM", "RNU", "copy"),
      fc.array(
        fc.oneof(
          word,
          fc.constantFrom(
            "--from=x",
            "--link",
            "--mount=type=cache,target=/q",
            "\\\n",
            "\n# why\n",
            '["a", "b"]',
            "\nE",
          ),
        ),
      ),
    )
    .map(([keyword, words]) => [keyword, ...words].join(" "));
  const valueFor = (field: Field): fc.Arbitrary<FieldValue> => {
    switch (field.kind) {
      case "words":
      case "caches":
        return fc.array(word, { maxLength: 4 });
      case "pairs":
        return fc.array(fc.record({ name: word, value: fc.option(word, { nil: null }) }), { maxLength: 4 });
      case "choice":
        return fc.constantFrom(...field.choices.map(({ value }) => value));
      case "switch":
        return fc.boolean();
      default:
        return fc.array(word).map((words) => words.join(" "));
    }
  };

  it(
    "a field that was written reads as it was meant, whatever the text; and nothing throws",
    PATIENCE,
    () => {
      fc.assert(
        fc.property(
          text,
          fc.constantFrom("\\" as const, "`" as const),
          fc.nat(8),
          fc.infiniteStream(fc.nat()),
          (source, escapeToken, nth, seeds) => {
            const { fields } = readForm(source, escapeToken);
            const field = fields[nth % Math.max(1, fields.length)];
            if (!field) return;
            const [value] = fc.sample(valueFor(field), { numRuns: 1, seed: seeds.next().value! });
            const result = writeField(source, escapeToken, field.id, value!);
            if ("reason" in result) {
              expect(result.reason).not.toBe("");
              return;
            }
            const after = readForm(result.text, escapeToken);
            expect(after.fields.find(({ id }) => id === field.id)?.value).toEqual(value);
          },
        ),
        RUNS,
      );
    },
  );

  it("a field written as it is leaves the text as it is", PATIENCE, () => {
    fc.assert(
      fc.property(text, (source) => {
        for (const { id, value } of readForm(source, "\\").fields) {
          expect(writeField(source, "\\", id, value)).toEqual({ text: source });
        }
      }),
      RUNS,
    );
  });
});
