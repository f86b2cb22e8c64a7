import { expect, test } from "vitest";
import { buildPath } from "@/components/share/build-path";

test.each([
  ["/d/doc", "b1", "/d/doc/builds/b1"],
  ["/s/token", "b1", "/s/token/builds/b1"],
  ["/s/token/", "b1", "/s/token/builds/b1"],
  ["http://here/s/token", "a b", "http://here/s/token/builds/a%20b"],
])("the page of a build beneath %s: %s", (document, build, path) => {
  expect(buildPath(document, build)).toBe(path);
});
