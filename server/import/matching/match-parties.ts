import { cleanName } from './clean-name.ts';
import { type Decided, DecidedOrganizations } from './decided-organizations.ts';
import { findCandidates } from './find-candidates.ts';
import { compareNodes, type MatchNode, toNode } from './match-nodes.ts';
import type {
  KnownOrganization,
  MatchCandidate,
  MatchedOrganization,
  Matching,
  MatchSettings,
  Party,
  PartyMatch,
} from './matching-types.ts';
import { NameBook } from './name-book.ts';
import { compareByPlace, groupParties, type PartyGroup } from './party-groups.ts';

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
  const stated = findStated(groups.all, stored);
  const { decided, matches } = decide(groups.all, known, stored, stated, settings);
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

function findStated(groups: readonly PartyGroup[], stored: NameBook<KnownOrganization>): StatedGroups {
  const storedOf = new Map<PartyGroup, KnownOrganization>();
  const ambiguous = new Set<PartyGroup>();
  for (const group of groups) {
    const named = stored.find(group.key, group.ownId);
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
  { decisions, acceptsSame }: MatchSettings,
): { readonly decided: ReadonlyMap<PartyGroup, Decided>; readonly matches: PartyMatch[] } {
  const decisionOf = new Map(decisions.map((decision) => [decision.party, decision]));
  const open = groups.filter((group) => !storedOf.has(group));
  const candidatesOf = listCandidates(open, known);
  const decided = new Map<PartyGroup, Decided>();
  const matches: PartyMatch[] = [];
  for (const group of groups) {
    const decision = decisionOf.get(group.key);
    const found = candidatesOf.get(group) ?? [];
    const offered = found.length > 0 ? found : offerTarget(decision, stored);
    if (decision === undefined && (storedOf.has(group) || offered.length === 0)) continue;
    const match = toMatch(group, offered, decision, ambiguous.has(group), acceptsSame);
    decided.set(group, match);
    if (!storedOf.has(group) && offered.length > 0) matches.push(match);
  }
  return { decided, matches };
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
  const same = candidates.filter(({ grade }) => grade === 'SAME');
  const stored = same.filter(({ isStored }) => isStored);
  if (stored.length > 1) return null;
  return (stored[0] ?? same[0])?.id ?? null;
}
