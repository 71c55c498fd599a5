import { cleanName, isWhole } from '../matching/clean-name.ts';
import { matchParties } from '../matching/match-parties.ts';
import type { CleanName, KnownOrganization, MatchedOrganization, Matching, MatchSettings, Party } from '../matching/matching-types.ts';
import type { ListBudget } from './list-budget.ts';

/** The details of an organization, besides its name, in the rows of a file. */
export interface PartyDetails {
  /** The list's own id. */
  readonly id?: string | undefined;
  /** Its code in a table of a DORA register, which is an LEI or the id of a known organization. */
  readonly code?: string | undefined;
  /** Whether the ids identify organizations: equal names with different ids are different organizations then. */
  readonly tellsApart?: boolean;
  readonly aliases?: readonly string[] | undefined;
  readonly website?: string | undefined;
  readonly taxId?: string | undefined;
  readonly otherTaxIds?: readonly string[];
  readonly lei?: string | undefined;
}

interface NotedParty {
  readonly name: string;
  readonly id: string | undefined;
  aliases: Set<string> | undefined;
  website: string | undefined;
  taxId: string | undefined;
  otherTaxIds: readonly string[] | undefined;
  lei: string | undefined;
  code: string | undefined;
  readonly file: string;
  readonly line: number;
  rowCount: number;
}

/**
 * Collects every organization that the mapped files of an import name. After matching, it gives the id for each cell.
 *
 * A cell may contain a list's own id of an organization, so related tables can refer to each other by id. Equal names are one
 * organization, unless the list gives them different ids of its own.
 */
export class PartyBook {
  /** By cell, then by the list's own id if it distinguishes equal names. Most cells have one party. */
  readonly #byCell = new Map<string, NotedParty | Map<string, NotedParty>>();
  readonly #budget: ListBudget;
  /** The list's own id -> the cell that names its organization. */
  readonly #cellOfId = new Map<string, string>();
  #matching: Matching | undefined;
  readonly #places = new Map<NotedParty, number>();

  constructor(budget: ListBudget) {
    this.#budget = budget;
  }

  note(cell: string, file: string, line: number, details: PartyDetails = {}): void {
    const name = cell.trim();
    if (name === '') return;
    const id = details.tellsApart === true ? details.id : undefined;
    const party = this.#getOrNote(name, id, file, line);
    party.rowCount++;
    for (const alias of details.aliases ?? []) {
      party.aliases ??= new Set<string>();
      party.aliases.add(alias);
    }
    party.website ??= details.website;
    party.taxId ??= details.taxId;
    if (party.otherTaxIds === undefined && details.otherTaxIds?.length) party.otherTaxIds = details.otherTaxIds;
    party.lei ??= details.lei;
    party.code ??= details.code;
    if (details.id !== undefined && !this.#cellOfId.has(details.id)) this.#cellOfId.set(details.id, name);
  }

  #getOrNote(name: string, id: string | undefined, file: string, line: number): NotedParty {
    const before = this.#byCell.get(name);
    const known = before instanceof Map ? before.get(id ?? '') : before?.id === id ? before : undefined;
    if (known !== undefined) return known;
    this.#budget.takeName(name);
    const party: NotedParty = {
      name,
      id,
      aliases: undefined,
      website: undefined,
      taxId: undefined,
      otherTaxIds: undefined,
      lei: undefined,
      code: undefined,
      file,
      line,
      rowCount: 0,
    };
    if (before === undefined) this.#byCell.set(name, party);
    else if (before instanceof Map) before.set(id ?? '', party);
    else {
      const parties = [before, party].map((one): [string, NotedParty] => [one.id ?? '', one]);
      this.#byCell.set(name, new Map(parties));
    }
    return party;
  }

  /** Call it once, after noting every row. O(n log n) for n parties and known organizations. */
  match(known: readonly KnownOrganization[], settings: MatchSettings): Matching {
    const parties: Party[] = [];
    for (const [cell, noted] of this.#byCell) {
      const byId = noted instanceof Map ? noted : new Map([[noted.id ?? '', noted]]);
      // A cell that is an id and not also a name stands for the id's owner.
      const owner = this.#cellOfId.get(cell);
      if (owner !== undefined && owner !== cell && byId.size === 1 && byId.has('')) continue;
      const isApart = [...byId.keys()].filter((id) => id !== '').length > 1;
      for (const [id, party] of byId) {
        this.#places.set(party, parties.length);
        const ownId = isApart && id !== '' ? `${cleanName(cell).name} (${id})` : null;
        const { name, file, line, rowCount } = party;
        const { website = null, taxId = null, otherTaxIds = [], lei = null, code = null } = party;
        parties.push({
          name,
          id: ownId,
          listId: party.id ?? null,
          aliases: [...(party.aliases ?? [])],
          website,
          taxId,
          otherTaxIds,
          lei,
          code,
          file,
          line,
          rowCount,
        });
      }
    }
    this.#matching = matchParties(parties, known, settings);
    return this.#matching;
  }

  /** The pieces of a cell that are no part of its name. */
  cutOf(cell: string, id?: string): readonly string[] {
    const place = this.#placeOf(cell.trim(), id);
    return place === undefined ? [] : (this.#matching?.cleaned[place]?.cut ?? []);
  }

  /** The first cell of which a letter or digit is neither in its name nor in a cut piece. */
  findLost(): Pick<NotedParty, 'file' | 'line' | 'name'> | undefined {
    for (const [party, place] of this.#places) if (!isWhole(party.name, this.#matching?.cleaned[place] as CleanName)) return party;
    return undefined;
  }

  #placeOf(name: string, id: string | undefined): number | undefined {
    const noted = this.#byCell.get(name);
    const party = noted instanceof Map ? (noted.get(id ?? '') ?? [...noted.values()][0]) : noted;
    return party === undefined ? undefined : this.#places.get(party);
  }

  /** The organization of a cell; null if the cell names none, or if a decision leaves its rows out. */
  find(cell: string, id?: string): MatchedOrganization | null {
    const name = cell.trim();
    const place = this.#placeOf(name, id);
    if (place !== undefined) return this.#matching?.organizationOf[place] ?? null;
    const owner = this.#cellOfId.get(name);
    return owner === undefined || owner === name ? null : this.find(owner, name);
  }
}
