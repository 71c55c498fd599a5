import { rowOf } from '../projection/csr.ts';
import { meets } from '../projection/custody.ts';
import { copyKinds, none } from '../projection/projection.ts';
import type { Action } from './action.ts';
import type { BlastRadius } from './blast-radius.ts';
import type { Scenario } from './scenario.ts';
import { formatDay } from './sentence-formats.ts';
import { SpreadSteps } from './spread-steps.ts';

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');

/**
 * What the actions of a scenario cannot undo, in sentences, action by action: copies that stay, and why.
 *
 * Complexity: O(copies, transfers and access of the organizations that the actions name).
 */
export function findLimits(radius: BlastRadius): string[] {
  const { scenario } = radius;
  if (scenario === undefined) return [];
  return [...new Set(scenario.actions.flatMap((action) => limitsOf(radius, scenario, action)))];
}

function limitsOf(radius: BlastRadius, scenario: Scenario, action: Action): string[] {
  switch (action.kind) {
    case 'REVOKE_ACCESS':
      return limitsOfAccess(radius, [action.access], action.at);
    case 'REVOKE_ALL_ACCESS':
      return limitsOfAccess(radius, rowOf(radius.projection.organizations.accessHeld, action.organization), action.at);
    case 'SUSPEND':
      return [
        ...limitsOfSuspension(radius, scenario, action.organization, action.at),
        ...limitsOfAccess(radius, rowOf(radius.projection.organizations.accessHeld, action.organization), action.at),
      ];
    case 'RECALL':
    case 'ENCRYPT':
      return limitsOfMeasure(radius, scenario, action);
  }
}

/** Access that ends within the widest window, or after it, was open in it all the same. */
function limitsOfAccess({ projection, input, scenario }: BlastRadius, rows: ArrayLike<number>, at: number): string[] {
  const steps = new SpreadSteps(projection, input, scenario);
  const open = Array.from(rows).filter((a) => steps.isValid(a));
  if (open.length === 0) return [];
  const { access, organizations } = projection;
  const first = open[0] as number;
  const grantor = organizations.name.get(access.grantor[first] as number);
  const what =
    open.length === 1
      ? `Access ${access.id.get(first)} to ${grantor} was open`
      : `${open.length} access facts (${access.id.get(first)} to ${grantor} is the first) were open`;
  return [`${what} within the widest window before ${formatDay(at)}: what came over it by then stays.`];
}

function limitsOfSuspension({ projection, input }: BlastRadius, scenario: Scenario, organization: number, at: number): string[] {
  const { copies, organizations, transfers } = projection;
  const name = organizations.name.get(organization);
  const limits: string[] = [];
  const kept = rowOf(organizations.copies, organization).filter(
    (copy) =>
      copies.kind[copy] !== owned &&
      !scenario.isCopyGone(copy) &&
      meets(
        copies.possibleFrom[copy] as number,
        Math.min(copies.possibleUntil[copy] as number, scenario.recalledAt(copy)),
        input.widest.from,
        input.widest.to,
      ),
  ).length;
  if (kept > 0) limits.push(`Suspending ${name} deletes nothing: ${sayCopies(kept)} in its custody ${kept === 1 ? 'stays' : 'stay'}.`);
  const unknown = [organizations.sent, organizations.received]
    .flatMap((rows) => [...rowOf(rows, organization)])
    .filter((t) => Number.isNaN(transfers.sentAt[t] as number)).length;
  if (unknown > 0) {
    const stay = unknown === 1 ? '1 transfer to or from it stays' : `${unknown} transfers to or from it stay`;
    limits.push(`When ${name} is suspended on ${formatDay(at)}, ${stay}, since when it was sent is not known.`);
  }
  return limits;
}

function limitsOfMeasure(
  { projection, input, tierOf, reached }: BlastRadius,
  scenario: Scenario,
  { kind, organization, owner, at }: Extract<Action, { kind: 'RECALL' | 'ENCRYPT' }>,
): string[] {
  const { artifacts, copies, organizations, transfers } = projection;
  const name = organizations.name.get(organization);
  const isRecall = kind === 'RECALL';
  const verb = isRecall ? 'Recalling from' : 'Encrypting at';
  const isMeant = (copy: number) => owner === none || artifacts.owner[copies.artifact[copy] as number] === owner;
  const there = rowOf(organizations.copies, organization).filter((copy) => isMeant(copy) && !scenario.isCopyGone(copy));
  const originals = there.filter((copy) => copies.kind[copy] === owned).length;
  const meant = there.filter((copy) => copies.kind[copy] !== owned);
  const isTouched = (copy: number) => (isRecall ? (copies.possibleFrom[copy] as number) < at : copies.isReadable[copy] === 1);
  const touched = meant.filter(isTouched);
  const limits: string[] = [];
  if (touched.length === 0) {
    const why = isRecall ? 'no copy in its custody was there by then' : 'no copy in its custody is readable';
    limits.push(`${verb} ${name} on ${formatDay(at)} changes nothing: ${why}.`);
  }
  const stay = touched.filter((copy) => {
    const until = Math.min(copies.possibleUntil[copy] as number, scenario.recalledAt(copy), scenario.encryptedFrom(copy));
    return meets(copies.possibleFrom[copy] as number, until, input.widest.from, input.widest.to);
  }).length;
  if (stay > 0) {
    const isReached = reached.some((each) => each.organization === organization);
    const could = isReached ? 'could be read' : 'was there to be read';
    limits.push(
      `${stay === 1 ? '1 copy' : `${stay} copies`} at ${name} ${could} within the widest window before ${formatDay(at)}: ${isRecall ? 'deleting' : 'encrypting'} it later does not undo that.`,
    );
  }
  const later = meant.filter((copy) => !isTouched(copy) && scenario.recalledAt(copy) === Infinity).length;
  if (later > 0 && touched.length > 0) {
    const why = isRecall ? `came on ${formatDay(at)} or later` : 'could not be read anyway';
    limits.push(`${sayCopies(later)} at ${name} ${later === 1 ? 'is' : 'are'} not touched: ${later === 1 ? 'it' : 'they'} ${why}.`);
  }
  if (originals > 0) limits.push(`${name} owns ${sayArtifacts(originals)}: no action touches an owner's own copy.`);
  const held = new Set(touched.map((copy) => copies.artifact[copy] as number));
  const passedOn = rowOf(organizations.sent, organization).filter((t) => {
    const copy = transfers.copy[t] as number;
    const isElsewhere = held.has(transfers.artifact[t] as number) && copies.kind[copy] === transferred && !scenario.isGone(t);
    if (!isElsewhere || transfers.recipient[t] === artifacts.owner[transfers.artifact[t] as number]) return false;
    const until = Math.min(copies.possibleUntil[copy] as number, scenario.recalledAt(copy));
    return tierOf(copy) !== undefined || meets(copies.possibleFrom[copy] as number, until, input.widest.from, input.widest.to);
  }).length;
  if (passedOn > 0)
    limits.push(
      `${name} had sent ${sayCopies(passedOn)} on to others: ${verb.toLowerCase()} ${name} does not reach ${passedOn === 1 ? 'it' : 'them'}.`,
    );
  return limits;
}

function sayCopies(count: number): string {
  return count === 1 ? '1 copy' : `${count} copies`;
}

function sayArtifacts(count: number): string {
  return count === 1 ? '1 artifact' : `${count} artifacts`;
}
