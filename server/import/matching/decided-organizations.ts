import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { KnownOrganization, MatchedOrganization, PartyMatch } from './matching-types.ts';
import type { NameBook } from './name-book.ts';
import type { PartyGroup } from './party-groups.ts';

export type Decided = Pick<PartyMatch, 'decision' | 'target'>;

/** The organizations that the files name, after all decisions. Each organization gets the aliases of the groups that lead to it. */
export class DecidedOrganizations {
  readonly #known: ReadonlyMap<string, KnownOrganization>;
  readonly #stored: NameBook<KnownOrganization>;
  readonly #groupById: ReadonlyMap<string, PartyGroup>;
  readonly #storedOf: ReadonlyMap<PartyGroup, KnownOrganization>;
  readonly #decided: ReadonlyMap<PartyGroup, Decided>;
  readonly #organizations = new Map<string, { organization: MatchedOrganization; aliases: Set<string> }>();

  /** @param storedOf the known organization that a group states, by its id, name or alias */
  constructor(
    known: readonly KnownOrganization[],
    stored: NameBook<KnownOrganization>,
    groups: readonly PartyGroup[],
    storedOf: ReadonlyMap<PartyGroup, KnownOrganization>,
    decided: ReadonlyMap<PartyGroup, Decided>,
  ) {
    this.#known = new Map(known.map((organization) => [organization.id, organization]));
    this.#stored = stored;
    this.#groupById = new Map(groups.map((group) => [group.id, group]));
    this.#storedOf = storedOf;
    this.#decided = decided;
  }

  /** Follows decisions from group to group. @returns the id of the group's organization; null if the group's rows are left out */
  add(group: PartyGroup): string | null {
    const aliases = new Set<string>();
    const seen = new Set<PartyGroup>();
    for (let at = group; ; ) {
      seen.add(at);
      const { decision, target } = this.#decided.get(at) ?? { decision: 'NEW' as const, target: null };
      if (decision === 'LEAVE_OUT') return null;
      const isTaken = (decision === 'MERGE' || decision === 'ALIAS') && target !== null;
      if (isTaken && decision === 'ALIAS') aliases.add(at.name);
      const known = isTaken ? this.#known.get(target) : this.#storedOf.get(at);
      // A merged id keeps its meaning without another decision.
      if (!isTaken && known?.mergedIds?.includes(at.id)) return this.#put(at.key, at.id, at.name, false, aliases);
      if (known !== undefined) return this.#put(known.id, known.id, known.name, false, aliases);
      const next = isTaken ? this.#groupById.get(target) : undefined;
      if (next === undefined) {
        const named = isTaken ? this.#findNamed(target) : undefined;
        if (named !== undefined) return this.#put(named.id, named.id, named.name, false, aliases);
        return this.#put(at.key, at.id, at.name, true, aliases);
      }
      // A cycle of decisions has no effect.
      if (seen.has(next)) return this.#put(group.key, group.id, group.name, true, new Set());
      at = next;
    }
  }

  /** All organizations by id, with their new aliases. */
  list(): MatchedOrganization[] {
    const organizations = [...this.#organizations.values()].map(({ organization, aliases }) => {
      const before = new Set([organization.name, ...(this.#known.get(organization.id)?.aliases ?? [])]);
      return { ...organization, newAliases: [...aliases].filter((alias) => !before.has(alias)).sort(compareCodePoints) };
    });
    return organizations.sort((a, b) => compareCodePoints(a.id, b.id));
  }

  /** The organization of an earlier edition's target that is now only a name of a stored one, because that target was itself taken as another. */
  #findNamed(target: string): KnownOrganization | undefined {
    const named = this.#stored.find(target, null);
    return named.length === 1 ? named[0] : undefined;
  }

  #put(key: string, id: string, name: string, isNew: boolean, aliases: ReadonlySet<string>): string {
    const entry = getOrInsert(this.#organizations, id, () => ({
      organization: { key, id, name, newAliases: [], isNew },
      aliases: new Set<string>(),
    }));
    for (const alias of aliases) entry.aliases.add(alias);
    return id;
  }
}
