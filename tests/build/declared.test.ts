import { expect, it } from "vitest";
import { declaredArgs, declaredSecrets, declaredSshKeys } from "@/lib/build/declared";
import { parseDockerfile } from "@/lib/dockerfile";

it.each<[text: string, args: [name: string, fallback: string | null, stages: number[]][]]>([
  ["FROM a\n", []],
  ["ARG BASE=alpine\nFROM ${BASE}\nFROM $BASE AS b\n", [["BASE", "alpine", [0, 1]]]],
  ["ARG BASE\nFROM a\nARG BASE\n", [["BASE", null, [0]]]],
  [
    "FROM a\nARG X=1 Y\nFROM b\nARG Y=2\n",
    [
      ["X", "1", [0]],
      ["Y", "2", [0, 1]],
    ],
  ],
  ["FROM a\nARG TARGETPLATFORM\nARG TARGETSTAGE\nARG TARGET=x\n", [["TARGET", "x", [0]]]],
  ["ARG UNUSED='a b'\nFROM a\n", [["UNUSED", "'a b'", []]]],
])("build arguments of %j", (text, args) => {
  const found = declaredArgs(parseDockerfile(text));
  expect(found.map(({ name, fallback, stages }) => [name, fallback, stages])).toEqual(args);
});

it.each<[mounts: string, secrets: [id: string, required: boolean][]]>([
  ["type=secret,id=token", [["token", false]]],
  ["type=secret,id=token,required", [["token", true]]],
  ["type=secret,id=token,required=false", [["token", false]]],
  ["type=secret,target=/root/.npmrc", [[".npmrc", false]]],
  ["type=secret,id=a,env=A", [["a", false]]],
  ["type=secret,id=$NAME", []],
  ["type=secret", []],
  ["type=cache,id=token", []],
  ["type=bind,target=/x", []],
])("secrets of RUN --mount=%s", (mount, secrets) => {
  const found = declaredSecrets(parseDockerfile(`FROM a\nRUN --mount=${mount} make\n`));
  expect(found.map(({ id, required }) => [id, required])).toEqual(secrets);
});

it("tells which stages ask for a secret, once each", () => {
  const run = "RUN --mount=type=secret,id=t";
  const tree = parseDockerfile(`FROM a\n${run} x\n${run} y\nFROM b\nFROM c\n${run},required=true z\n`);
  expect(declaredSecrets(tree)).toEqual([{ id: "t", required: true, stages: [0, 2] }]);
});

it.each<[mounts: string, keys: [id: string, required: boolean][]]>([
  ["type=ssh", [["default", false]]],
  ["type=ssh,required=true", [["default", true]]],
  ["type=ssh,id=deploy,required", [["deploy", true]]],
  ["type=ssh,target=/tmp/agent", [["default", false]]],
  ["type=ssh,id=$NAME", []],
  ["type=secret,id=deploy", []],
])("ssh keys of RUN --mount=%s", (mount, keys) => {
  const found = declaredSshKeys(parseDockerfile(`FROM a\nRUN --mount=${mount} make\n`));
  expect(found.map(({ id, required }) => [id, required])).toEqual(keys);
});
