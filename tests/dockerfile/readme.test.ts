import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import * as dockerfile from "@/lib/dockerfile";
import * as graph from "@/lib/graph/graph";
import * as text from "@/lib/text";

const FILE = resolve(import.meta.dirname, "../../lib/dockerfile/README.md");
const MODULES: Record<string, object> = {
  "@/lib/dockerfile": dockerfile,
  "@/lib/graph/graph": graph,
  "@/lib/text": text,
};

const code = [...readFileSync(FILE, "utf8").matchAll(/^```ts\n(.*?)^```$/gms)]
  .map((block) => block[1])
  .join("\n");
const IMPORT = /^import (\{.*\}) from "(.*)";$/gm;
/** `expression; // → value` */
const CLAIM = /^(.*); \/\/ → (.*)$/gm;

/** The examples as one program: imports are taken from `modules`, each claim is handed to `claim`. */
const program = code
  .replace(IMPORT, (_, names, from) => `const ${names} = modules[${JSON.stringify(from)}];`)
  .replace(CLAIM, (_, said, value) => `claim(${JSON.stringify(said)}, (${said}), (${value}));`);

const claims: { said: string; is: unknown; claimed: unknown }[] = [];
new Function("modules", "claim", transformSync(program, { loader: "ts" }).code)(
  MODULES,
  (said: string, is: unknown, claimed: unknown) => {
    claims.push({ said, is, claimed });
  },
);

describe("the library's README", () => {
  it("has an example for each of its ways in", () => {
    for (const name of [
      "parseDockerfile",
      "planEdit",
      "reparse",
      "evaluate",
      "checkDockerfile",
      "buildGraph",
    ]) {
      expect(code).toContain(`${name}(`);
    }
    expect(claims.length).toBe(code.match(/→/g)?.length);
  });

  it.each(claims)("$said", ({ is, claimed }) => {
    expect(is).toEqual(claimed);
  });
});
