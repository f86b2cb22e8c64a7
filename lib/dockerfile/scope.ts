/**
 * What names mean at a place in the file. A stage begins with the names of its base: a fork costs the same however many
 * there are, so that a chain of thousands of stages takes as long as its text is.
 */
export class Scope<V extends NonNullable<unknown>> {
  #inherited: Layer<V>;
  /** what was set since the last fork */
  #own = new Map<string, V>();

  /** @param from names to begin with, in their order; they are copied */
  constructor(from: Iterable<readonly [string, V]> = []) {
    this.#inherited = { below: null, entries: new Map(), root: null, numbers: new Map() };
    for (const [name, value] of from) this.#own.set(name, value);
  }

  get(name: string): V | undefined {
    const own = this.#own.get(name);
    if (own !== undefined) return own;
    const number = this.#inherited.numbers.get(name);
    return number === undefined ? undefined : find(this.#inherited.root, number);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  set(name: string, value: V): void {
    this.#own.set(name, value);
  }

  /** In the order in which they were first set. */
  *[Symbol.iterator](): IterableIterator<[string, V]> {
    for (const name of this.keys()) yield [name, this.get(name) as V];
  }

  keys(): IterableIterator<string> {
    const layers: ReadonlyMap<string, V>[] = [this.#own];
    for (let at: Layer<V> | null = this.#inherited; at !== null; at = at.below) layers.push(at.entries);
    const names = new Set<string>();
    for (const entries of layers.reverse()) for (const name of entries.keys()) names.add(name);
    return names.values();
  }

  /** A scope that begins with all of this one's names; neither sees what the other sets from now on. */
  fork(): Scope<V> {
    this.#settle();
    const fork = new Scope<V>();
    fork.#inherited = this.#inherited;
    return fork;
  }

  #settle(): void {
    if (this.#own.size === 0) return;
    const { numbers } = this.#inherited;
    let { root } = this.#inherited;
    for (const [name, value] of this.#own) {
      const number = numbers.get(name) ?? numbers.size + 1;
      numbers.set(name, number);
      root = withValue(root, number, value);
    }
    this.#inherited = { below: this.#inherited, entries: this.#own, root, numbers };
    this.#own = new Map();
  }
}

/** What a scope had when it was forked; never changed. */
interface Layer<V> {
  below: Layer<V> | null;
  /** what it has beside the one below */
  entries: ReadonlyMap<string, V>;
  /** its names and those below, by their number */
  root: Node<V> | null;
  /** from 1, as names come up; shared by all forks */
  numbers: Map<string, number>;
}

/** A binary tree that is never changed: the bits of a number, lowest first, lead down to its value. */
interface Node<V> {
  value: V | undefined;
  even: Node<V> | null;
  odd: Node<V> | null;
}

function find<V>(root: Node<V> | null, number: number): V | undefined {
  let node = root;
  for (let bits = number; node !== null && bits > 1; bits >>= 1) node = bits & 1 ? node.odd : node.even;
  return node?.value;
}

function withValue<V>(node: Node<V> | null, number: number, value: V): Node<V> {
  const { value: own, even, odd } = node ?? { value: undefined, even: null, odd: null };
  if (number === 1) return { value, even, odd };
  return number & 1
    ? { value: own, even, odd: withValue(odd, number >> 1, value) }
    : { value: own, even: withValue(even, number >> 1, value), odd };
}
