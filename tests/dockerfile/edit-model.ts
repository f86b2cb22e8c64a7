import type { Dockerfile } from "../../lib/dockerfile";

/** What a Dockerfile comes to, without its text. */
export interface ModelStage {
  name: string | null;
  base: Target;
  platform: string | null;
  rows: Row[];
}

/** A stage by identity, so that it stays the same wherever it goes. */
export type Target = ModelStage | string;

export interface Row {
  keyword: string;
  /** what it takes files from, in order; "" for a mount that names nothing */
  from: Target[];
  /** its own words, sources aside */
  words: string;
}

export interface Model {
  directives: string;
  globals: string;
  stages: ModelStage[];
}

/** Anything will do: what it is, the text alone says. */
export const ANY = "*";

export function modelOf(tree: Dockerfile): Model {
  const stages: ModelStage[] = tree.stages.map(({ name, platform }) => ({
    name,
    platform,
    base: "",
    rows: [],
  }));
  const target = (of: Dockerfile["stages"][number]["base"]["target"]): Target =>
    of.kind === "stage" ? stages[of.index]! : of.kind === "image" ? of.ref : of.kind;
  for (const stage of tree.stages) {
    const model = stages[stage.index]!;
    model.base = target(stage.base.target);
    model.rows = stage.instructions.slice(1).map((each) => {
      const mine = [...stage.copies, ...stage.mounts].filter(({ instruction }) => instruction === each);
      const flags = each.flags.filter(({ name }) => name !== "from" && name !== "mount");
      const mounts = each.keyword === "RUN" ? each.flags.filter(({ name }) => name === "mount") : [];
      const from =
        each.keyword === "COPY"
          ? mine.map((use) => target(use.target))
          : mounts.map((flag) => {
              const use = mine.find(
                ({ range }) => range.start >= flag.range.start && range.end <= flag.range.end,
              );
              return use === undefined ? "" : target(use.target);
            });
      const words = [
        ...flags.map(({ name, value }) => `--${name}=${value}`),
        ...each.args.map(({ value }) => value),
        ...each.heredocs.map(({ content }) => content.replaceAll("\r\n", "\n")),
      ];
      return { keyword: each.keyword, from, words: words.join(" ") };
    });
  }
  return {
    directives: JSON.stringify(tree.directives.map(({ name, value }) => [name, value])),
    globals: JSON.stringify(tree.globalArgs.map(({ args }) => args.map(({ value }) => value))),
    stages,
  };
}

/** As a person would compare two: stages by their place, anything where anything will do. */
export function plain({ directives, globals, stages }: Model, like?: Model): unknown {
  const place = (target: Target) => (typeof target === "string" ? target : `stage ${stages.indexOf(target)}`);
  return {
    directives: like?.directives === ANY ? ANY : directives,
    globals: like?.globals === ANY ? ANY : globals,
    stages: stages.map(({ name, base, platform, rows }, at) => {
      const other = like?.stages[at];
      return {
        name: other?.name === ANY ? ANY : name,
        base: other?.base === ANY ? ANY : place(base),
        platform: other?.platform === ANY ? ANY : platform,
        rows: rows.map((row, index) => ({
          keyword: row.keyword,
          from: row.from.map(place),
          words: other?.rows[index]?.words === ANY ? ANY : row.words,
        })),
      };
    }),
  };
}
