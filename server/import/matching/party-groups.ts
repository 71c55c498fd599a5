import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { toStableId } from './clean-name.ts';
import type { CleanName, Party } from './matching-types.ts';

/** Parties of one clean name, or of one id of the list. */
export interface PartyGroup {
  /** The list's own id if it has one, else the clean name. */
  readonly key: string;
  readonly ownId: string | null;
  /** The id of a new organization in the store. */
  readonly id: string;
  /** The clean name of the party with the id, else of the first party. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly website: string | null;
  readonly taxId: string | null;
  readonly otherTaxIds: readonly string[];
  readonly lei: string | null;
  /** Their codes in a DORA register. */
  readonly codes: readonly string[];
  /** The ids that tell the rows of a file apart: `FILE\nID`. */
  readonly listIds: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly rowCount: number;
}

type PlacedName = Pick<Party, 'file' | 'line' | 'name'>;

/** @returns `of` parallel to the parties: undefined if a cell names no organization */
export function groupParties(
  parties: readonly Party[],
  cleaned: readonly CleanName[],
): { readonly all: PartyGroup[]; readonly of: (PartyGroup | undefined)[] } {
  const named = parties.map(({ id }, i) => id ?? (cleaned[i] as CleanName).name);
  const owners = new NameBook(
    parties.flatMap((party, i) =>
      party.id === null ? [] : [{ id: party.id, name: (cleaned[i] as CleanName).name, aliases: party.aliases }],
    ),
    ({ id, name, aliases }) => ({ ids: [id], name, aliases }),
  );
  const members = new Map<string, number[]>();
  const keyOf = parties.map((party, i) => {
    const name = named[i] as string;
    if (name === '') return undefined;
    // A cell without an id may contain an id of the same files, or the name or an alias of a party with an id.
    const ids = party.id === null ? new Set(owners.find(name, null).map(({ id }) => id)) : new Set<string>();
    const key = ids.size === 1 ? ([...ids][0] as string) : name;
    getOrInsert(members, key, () => []).push(i);
    return key;
  });
  const groups = new Map([...members].map(([key, indexes]) => [key, toGroup(key, indexes, parties, cleaned)]));
  return {
    all: [...groups.values()].sort((a, b) => compareCodePoints(a.key, b.key)),
    of: keyOf.map((key) => (key === undefined ? undefined : groups.get(key))),
  };
}

function toGroup(key: string, indexes: readonly number[], parties: readonly Party[], cleaned: readonly CleanName[]): PartyGroup {
  const sorted = [...indexes].sort((a, b) => compareByPlace(parties[a] as Party, parties[b] as Party));
  const all = sorted.map((i) => parties[i] as Party);
  const owner = sorted.find((i) => (parties[i] as Party).id === key) ?? (sorted[0] as number);
  const first = all[0] as Party;
  const ownId = (parties[owner] as Party).id;
  const name = (cleaned[owner] as CleanName).name || key;
  return {
    key,
    ownId,
    id: ownId ?? toStableId(name),
    name,
    aliases: [...new Set(all.flatMap(({ aliases }) => aliases))].sort(compareCodePoints),
    website:
      all.find(({ website }) => website !== null)?.website ??
      sorted.map((i) => findLink(cleaned[i] as CleanName)).find((link) => link !== null) ??
      null,
    taxId: all.find(({ taxId }) => taxId !== null)?.taxId ?? null,
    otherTaxIds: [...new Set(all.flatMap(({ otherTaxIds = [] }) => otherTaxIds))],
    lei: all.find(({ lei }) => lei != null)?.lei ?? null,
    codes: [...new Set(all.flatMap(({ code }) => code ?? []))],
    listIds: [...new Set(all.flatMap(({ file, listId }) => (listId == null ? [] : [`${file}\n${listId}`])))].sort(compareCodePoints),
    file: first.file,
    line: first.line,
    rowCount: all.reduce((sum, { rowCount }) => sum + rowCount, 0),
  };
}

/** Orders by file, then line, then name. */
export function compareByPlace(a: PlacedName, b: PlacedName): number {
  return compareCodePoints(a.file, b.file) || a.line - b.line || compareCodePoints(a.name, b.name);
}

/** The website that followed the name in its cell. */
function findLink({ cut }: CleanName): string | null {
  const link = cut.map((piece) => /(?:https?:\/\/|www\.)[^\s<>()[\]]+/i.exec(piece)?.[0]).find((found) => found !== undefined);
  return link ?? null;
}

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
