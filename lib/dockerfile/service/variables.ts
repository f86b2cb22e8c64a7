/** Which ARG or ENV each variable of a file is, by the scopes that BuildKit gives them. */
import type { TextRange } from "../../text";
import type { InstructionNode } from "../node";
import { Scope } from "../scope";
import type { Dockerfile } from "../types";
import { splitArg } from "../variables";
import { holds } from "./place";
import { setByShell, type VariableWord, variableWords } from "./variable-words";

export interface VariablePlace {
  range: TextRange;
  role: "declaration" | "use";
  instruction: InstructionNode;
  /** the ARG or ENV whose value counts here */
  declaration: TextRange;
}

/** What goes by one name and has to keep one name: a global ARG and the ARGs that take its value are one variable. */
export interface Variable {
  name: string;
  /** in the order of the text */
  places: VariablePlace[];
}

/** A use of something that the file does not declare: predefined, from a base image, or a mistake. */
export interface FreeWord extends VariableWord {
  instruction: InstructionNode;
}

export interface VariableTable {
  variables: Variable[];
  free: FreeWord[];
  /** uses that a RUN's own shell variable of that name hides */
  hidden: FreeWord[];
}

interface Bound {
  group: Group;
  declaration: TextRange;
}

/** Variables found to be one are joined under one leader. */
interface Group {
  name: string;
  places: VariablePlace[];
  joined: Group | null;
}

const known = new WeakMap<Dockerfile, VariableTable>();

/** The variables of a file; worked out once a tree. */
export function variablesOf(tree: Dockerfile): VariableTable {
  let table = known.get(tree);
  if (table === undefined) {
    table = new Binder(tree).bind();
    known.set(tree, table);
  }
  return table;
}

/** The variable whose name stands at an offset, declared or used; or null. */
export function variableAt(
  tree: Dockerfile,
  offset: number,
): { variable: Variable; place: VariablePlace } | null {
  for (const variable of variablesOf(tree).variables) {
    const place = variable.places.find((each) => holds(each.range, offset));
    if (place !== undefined) return { variable, place };
  }
  return null;
}

/** Names that an ARG or ENV declares, with their places, as far as they are written plainly. */
export function declaredNames(
  tree: Dockerfile,
  node: InstructionNode,
): (VariableWord & { value: string | null })[] {
  if (node.keyword !== "ARG" && node.keyword !== "ENV") return [];
  const words = node.list.legacy ? node.args.slice(0, 1) : node.args;
  return words.flatMap(({ value: word, range: { start } }) => {
    const { name, value } = splitArg(word);
    const range = { start, end: start + name.length };
    const plain = /^[A-Za-z_]\w*$/.test(name) && tree.source.slice(range.start, range.end) === name;
    return plain ? [{ name, range, value }] : [];
  });
}

class Binder {
  readonly #groups: Group[] = [];
  readonly #free: FreeWord[] = [];
  readonly #hidden: FreeWord[] = [];
  readonly #globals = new Scope<Bound>();

  constructor(readonly tree: Dockerfile) {}

  bind(): VariableTable {
    for (const node of this.tree.globalArgs as InstructionNode[])
      this.#instruction(node, this.#globals, null);
    const scopes: Scope<Bound>[] = [];
    for (const stage of this.tree.stages) {
      const { target } = stage.base;
      const scope = (target.kind === "stage" ? scopes[target.index]?.fork() : null) ?? new Scope<Bound>();
      scopes[stage.index] = scope;
      const [from, ...rest] = stage.instructions as InstructionNode[];
      if (from !== undefined) this.#uses(from, variableWords(this.tree, from), this.#globals);
      for (const node of rest) this.#instruction(node, scope, this.#globals);
    }
    const byStart = (a: VariablePlace, b: VariablePlace) => a.range.start - b.range.start;
    const variables = this.#groups
      .filter((group) => group.joined === null)
      .map(({ name, places }) => ({ name, places: places.sort(byStart) }));
    return { variables, free: this.#free, hidden: this.#hidden };
  }

  #instruction(node: InstructionNode, scope: Scope<Bound>, globals: Scope<Bound> | null): void {
    const words = variableWords(this.tree, node);
    const declared = declaredNames(this.tree, node);
    let bound = 0;
    const bindUses = (before: number) => {
      const from = bound;
      while (bound < words.length && (words[bound] as VariableWord).range.start < before) bound++;
      this.#uses(node, words.slice(from, bound), scope);
    };
    // An ENV sees nothing of itself; of an ARG with several names, each sees those before it.
    if (node.keyword !== "ARG") bindUses(Number.POSITIVE_INFINITY);
    for (const [index, { name, range, value }] of declared.entries()) {
      bindUses(declared[index + 1]?.range.start ?? Number.POSITIVE_INFINITY);
      let group = scope.get(name)?.group ?? null;
      // Without a value of its own, an ARG takes that of the global one.
      const outer = node.keyword === "ARG" && value === null ? globals?.get(name)?.group : undefined;
      if (outer !== undefined) group = group === null ? leader(outer) : join(outer, group);
      if (group === null) {
        group = { name, places: [], joined: null };
        this.#groups.push(group);
      }
      scope.set(name, { group, declaration: range });
      leader(group).places.push({ range, role: "declaration", instruction: node, declaration: range });
    }
    bindUses(Number.POSITIVE_INFINITY);
  }

  #uses(node: InstructionNode, words: readonly VariableWord[], scope: Scope<Bound>): void {
    if (words.length === 0) return;
    const own = setByShell(node);
    for (const { name, range } of words) {
      const bound = scope.get(name);
      if (bound === undefined) this.#free.push({ name, range, instruction: node });
      else if (own.has(name)) this.#hidden.push({ name, range, instruction: node });
      else {
        const { declaration } = bound;
        leader(bound.group).places.push({ range, role: "use", instruction: node, declaration });
      }
    }
  }
}

function leader(group: Group): Group {
  let top = group;
  while (top.joined !== null) top = top.joined;
  return top;
}

function join(a: Group, b: Group): Group {
  const first = leader(a);
  const second = leader(b);
  if (first === second) return first;
  for (const each of second.places) first.places.push(each);
  second.joined = first;
  return first;
}
