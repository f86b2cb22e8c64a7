/** Tells whoever reads a store of changes in the fields that they read, and of no others. */
import type { StoreApi } from "zustand/vanilla";

/** One place that reads a store, by a selector that may be another one each time. */
export interface Reader<State> {
  /** What the selector gives. The fields that it reads are what the reader is told of from then on. */
  read<Part>(selector: (state: State) => Part): Part;
  /** Calls when one of these fields is another value; gives back what ends that. One listener a reader. */
  subscribe(listener: () => void): () => void;
}

/**
 * Makes readers of a store. Thousands of selectors ask about single cards, rows and edges: with each of them called at
 * every change, a key pressed in a long file would cost more for asking than for what changed.
 */
export function readersOf<State extends object>(store: StoreApi<State>): () => Reader<State> {
  const listening = new Map<PropertyKey, Set<FieldReader<State>>>();
  let reading: FieldReader<State> | null = null;
  let stop = () => {};
  let count = 0;

  const state = new Proxy({} as State, {
    get(_, field) {
      reading?.note(field);
      return store.getState()[field as keyof State];
    },
  });
  const tell = (now: State, before: State) => {
    const called = new Set<FieldReader<State>>();
    for (const field in now)
      if (!Object.is(now[field], before[field]))
        for (const reader of listening.get(field) ?? []) called.add(reader);
    for (const reader of called) reader.listener?.();
  };
  const hub: Hub<State> = {
    read(reader, selector) {
      const outer = reading;
      reading = reader;
      try {
        return selector(state);
      } finally {
        reading = outer;
      }
    },
    listen(field, reader) {
      const readers = listening.get(field);
      if (readers) readers.add(reader);
      else listening.set(field, new Set([reader]));
    },
    leave: (field, reader) => void listening.get(field)?.delete(reader),
    begin() {
      if (count++ === 0) stop = store.subscribe(tell);
    },
    end() {
      if (--count === 0) stop();
    },
  };
  return () => new FieldReader(hub);
}

/** What all readers of a store share. */
interface Hub<State> {
  read<Part>(reader: FieldReader<State>, selector: (state: State) => Part): Part;
  listen(field: PropertyKey, reader: FieldReader<State>): void;
  leave(field: PropertyKey, reader: FieldReader<State>): void;
  begin(): void;
  end(): void;
}

class FieldReader<State> implements Reader<State> {
  listener: (() => void) | null = null;
  readonly #hub: Hub<State>;
  readonly #fields = new Set<PropertyKey>();

  constructor(hub: Hub<State>) {
    this.#hub = hub;
  }

  /** A field is being read. */
  note(field: PropertyKey): void {
    if (this.#fields.has(field)) return;
    this.#fields.add(field);
    if (this.listener) this.#hub.listen(field, this);
  }

  read = <Part>(selector: (state: State) => Part): Part => this.#hub.read(this, selector);

  subscribe = (listener: () => void): (() => void) => {
    this.listener = listener;
    this.#hub.begin();
    for (const field of this.#fields) this.#hub.listen(field, this);
    return () => {
      this.listener = null;
      for (const field of this.#fields) this.#hub.leave(field, this);
      this.#hub.end();
    };
  };
}
