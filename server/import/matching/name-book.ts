import { getOrInsert } from '../../domain/get-or-insert.ts';

/** Finds the owners of a text: by id, else by name, else by alias. */
export class NameBook<T> {
  readonly #byId = new Map<string, T>();
  readonly #byName = new Map<string, Set<T>>();
  readonly #byAlias = new Map<string, Set<T>>();

  constructor(
    all: readonly T[],
    read: (of: T) => { readonly ids: readonly string[]; readonly name: string; readonly aliases: readonly string[] },
  ) {
    for (const one of all) {
      const { ids, name, aliases } = read(one);
      for (const id of ids) this.#byId.set(id, one);
      getOrInsert(this.#byName, name, () => new Set()).add(one);
      for (const alias of aliases) getOrInsert(this.#byAlias, alias, () => new Set()).add(one);
    }
  }

  /** Several results mean that the text is ambiguous. @param ownId not null: the text is an id of an inventory, not a name */
  find(text: string, ownId: string | null): readonly T[] {
    const byId = this.#byId.get(text);
    if (byId !== undefined) return [byId];
    if (ownId !== null) return [];
    return [...(this.#byName.get(text) ?? this.#byAlias.get(text) ?? [])];
  }
}
