import { createHash } from 'node:crypto';
import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { cleanName } from './clean-name.ts';
import { findCandidates } from './find-candidates.ts';
import { compareNodes, type MatchNode, toNode } from './match-nodes.ts';
import type {
  CleanName,
  KnownOrganization,
  MatchCandidate,
  MatchDecision,
  MatchedOrganization,
  Matching,
  MatchSettings,
  Party,
  PartyDecision,
  PartyMatch,
} from './matching-types.ts';

/**
 * Finds the organization of each party of the files, and the organizations that a person should review.
 *
 * 1. Cells with one clean name (or one id of the list) are one organization.
 * 2. A party that states the id, else the name, else an alias of a known organization is that organization. The same holds for a
 *    party that states those of another party.
 * 3. Every other party is an organization of its own, until a decision changes that. Nothing merges silently: a SAME candidate is
 *    accepted only with `acceptsSame`, and only if it is the only one.
 *
 * The result depends neither on the order of the parties nor on the order of the decisions about different parties.
 *
 * @param known every organization of the store
 * Complexity: O(n l log n) for n parties and known organizations with names of l characters.
 */
export function matchParties(parties: readonly Party[], known: readonly KnownOrganization[], settings: MatchSettings): Matching {
  const cleaned = parties.map(({ name }) => cleanName(name));
  const groups = groupParties(parties, cleaned);
  const stored = new NameBook<KnownOrganization>(known, ({ id, name, aliases, mergedIds = [] }) => ({
    ids: [id, ...mergedIds],
    name,
    aliases,
  }));
  const decisions = new Map(settings.decisions.map((decision) => [decision.party, decision]));

  /** The known organization of each group that states exactly one by id, name or alias. */
  const storedOf = new Map<PartyGroup, KnownOrganization>();
  const ambiguous = new Map<PartyGroup, readonly KnownOrganization[]>();
  for (const group of groups.all) {
    const named = stored.find(group.key, group.ownId);
    if (named.length === 1) storedOf.set(group, named[0] as KnownOrganization);
    else if (named.length > 1) ambiguous.set(group, named);
  }

  const isOpen = (group: PartyGroup) => !storedOf.has(group);
  const { candidates } = listCandidates(groups.all, known, isOpen);
  const byId = new Map(groups.all.map((group) => [group.id, group]));

  const matches: PartyMatch[] = [];
  const decided = new Map<PartyGroup, { readonly decision: MatchDecision; readonly target: string | null }>();
  for (const group of groups.all) {
    const decision = decisions.get(group.key);
    const found = candidates.get(group) ?? [];
    const offered = found.length > 0 ? found : targetOf(decision, stored);
    if (decision === undefined && (storedOf.has(group) || offered.length === 0)) continue;
    const match = toMatch(group, offered, decision, ambiguous.has(group), settings.acceptsSame);
    decided.set(group, match);
    if (!storedOf.has(group) && offered.length > 0) matches.push(match);
  }

  const outcome = new Outcome(known, stored, byId, storedOf, decided);
  const organizationOf = groups.of.map((group) => (group === undefined ? null : outcome.organizationOf(group)));
  const organizations = outcome.list();
  return {
    organizationOf: organizationOf.map((id) => (id === null ? null : (outcome.get(id) as MatchedOrganization))),
    cleaned,
    organizations,
    matches: matches.sort((a, b) => compareCodePoints(a.file, b.file) || a.line - b.line || compareCodePoints(a.name, b.name)),
    newCount: organizations.filter(({ isNew }) => isNew).length,
  };
}

/** The organization that a decision names, for a party that nothing else offers a candidate for. */
function targetOf(decision: PartyDecision | undefined, stored: NameBook<KnownOrganization>): readonly MatchCandidate[] {
  if (decision === undefined || decision.target === null) return [];
  const [target] = stored.find(decision.target, decision.target);
  if (target === undefined) return [];
  return [{ id: target.id, name: target.name, isStored: true, grade: 'RELATED', score: 1, evidence: ['decided by a person'] }];
}

/** Parties of one clean name, or of one id of the list. */
interface PartyGroup {
  /** The list's own id if it has one, else the clean name. */
  readonly key: string;
  readonly ownId: string | null;
  /** The id of a new organization in the store. */
  readonly id: string;
  /** The clean name of the first party, by file and line. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly website: string | null;
  readonly taxId: string | null;
  readonly file: string;
  readonly line: number;
  readonly rowCount: number;
}

/** @returns `of` parallel to the parties: undefined if a cell names no organization */
function groupParties(
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
  const sorted = [...indexes].sort((a, b) => compareParties(parties[a] as Party, parties[b] as Party));
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
    file: first.file,
    line: first.line,
    rowCount: all.reduce((sum, { rowCount }) => sum + rowCount, 0),
  };
}

function compareParties(a: Party, b: Party): number {
  return compareCodePoints(a.file, b.file) || a.line - b.line || compareCodePoints(a.name, b.name);
}

/** The website that followed the name in its cell. */
function findLink({ cut }: CleanName): string | null {
  const link = cut.map((piece) => /(?:https?:\/\/|www\.)[^\s<>()[\]]+/i.exec(piece)?.[0]).find((found) => found !== undefined);
  return link ?? null;
}

const longestId = 200;

/** The id for a clean name: the name itself, so it is unique and stable between editions. A long name is cut and gets a digest. */
export function toStableId(name: string): string {
  if (name.length <= longestId) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${name.slice(0, longestId - 20).replace(/[\uD800-\uDBFF]$/, '')} ${digest}`;
}

/** Finds the owners of a text: by id, else by name, else by alias. */
class NameBook<T> {
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

function listCandidates(
  groups: readonly PartyGroup[],
  known: readonly KnownOrganization[],
  isOpen: (group: PartyGroup) => boolean,
): { readonly candidates: ReadonlyMap<PartyGroup, readonly MatchCandidate[]> } {
  const groupOf = new Map<MatchNode, PartyGroup>();
  const nodes = known.map((organization) =>
    toNode({ ...organization, isStored: true, hasOwnId: organization.id !== organization.name, rowCount: 0 }),
  );
  for (const group of groups) {
    if (!isOpen(group)) continue;
    const node = toNode({ ...group, isStored: false, hasOwnId: group.ownId !== null && group.ownId !== group.name });
    groupOf.set(node, group);
    nodes.push(node);
  }
  nodes.sort(compareNodes);
  const found = findCandidates(nodes, (node) => groupOf.has(nodes[node] as MatchNode));
  const candidates = new Map<PartyGroup, readonly MatchCandidate[]>();
  nodes.forEach((node, i) => {
    const group = groupOf.get(node);
    if (group !== undefined) candidates.set(group, found[i] as MatchCandidate[]);
  });
  return { candidates };
}

function toMatch(
  group: PartyGroup,
  candidates: readonly MatchCandidate[],
  remembered: PartyDecision | undefined,
  isAmbiguous: boolean,
  acceptsSame: boolean,
): PartyMatch {
  const { key, file, line, name, rowCount } = group;
  const offered = isAmbiguous ? null : findOffer(candidates);
  const isAccepted = acceptsSame && offered !== null;
  return {
    id: key,
    file,
    line,
    name,
    rowCount,
    candidates,
    decision: remembered?.decision ?? (isAccepted ? 'ALIAS' : 'UNDECIDED'),
    target: remembered === undefined ? offered : remembered.target,
    isAmbiguous,
  };
}

/** The organization that one click accepts; null if there is none, or if two of the store are equally near. */
function findOffer(candidates: readonly MatchCandidate[]): string | null {
  const same = candidates.filter(({ grade }) => grade === 'SAME');
  const stored = same.filter(({ isStored }) => isStored);
  if (stored.length > 1) return null;
  return (stored[0] ?? same[0])?.id ?? null;
}

/** Follows decisions from group to group, up to the organization for the rows. */
class Outcome {
  readonly #known: ReadonlyMap<string, KnownOrganization>;
  readonly #stored: NameBook<KnownOrganization>;
  readonly #byId: ReadonlyMap<string, PartyGroup>;
  readonly #storedOf: ReadonlyMap<PartyGroup, KnownOrganization>;
  readonly #decided: ReadonlyMap<PartyGroup, { readonly decision: MatchDecision; readonly target: string | null }>;
  readonly #organizations = new Map<string, { organization: MatchedOrganization; aliases: Set<string> }>();

  constructor(
    known: readonly KnownOrganization[],
    stored: NameBook<KnownOrganization>,
    byId: ReadonlyMap<string, PartyGroup>,
    storedOf: ReadonlyMap<PartyGroup, KnownOrganization>,
    decided: ReadonlyMap<PartyGroup, { readonly decision: MatchDecision; readonly target: string | null }>,
  ) {
    this.#known = new Map(known.map((organization) => [organization.id, organization]));
    this.#stored = stored;
    this.#byId = byId;
    this.#storedOf = storedOf;
    this.#decided = decided;
  }

  /** The id of a group's organization; null if the group's rows are left out. */
  organizationOf(group: PartyGroup): string | null {
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
      const next = isTaken ? this.#byId.get(target) : undefined;
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

  get(id: string): MatchedOrganization | undefined {
    return this.#organizations.get(id)?.organization;
  }

  /** All organizations by id, with their new aliases. */
  list(): MatchedOrganization[] {
    for (const entry of this.#organizations.values()) {
      const { organization, aliases } = entry;
      const before = new Set([organization.name, ...(this.#known.get(organization.id)?.aliases ?? [])]);
      entry.organization = { ...organization, newAliases: [...aliases].filter((alias) => !before.has(alias)).sort(compareCodePoints) };
    }
    return [...this.#organizations.values()].map(({ organization }) => organization).sort((a, b) => compareCodePoints(a.id, b.id));
  }

  /** A party that an earlier edition took as a target is only a name of a stored organization now, if it was itself taken as another. */
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
