import { describe, expect, it } from "vitest";
import { buildFaults, decodeText, parseDockerfile } from "../../lib/dockerfile";
import { findingsOf } from "../../lib/dockerfile/service";

const messages = (source: string, options = {}) =>
  buildFaults(parseDockerfile(source), options).map(({ message }) => message);

const DIGEST = "a".repeat(64);

// What `docker build --check` says of each, in a stage with ENV A=1.
const FAULTS: [instruction: string, message: string | null][] = [
  [
    'COPY a b"',
    'failed to process "b\\"": unexpected end of statement while looking for matching double-quote',
  ],
  ["COPY --chmod=${ a b", "failed to process \"${\": syntax error: missing '}'"],
  ["ENV X=${B:?no}", 'failed to process "${B:?no}": B: no'],
  ["ARG X=${B:?no}", 'failed to process "${B:?no}": B: no'],
  ["RUN $" + "{B:?no}", null],
  ["COPY --chmod=0755 a b", null],
  ["COPY --chmod=u+x,go=rX a b", null],
  ["COPY --chmod=${A}755 a b", null],
  [
    "COPY --chmod=10000 a b",
    "invalid chmod parameter: '10000'. it should be octal string and between 0 and 07777",
  ],
  [
    "COPY --chmod=0x1 a b",
    "invalid chmod parameter: '0x1'. it should be octal string and between 0 and 07777",
  ],
  ["COPY --chmod=u a b", "invalid syntax"],
  ["COPY --chmod=u+x, a b", "invalid syntax"],
  ["COPY https://a/b /", "source can't be a URL for COPY"],
  ["COPY git@github.com:a/b.git /", "source can't be a git ref for COPY"],
  ["COPY github.com/a/b /", null],
  ["ADD https://a/b.git?foo=1 /", 'unexpected query "foo"'],
  [`ADD --checksum=sha256:${DIGEST} http://a/b /`, null],
  [`ADD --checksum=sha256:${DIGEST} a b /`, "checksum can't be specified for multiple sources"],
  [`ADD --checksum=sha256:${DIGEST} a /`, "checksum requires HTTP(S) or Git sources"],
  ["ADD --checksum=sha256:00 http://a/b /", "invalid checksum digest length"],
  ["EXPOSE 80 443/tcp $" + "{A}80/UDP 8000-8010", null],
  ["EXPOSE 80/$B", null],
  ["EXPOSE 80/foo", 'invalid port: "80/foo": invalid proto: foo'],
  ["EXPOSE /tcp", 'invalid port: "/tcp": no port specified'],
  ["EXPOSE 90 b a", "invalid containerPort: a"],
  ["EXPOSE 65536", "invalid containerPort: 65536"],
  ["EXPOSE 90-80", "invalid containerPort: 90-80"],
  ["EXPOSE x:80", "invalid hostPort: x"],
  ["EXPOSE 300.1.1.1:80:80", "invalid IP address: 300.1.1.1"],
  ["EXPOSE [::1]:80:80", null],
  ["EXPOSE 1-3:1-2", "invalid ranges specified for container and host Ports: 1-2 and 1-3"],
  ["STOPSIGNAL sigrtmin+3", null],
  ["STOPSIGNAL 9", null],
  ["STOPSIGNAL 0", "invalid signal: 0"],
  ["STOPSIGNAL SIGFOO", "invalid signal: SIGFOO"],
  ["STOPSIGNAL $B", "invalid signal: "],
  ["VOLUME /a $B", "VOLUME specified can not be an empty string"],
  ["WORKDIR $B", null],
  ["RUN --mount=type=cache,target=/a,sharing=locked,mode=0755,uid=1 x", null],
  ["RUN --mount=type=tmpfs,target=/a,size=1.5GiB x", null],
  ["RUN --mount=type=tmpfs,target=/a,size=1x x", "invalid value for size: 1x"],
  ["RUN --mount=target=/a,size=1 x", "unexpected key 'size' for mount type 'bind'"],
  ["RUN --mount=type=cach,target=/a x", 'unsupported mount type "cach" (did you mean cache?)'],
  ["RUN --mount=targt=/a x", "unexpected key 'targt' in 'targt=/a' (did you mean target?)"],
  ["RUN --mount=target x", "invalid field 'target' must be a key=value pair"],
  ["RUN --mount=target=/a,required x", "unexpected key 'required' for mount type 'bind'"],
  ["RUN --mount=target=/a,ro=maybe x", "invalid value for ro: maybe"],
  ["RUN --mount=target=/a,mode=0755 x", 'mode not allowed for "bind" type mounts'],
  ["RUN --mount=type=cache,target=/a,mode=8 x", "invalid value 8 for mode"],
  ["RUN --mount=type=cache,target=/a,sharing=one x", 'unsupported sharing value "one"'],
  ["RUN --mount=target=/a,sharing=locked x", "invalid cache sharing set for bind mount"],
  ["RUN --mount=type=secret x", "invalid secret mount. one of source, target required"],
  ["RUN --mount=type=secret,id=a,src=b x", "both source and id can't be set"],
  ["RUN --mount=type=secret,id=a,from=b x", "secret mount should not have a from"],
  ["RUN --mount=type=ssh,src=a x", "ssh does not support source"],
  ["RUN --mount=target=/ x", 'invalid mount target "/"'],
  ["RUN --mount=foo=1,target=$" + "{B:?no} x", "unexpected key 'foo' in 'foo=1' (did you mean from?)"],
];

describe("what BuildKit finds wrong once it comes to an instruction", () => {
  it.each(FAULTS)("%s", (instruction, message) => {
    expect(messages(`FROM a\nENV A=1\n${instruction}\n`)).toEqual(message === null ? [] : [message]);
  });

  it.each(["COPY --link --chmod=9 a b", "RUN --mount=type=cache,target=/a --mount=foo=1 x"])(
    "is said at the flag that is wrong: %s",
    (instruction) => {
      const tree = parseDockerfile(`FROM a\n${instruction}\n`);
      const ranges = buildFaults(tree).map(({ range }) => tree.source.slice(range.start, range.end));
      expect(ranges).toEqual([instruction.split(" ")[2]]);
    },
  );

  it("is said at the instruction, beside what the checks find", () => {
    const tree = parseDockerfile("FROM a\nSTOPSIGNAL $NOPE\n");
    const found = findingsOf(tree).map(({ severity, code, range }) => [
      severity,
      code,
      tree.source.slice(range.start, range.end),
    ]);
    expect(found).toEqual([
      ["error", "BuildFault", "$NOPE"],
      ["warning", "UndefinedVar", "STOPSIGNAL"],
    ]);
  });

  it.each([
    ["a stage that is not needed has none", "FROM a AS b\nEXPOSE x\nFROM a\n", {}, []],
    [
      "as the target it has",
      "FROM a AS b\nEXPOSE x\nFROM a\n",
      { target: "b" },
      ["invalid containerPort: x"],
    ],
    [
      "a build argument may mend it",
      "FROM a\nARG P=x\nEXPOSE $P\n",
      { buildArgs: new Map([["P", "80"]]) },
      [],
    ],
    [
      "an ONBUILD has it where it is run",
      "FROM a AS b\nONBUILD EXPOSE x\nFROM b\n",
      {},
      ["invalid containerPort: x"],
    ],
    ["a file that is refused sooner has none", "FROM a\nEXPOSE x\nCOPPY\n", {}, []],
    [
      "bytes that are no UTF-8 are taken as they are",
      decodeText(Buffer.from("FROM a\nEXPOSE \xff\n", "latin1")),
      {},
      ["invalid containerPort: \ufffd"],
    ],
  ])("%s", (_what, source, options, expected) => {
    expect(messages(source, options)).toEqual(expected);
  });
});
