import { describe, expect, test } from "vitest";
import { parseDockerfile } from "@/lib/dockerfile";
import { guessPaths, productsOfImage, productsOfStage, resolve } from "@/lib/graph/products";

describe("what a stage makes, best guess first", () => {
  test.each<[string, string, string[]]>([
    ["-o, absolute", "RUN go build -o /out/app", ["/out/app", "/"]],
    [
      "-o, from the working folder",
      "WORKDIR /src\nRUN gcc -O2 main.c -o hello",
      ["/src/hello", "/src/", "/"],
    ],
    ["--output=", "RUN esbuild x.ts --outfile=/dist/x.js", ["/dist/x.js", "/"]],
    ["the last one made comes first", "RUN cc -o /a a.c\nRUN cc -o /b b.c", ["/b", "/a", "/"]],
    ["quotes", 'RUN cc -o "/opt/x" x.c', ["/opt/x", "/"]],
    ["what a variable hides is not guessed", "WORKDIR /w\nRUN cc -o $OUT x.c", ["/w/", "/"]],
    ["what goes to /dev/null is not a product", "RUN curl -o /dev/null http://x", ["/"]],
    ["npm run build", "WORKDIR /app\nRUN npm run build", ["/app/dist/", "/app/", "/"]],
    ["mvn package", "WORKDIR /app\nRUN mvn -q package", ["/app/target/", "/app/", "/"]],
    ["a heredoc", "RUN <<EOF\ncd /tmp\ngo build -o /out/x\nEOF", ["/out/x", "/"]],
    ["WORKDIR after WORKDIR", "WORKDIR /a\nWORKDIR b", ["/a/b/", "/"]],
    [
      "what it fetched itself, after what it made",
      "COPY --from=y /p /q\nRUN cc -o /b b.c",
      ["/b", "/q", "/"],
    ],
    ["nothing known", "RUN true", ["/"]],
  ])("%s", (_, body, expected) => {
    expect(productsOfStage(parseDockerfile(`FROM x AS s\n${body}\n`), 0)).toEqual(expected);
  });

  test("also what its base made", () => {
    const tree = parseDockerfile("FROM x AS a\nWORKDIR /src\nRUN go build -o app\nFROM a AS b\nRUN true\n");
    expect(productsOfStage(tree, 1)).toEqual(["/src/app", "/src/", "/"]);
  });

  test("a circle of bases ends", () => {
    expect(productsOfStage(parseDockerfile("FROM b AS a\nFROM a AS b\n"), 1)).toEqual(["/"]);
  });
});

describe("what an image is copied from for", () => {
  test.each([
    ["nginx:1.27", "/etc/nginx/mime.types"],
    ["docker.io/library/busybox@sha256:0", "/bin/busybox"],
    ["ghcr.io/astral-sh/uv:0.5", "/uv"],
    ["registry.local:5000/own/thing:1", "/"],
  ])("%s: %s", (ref, first) => {
    expect(productsOfImage(ref)[0]).toBe(first);
  });
});

describe("where it goes", () => {
  const to = (body: string, made = "RUN cc -o /out/app a.c") =>
    guessPaths(parseDockerfile(`FROM x AS a\n${made}\nFROM y\n${body}\n`), { kind: "stage", index: 0 }, 1)
      .destinations[0];

  test.each<[string, string | undefined, string]>([
    ["to what ENTRYPOINT starts", to('ENTRYPOINT ["/usr/bin/server", "-v"]'), "/usr/bin/server"],
    ["to what CMD starts, shell form", to("CMD /serve --port 80"), "/serve"],
    ["not where another COPY already puts it", to('COPY x /app\nENTRYPOINT ["/app"]'), "/usr/local/bin/"],
    ["to the working folder", to("WORKDIR /srv"), "./"],
    ["else to the root, under its name", to("RUN true"), "/app"],
    ["a folder stays where it was", to("RUN true", "WORKDIR /web\nRUN npm run build"), "/web/dist/"],
  ])("%s", (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
});

test.each([
  ["/a", "b", "/a/b"],
  ["/a", "/b", "/b"],
  ["/a/b", "../c/./d/", "/a/c/d/"],
  ["/", "../..", "/"],
])("%s and %s is %s", (folder, path, expected) => {
  expect(resolve(folder, path)).toBe(expected);
});
