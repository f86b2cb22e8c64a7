import { expect, test } from "vitest";
import { isAddress, type RemoteSource, readRemoteSource } from "@/lib/build/context/remote-source";

const git = (url: string, ref = "", folder = ""): RemoteSource => ({
  kind: "git",
  source: { url, ref, folder },
});
const archive = (url: string): RemoteSource => ({ kind: "archive", url });

test.each<[text: string, source: RemoteSource]>([
  ["https://example.com/me/app.git", git("https://example.com/me/app.git")],
  ["https://example.com/me/app.git#v1:sub/dir", git("https://example.com/me/app.git", "v1", "sub/dir")],
  ["https://example.com/app.tar.gz", archive("https://example.com/app.tar.gz")],
  ["https://example.com/app", archive("https://example.com/app")],
  ["https://example.com/app.zip?token=1#part", archive("https://example.com/app.zip?token=1")],
  ["https://example.com/app.github/x", archive("https://example.com/app.github/x")],
])("%s is fetched", (text, source) => {
  expect(isAddress(text)).toBe(true);
  expect(readRemoteSource(text)).toEqual(source);
});

test.each([
  "http://example.com/app.tar",
  "ftp://example.com/app.tar",
  "file:///etc",
  "git@example.com:me/app.git",
  "ssh://git@example.com/app.git",
  "github.com/me/app",
  "https://me:secret@example.com/app.tar",
  "https://me@example.com/app.git",
  "https://example.com/",
  "https://example.com/app.git#v1:../out",
  "https://",
])("%s is an address that is not fetched", (text) => {
  expect(isAddress(text)).toBe(true);
  expect(readRemoteSource(text)).toEqual(expect.any(String));
});

test.each(["deep/folder", ".", "docker-image://alpine", "a.git"])("%s is no address", (text) => {
  expect(isAddress(text)).toBe(false);
});
