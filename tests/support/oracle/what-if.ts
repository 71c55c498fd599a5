import type { Access, World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import type { OracleExposed, OracleRadius } from './confidentiality.ts';
import { oracleRadius } from './confidentiality.ts';
import type { Interval, OracleCopy } from './custody.ts';
import { isReadableCopy, oracleCopies } from './custody.ts';
import { byCodePoint, byKeys } from './order.ts';
import type { Question } from './question.ts';

/** An action of §8, with ids. `owner`: null for all. */
export type OracleAction =
  | { readonly kind: 'REVOKE_ACCESS'; readonly access: string; readonly at: number }
  | { readonly kind: 'REVOKE_ALL_ACCESS' | 'SUSPEND'; readonly organization: string; readonly at: number }
  | { readonly kind: 'RECALL' | 'ENCRYPT'; readonly organization: string; readonly owner: string | null; readonly at: number };

export interface OracleScenario {
  /** The facts of the scenario: access ends, and prevented transfers are missing. */
  readonly world: World;
  readonly radius: OracleRadius;
}

/** Applies the actions to the plain world and its copies, and computes the radius of the result. */
export function oracleScenario(world: World, question: Question, actions: readonly OracleAction[]): OracleScenario {
  const kept = { facts: world.facts.filter((fact) => fact.kind !== 'TRANSFER' || !isNotMade(fact, actions)) };
  const left: World = { facts: kept.facts.map((fact) => (fact.kind === 'ACCESS' ? endAccess(fact, actions) : fact)) };
  const made = new Set(factsOf(kept, 'TRANSFER').map(({ id }) => id));
  // Implied copies are those of the unchanged facts.
  const recalled = oracleCopies(world)
    .filter(({ kind, id }) => kind !== 'TRANSFERRED' || made.has(id))
    .map((copy) => recall(copy, actions));
  const copies = explain(left, recalled).flatMap((copy) => encrypt(copy, actions));
  return { world: left, radius: oracleRadius(left, question, copies) };
}

/** SUSPEND: removes every transfer from or to the organization with a known sentAt >= t. */
function isNotMade(
  { sender, recipient, sentAt }: { sender: string; recipient: string; sentAt: number | null },
  actions: readonly OracleAction[],
) {
  return actions.some(
    (action) =>
      action.kind === 'SUSPEND' &&
      (action.organization === sender || action.organization === recipient) &&
      sentAt !== null &&
      sentAt >= action.at,
  );
}

/** REVOKE_ACCESS, REVOKE_ALL_ACCESS, SUSPEND: access ends at t or at its own end, whichever is earlier. */
function endAccess<A extends Access>(access: A, actions: readonly OracleAction[]): A {
  const ends = actions
    .filter((action) =>
      action.kind === 'REVOKE_ACCESS'
        ? action.access === access.id
        : (action.kind === 'REVOKE_ALL_ACCESS' || action.kind === 'SUSPEND') && action.organization === access.grantee,
    )
    .map(({ at }) => at);
  const until = Math.min(...ends, access.validUntil ?? Number.POSITIVE_INFINITY);
  return { ...access, validUntil: until === Number.POSITIVE_INFINITY ? null : until };
}

function concerns(action: OracleAction, copy: OracleCopy): boolean {
  return (
    (action.kind === 'RECALL' || action.kind === 'ENCRYPT') &&
    copy.kind !== 'OWNED' &&
    action.organization === copy.holder &&
    (action.owner === null || action.owner === copy.owner)
  );
}

/** RECALL: for copies with p0 < t, d1 and p1 become t if they are later. */
function recall(copy: OracleCopy, actions: readonly OracleAction[]): OracleCopy {
  let { definite, possible } = copy;
  for (const action of actions) {
    if (action.kind !== 'RECALL' || !concerns(action, copy) || copy.possible.from >= action.at) continue;
    definite = { from: definite.from, until: Math.min(definite.until, action.at) };
    possible = { from: possible.from, until: Math.min(possible.until, action.at) };
  }
  return { ...copy, definite, possible };
}

/** The chains of the remaining copies, as in a world in which each copy was deleted at the end of its possible interval. */
function explain(left: World, copies: readonly OracleCopy[]): OracleCopy[] {
  const untilOf = new Map(copies.filter(({ kind }) => kind === 'TRANSFERRED').map(({ id, possible }) => [id, possible.until]));
  const deleted: World = {
    facts: left.facts.map((fact) => {
      if (fact.kind !== 'TRANSFER') return fact;
      const until = untilOf.get(fact.id) as number;
      return until === Number.POSITIVE_INFINITY
        ? { ...fact, deletionState: 'NONE' as const, deletedAt: null }
        : { ...fact, deletionState: 'VERIFIED' as const, deletedAt: until };
    }),
  };
  const explained = new Map(oracleCopies(deleted).map((copy) => [copy.id, copy]));
  return copies.map((copy) => {
    if (copy.kind !== 'TRANSFERRED') return copy;
    const { rank, chain } = explained.get(copy.id) as OracleCopy;
    return { ...copy, rank, chain };
  });
}

/** ENCRYPT: copies stay as they are until t, the earliest of several, and then become another copy under the owner's key. */
function encrypt(copy: OracleCopy, actions: readonly OracleAction[]): OracleCopy[] {
  const instants = actions.filter((action) => action.kind === 'ENCRYPT' && concerns(action, copy)).map(({ at }) => at);
  if (instants.length === 0 || !isReadableCopy(copy)) return [copy];
  const at = Math.min(...instants);
  const before = ({ from, until }: Interval) => ({ from, until: Math.min(until, at) });
  const after = ({ from, until }: Interval) => ({ from: Math.max(from, at), until });
  return [
    { ...copy, definite: before(copy.definite), possible: before(copy.possible) },
    {
      ...copy,
      id: `${copy.id}:encrypted`,
      definite: after(copy.definite),
      possible: after(copy.possible),
      form: 'ENCRYPTED_KEY_AT_OWNER',
    },
  ];
}

/** Engagements current at the time of a SUSPEND to which its organization is a party. */
export function oracleStopped(world: World, actions: readonly OracleAction[]): string[] {
  return factsOf(world, 'ENGAGEMENT')
    .filter(({ client, provider, startsAt, endsAt }) =>
      actions.some(
        (action) =>
          action.kind === 'SUSPEND' &&
          (action.organization === client || action.organization === provider) &&
          (startsAt === null || startsAt <= action.at) &&
          (endsAt === null || endsAt > action.at),
      ),
    )
    .map(({ id }) => id)
    .sort(byCodePoint);
}

const changeKinds = ['LEFT', 'WEAKENED', 'STAYED', 'STRENGTHENED', 'JOINED'] as const;
export type OracleChangeKind = (typeof changeKinds)[number];

export interface OracleChange {
  readonly artifact: string;
  readonly kind: OracleChangeKind;
}

/** Every artifact of either radius: first those that left, then weakened, stayed, strengthened, joined; then by id. */
export function oracleChanges(before: OracleRadius, after: OracleRadius): OracleChange[] {
  const ids = new Set([...before.artifacts, ...after.artifacts].map(({ artifact }) => artifact));
  return [...ids]
    .map((artifact) => {
      const was = before.artifacts.find((each) => each.artifact === artifact);
      const is = after.artifacts.find((each) => each.artifact === artifact);
      return { artifact, kind: was === undefined ? 'JOINED' : is === undefined ? 'LEFT' : compare(was, is) } as const;
    })
    .sort(
      byKeys(
        ({ kind }) => changeKinds.indexOf(kind),
        ({ artifact }) => artifact,
      ),
    );
}

function compare(was: OracleExposed, is: OracleExposed): OracleChangeKind {
  const strength = { CONTAINED: 1, POSSIBLE: 2, EXPOSED: 3 };
  for (const figure of [
    ({ tier }: OracleExposed) => strength[tier],
    ({ weightedShare }: OracleExposed) => weightedShare,
    ({ portion }: OracleExposed) => portion.high,
    ({ portion }: OracleExposed) => portion.low,
  ]) {
    const difference = figure(is) - figure(was);
    if (Math.abs(difference) > 1e-9) return difference < 0 ? 'WEAKENED' : 'STRENGTHENED';
  }
  return 'STAYED';
}
