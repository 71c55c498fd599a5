import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { cleanName, toStableId } from './clean-name.ts';
import { findCandidates } from './find-candidates.ts';
import type { MatchNode } from './found-links.ts';
import { compareNodes, toNode } from './found-links.ts';
import type {
  ApartPair,
  CleanName,
  KnownOrganization,
  MatchCandidate,
  MatchedOrganization,
  Matching,
  MatchSettings,
  Party,
  PartyMatch,
} from './matching-types.ts';

/**
 * Finds the organization of each party of the files, and the organizations that a person should review.
 *
 * 1. Cells with one clean name (or one id of the list) are one organization.
 * 2. A party that states the code in a DORA register, else the id, else the name, else an alias of a known organization is that organization. The same holds for a
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
  const stated = findStated(groups.all, stored, known);
  const { decided, matches } = withoutConflicts(decide(groups.all, known, stored, stated, settings), groups.all, stated, settings);
  const outcome = new DecidedOrganizations(known, stored, groups.all, stated.storedOf, decided);
  const idOf = groups.of.map((group) => (group === undefined ? null : outcome.add(group)));
  const organizations = outcome.list();
  const byId = new Map(organizations.map((organization) => [organization.id, organization]));
  return {
    organizationOf: idOf.map((id) => (id === null ? null : (byId.get(id) as MatchedOrganization))),
    cleaned,
    organizations,
    matches: matches.sort(compareByPlace),
    newCount: organizations.filter(({ isNew }) => isNew).length,
  };
}

/** The groups that state known organizations by id, name or alias. */
interface StatedGroups {
  readonly storedOf: ReadonlyMap<PartyGroup, KnownOrganization>;
  /** Groups that state more than one. */
  readonly ambiguous: ReadonlySet<PartyGroup>;
}

function findStated(groups: readonly PartyGroup[], stored: NameBook<KnownOrganization>, known: readonly KnownOrganization[]): StatedGroups {
  const storedOf = new Map<PartyGroup, KnownOrganization>();
  const ambiguous = new Set<PartyGroup>();
  const coded = new NameBook(groups.some(({ codes }) => codes.length > 0) ? known : [], ({ id, code = id, name, mergedIds = [] }) => ({
    ids: [...mergedIds, id, code],
    name,
    aliases: [],
  }));
  for (const group of groups) {
    const byCode = new Set(group.codes.flatMap((code) => coded.find(code, code)));
    const named = byCode.size === 1 ? [...byCode] : stored.find(group.key, group.ownId);
    if (named.length === 1) storedOf.set(group, named[0] as KnownOrganization);
    else if (named.length > 1) ambiguous.add(group);
  }
  return { storedOf, ambiguous };
}

/** The decision about each group that has one, or may need one. `matches` are those that a person should review. */
function decide(
  groups: readonly PartyGroup[],
  known: readonly KnownOrganization[],
  stored: NameBook<KnownOrganization>,
  { storedOf, ambiguous }: StatedGroups,
  { decisions, acceptsSame, apart = [] }: MatchSettings,
): Decisions {
  const areApart = pairTest(apart);
  const decisionOf = new Map(decisions.map((decision) => [decision.party, decision]));
  const open = groups.filter((group) => !storedOf.has(group));
  const candidatesOf = listCandidates(open, known);
  const decided = new Map<PartyGroup, Decided>();
  const matches: PartyMatch[] = [];
  for (const group of groups) {
    const decision = decisionOf.get(group.key);
    const found = (candidatesOf.get(group) ?? []).filter(
      ({ id, name }) => !namesOf(group).some((one) => areApart(one, id) || areApart(one, name)),
    );
    const offered = found.length > 0 ? found : offerTarget(decision, stored);
    if (decision === undefined && (storedOf.has(group) || offered.length === 0)) continue;
    const match = toMatch(group, offered, decision, ambiguous.has(group), acceptsSame);
    decided.set(group, match);
    if (!storedOf.has(group) && offered.length > 0) matches.push(match);
  }
  return { decided, matches };
}

interface Decisions {
  readonly decided: ReadonlyMap<PartyGroup, Decided>;
  readonly matches: PartyMatch[];
}

/** The texts by which a pair may name a party. */
function namesOf({ key, id, name }: PartyGroup): readonly string[] {
  return [key, id, name];
}

function pairTest(apart: readonly ApartPair[]): (a: string, b: string) => boolean {
  const pairs = new Set(apart.flatMap(([a, b]) => [`${a}\n${b}`, `${b}\n${a}`]));
  return (a, b) => pairs.has(`${a}\n${b}`);
}

/**
 * Takes back what `acceptsSame` accepted where one organization would get two ids of one list, or two parties that a person keeps apart:
 * neither of them is more likely the right one.
 */
function withoutConflicts(
  { decided, matches }: Decisions,
  groups: readonly PartyGroup[],
  { storedOf }: StatedGroups,
  { decisions, acceptsSame, apart = [] }: MatchSettings,
): Decisions {
  if (!acceptsSame) return { decided, matches };
  const byId = new Map(groups.map((group) => [group.id, group]));
  const decisionOf = new Set(decisions.map(({ party }) => party));
  const accepted = new Set(matches.filter(({ decision, id }) => decision === 'ALIAS' && !decisionOf.has(id)).map(({ id }) => id));
  const rootOf = (group: PartyGroup): string => {
    const seen = new Set<PartyGroup>();
    for (let at = group; ; ) {
      seen.add(at);
      const { decision, target = null } = decided.get(at) ?? {};
      if (target === null || (decision !== 'ALIAS' && decision !== 'MERGE')) return storedOf.get(at)?.id ?? at.id;
      const next = byId.get(target);
      if (next === undefined || seen.has(next)) return target;
      at = next;
    }
  };
  const refused = new Set<string>();
  const refuse = ({ key }: PartyGroup) => void (accepted.has(key) && refused.add(key));
  const clusters = new Map<string, PartyGroup[]>();
  for (const group of groups) getOrInsert(clusters, rootOf(group), () => []).push(group);
  const fileOf = (listId: string) => listId.slice(0, listId.indexOf('\n'));
  for (const members of clusters.values()) {
    const ids = new Map<string, Set<string>>();
    for (const listId of members.flatMap(({ listIds }) => listIds)) getOrInsert(ids, fileOf(listId), () => new Set()).add(listId);
    for (const member of members) if (member.listIds.some((id) => (ids.get(fileOf(id))?.size ?? 0) > 1)) refuse(member);
  }
  const named = new Map(groups.flatMap((group) => namesOf(group).map((name) => [name, group] as const)));
  for (const pair of apart) {
    const both = pair.map((name) => named.get(name));
    const roots = both.map((group, at) => (group === undefined ? pair[at] : rootOf(group)));
    if (roots[0] === roots[1]) for (const group of both) if (group !== undefined) refuse(group);
  }
  if (refused.size === 0) return { decided, matches };
  const open = (match: PartyMatch): PartyMatch => (refused.has(match.id) ? { ...match, decision: 'UNDECIDED', target: null } : match);
  return {
    decided: new Map([...decided].map(([group, one]) => [group, refused.has(group.key) ? { decision: 'UNDECIDED', target: null } : one])),
    matches: matches.map(open),
  };
}

function listCandidates(
  open: readonly PartyGroup[],
  known: readonly KnownOrganization[],
): ReadonlyMap<PartyGroup, readonly MatchCandidate[]> {
  const groupOf = new Map<MatchNode, PartyGroup>();
  const nodes = known.map((organization) =>
    toNode({ ...organization, isStored: true, hasOwnId: organization.id !== organization.name, rowCount: 0 }),
  );
  for (const group of open) {
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
  return candidates;
}

/** The organization that a decision names, for a party that nothing else offers a candidate for. */
function offerTarget(decision: Decided | undefined, stored: NameBook<KnownOrganization>): readonly MatchCandidate[] {
  if (decision === undefined || decision.target === null) return [];
  const [target] = stored.find(decision.target, decision.target);
  if (target === undefined) return [];
  return [{ id: target.id, name: target.name, isStored: true, grade: 'RELATED', score: 1, evidence: ['decided by a person'] }];
}

function toMatch(
  group: PartyGroup,
  candidates: readonly MatchCandidate[],
  remembered: Decided | undefined,
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
  const same = candidates.filter(({ grade, isExact }) => grade === 'SAME' && isExact === true);
  const stored = same.filter(({ isStored }) => isStored);
  if (stored.length > 1) return null;
  return (stored[0] ?? same[0])?.id ?? null;
}

type Decided = Pick<PartyMatch, 'decision' | 'target'>;

/** The organizations that the files name, after all decisions. Each organization gets the aliases of the groups that lead to it. */
class DecidedOrganizations {
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

/** Parties of one clean name, or of one id of the list. */
interface PartyGroup {
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
function compareByPlace(a: PlacedName, b: PlacedName): number {
  return compareCodePoints(a.file, b.file) || a.line - b.line || compareCodePoints(a.name, b.name);
}

/** The website that followed the name in its cell. */
function findLink({ cut }: CleanName): string | null {
  const link = cut.map((piece) => /(?:https?:\/\/|www\.)[^\s<>()[\]]+/i.exec(piece)?.[0]).find((found) => found !== undefined);
  return link ?? null;
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
