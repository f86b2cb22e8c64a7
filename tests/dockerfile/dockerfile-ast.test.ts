import { DockerfileParser } from "dockerfile-ast";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDockerfile } from "../../lib/dockerfile";
import { PATIENCE, RUNS } from "../laws";

/**
 * Another parser as a second opinion on files without the constructs it is known to misread: no heredocs, no doubled
 * escapes, no quotes in flags, no continuations inside words.
 */
const plainFile = fc
  .record({
    lower: fc.boolean(),
    crlf: fc.boolean(),
    lines: fc.array(
      fc.constantFrom(
        "FROM alpine:3",
        "FROM --platform=linux/arm64 golang AS build",
        "FROM build AS test",
        "RUN make \\\n  all",
        "RUN a \\\n # comment\n  b",
        "COPY --from=build --chown=a:b /x /y /z/",
        'COPY ["/a b", "/c"]',
        "ENV A=b C=d",
        'LABEL a="b c"',
        "WORKDIR /src",
        "USER me",
        "EXPOSE 80 443/tcp",
        'CMD ["x", "y"]',
        "ENTRYPOINT x y",
        "HEALTHCHECK --interval=5s CMD true",
        "VOLUME /v",
        "# comment",
        "",
      ),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ lower, crlf, lines }) => {
    const text = `FROM scratch\n${lines.join("\n")}\n`;
    const cased = lower ? text.replace(/^[A-Z]+(?= )/gm, (word) => word.toLowerCase()) : text;
    return crlf ? cased.replaceAll("\n", "\r\n") : cased;
  });

describe("agreement with dockerfile-ast on plain files", PATIENCE, () => {
  it("instructions, their lines, flags and images", () => {
    fc.assert(
      fc.property(plainFile, (source) => {
        const ours = parseDockerfile(source);
        const theirs = DockerfileParser.parse(source);
        expect(ours.instructions.map((each) => [each.keyword, each.startLine])).toEqual(
          theirs.getInstructions().map((each) => [each.getKeyword(), each.getRange().start.line + 1]),
        );
        expect(ours.stages.map((stage) => [stage.baseText, stage.name, stage.platform])).toEqual(
          theirs
            .getFROMs()
            .map((from) => [
              from.getImage(),
              from.getBuildStage(),
              from.getPlatformFlag()?.getValue() ?? null,
            ]),
        );
        expect(ours.stages.flatMap((stage) => stage.copies.map((copy) => copy.raw))).toEqual(
          theirs
            .getCOPYs()
            .map((copy) =>
              copy
                .getFlags()
                .find((flag) => flag.getName() === "from")
                ?.getValue(),
            )
            .filter((value) => value !== undefined),
        );
      }),
      RUNS,
    );
  });
});
