import { expect, test } from "vitest";
import { parseDockerfile } from "../../lib/dockerfile";
import { productsOfRows } from "../../lib/graph/products";

type Row = [
  name: string,
  source: string,
  rows: [from: number, to: number],
  products: [path: string, why: string, named: boolean][],
];

test.each<Row>([
  [
    "what a command says that it writes, what is named first",
    'FROM a\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n',
    [1, 4],
    [
      ["/app", "line 4 (RUN) writes there; line 5 (CMD) names it", true],
      ["/src", "line 3 (COPY) puts files there", false],
    ],
  ],
  [
    "what a tool is known to write, in the folder of a stage below",
    "FROM a AS x\nWORKDIR /web\nFROM x\nRUN npm ci\nRUN npm run build\nRUN true\n",
    [1, 3],
    [
      ["/web/node_modules/", "line 4 (RUN) writes there", false],
      ["/web/dist/", "line 5 (RUN) writes there", false],
    ],
  ],
  [
    "the folder of a command that does not say; what lies in it is part of it",
    "FROM a\nWORKDIR /src\nCOPY x.c sub/\nRUN make\nRUN true\n",
    [2, 4],
    [["/src/", "line 4 (RUN) works there, and does not say what it writes", false]],
  ],
  [
    "nothing of a command at the root, of a setting, or of a path that is a variable",
    "FROM a\nRUN make\nENV A=b\nCOPY x $Y\nRUN true\n",
    [1, 4],
    [],
  ],
])("%s", (_, source, [from, to], products) => {
  const tree = parseDockerfile(source);
  const found = productsOfRows(tree, tree.stages.length - 1, from, to);
  expect(found.map(({ path, why, named }) => [path, why, named])).toEqual(products);
});
