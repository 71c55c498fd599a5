import { useSyncExternalStore } from 'react';

/** A value outside React that several parts of the page show. */
export class SharedValue<T> {
  readonly #listeners = new Set<() => void>();
  #current: T;

  constructor(first: T) {
    this.#current = first;
  }

  get current(): T {
    return this.#current;
  }

  /** Calls the listeners, unless it is the same value. */
  set(next: T): void {
    if (next === this.#current) return;
    this.#current = next;
    for (const listener of this.#listeners) listener();
  }

  /** @returns a function that ends it */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The value. The component is drawn again when it changes. */
export function useShared<T>(value: SharedValue<T>): T {
  const read = () => value.current;
  return useSyncExternalStore(value.subscribe, read, read);
}
