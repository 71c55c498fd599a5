import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none, rowOf } from '../../projection/projection.ts';
import { endedAt, isDeletedByRecall } from '../../rules/action-effect.ts';
import { meets } from '../../rules/copy-interval.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { ReachedOrganization } from '../radius/radius-types.ts';
import { SpreadSteps } from '../radius/spread.ts';
import { formatCopies, formatDay } from '../sentence-formats.ts';
import type { Action } from './actions.ts';
import type { Scenario } from './scenario.ts';

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');

/**
 * Describes, action by action, the effects that a scenario cannot undo, with their reasons.
 *
 * Complexity: O(copies, transfers and access of the organizations that the actions name), and the reached organizations per action.
 */
export function findLimits(radius: BlastRadius): string[] {
  const { scenario } = radius;
  if (scenario === undefined) return [];
  return [...new Set(scenario.actions.flatMap((action) => limitsOf(radius, scenario, action)))];
}

function limitsOf(radius: BlastRadius, scenario: Scenario, action: Action): string[] {
  const { access, organizations } = radius.projection;
  switch (action.kind) {
    case 'REVOKE_ACCESS': {
      const idle = explainIdleAccess(radius, access.grantee[action.access] as number, [action.access]);
      return idle === undefined ? limitsOfAccess(radius, [action.access], action.at) : [idle];
    }
    case 'REVOKE_ALL_ACCESS': {
      const held = rowOf(organizations.accessHeld, action.organization);
      const idle = explainIdleAccess(radius, action.organization, held);
      return idle === undefined ? limitsOfAccess(radius, held, action.at) : [idle];
    }
    case 'SUSPEND': {
      const held = rowOf(organizations.accessHeld, action.organization);
      const isIdle = explainIdleAccess(radius, action.organization, held) !== undefined;
      return [
        ...limitsOfSuspension(radius, scenario, action.organization, action.at),
        ...(isIdle ? [] : limitsOfAccess(radius, held, action.at)),
      ];
    }
    case 'RECALL':
    case 'ENCRYPT':
      return limitsOfMeasure(radius, scenario, action);
  }
}

function limitsOfSuspension({ projection, input }: BlastRadius, scenario: Scenario, organization: number, at: number): string[] {
  const { copies, organizations, transfers } = projection;
  const name = organizations.name.get(organization);
  const limits: string[] = [];
  const kept = rowOf(organizations.copies, organization).filter(
    (copy) =>
      copies.kind.at(copy) !== owned &&
      !scenario.isCopyGone(copy) &&
      meets(copies.possibleFrom.at(copy), scenario.possibleUntil(copy), input.widest.from, input.widest.to),
  ).length;
  if (kept > 0)
    limits.push(`Suspending ${name} deletes nothing: ${formatCopies(kept)} in its custody ${kept === 1 ? 'remains' : 'remain'}.`);
  const unknown = [organizations.sent, organizations.received]
    .flatMap((rows) => [...rowOf(rows, organization)])
    .filter((t) => Number.isNaN(transfers.sentAt.at(t))).length;
  if (unknown > 0) {
    const what = unknown === 1 ? '1 transfer to or from it' : `${unknown} transfers to or from it`;
    const why = unknown === 1 ? 'the date it was sent is unknown' : 'the dates they were sent are unknown';
    limits.push(`Suspending ${name} on ${formatDay(at)} does not stop ${what}: ${why}.`);
  }
  return limits;
}

/**
 * Describes the copies that a recall or an encryption leaves exposed: copies it came too late for, copies it does not touch, and
 * copies sent on before it.
 *
 * Complexity: O(copies and transfers of the organization).
 */
function limitsOfMeasure(
  { projection, input, columns, reached }: BlastRadius,
  scenario: Scenario,
  { kind, organization, owner, at }: Extract<Action, { kind: 'RECALL' | 'ENCRYPT' }>,
): string[] {
  const { artifacts, copies, organizations, transfers } = projection;
  const name = organizations.name.get(organization);
  const day = formatDay(at);
  const isRecall = kind === 'RECALL';
  const verb = isRecall ? 'Recalling from' : 'Encrypting at';
  const isOfOwner = (copy: number) => owner === none || artifacts.owner[copies.artifact.at(copy)] === owner;
  const there = rowOf(organizations.copies, organization).filter((copy) => isOfOwner(copy) && !scenario.isCopyGone(copy));
  const originals = there.filter((copy) => copies.kind.at(copy) === owned).length;
  const targets = there.filter((copy) => copies.kind.at(copy) !== owned);
  const isReadable = (copy: number) => copies.isReadable.at(copy) === 1;
  const isTouched = (copy: number) => (isRecall ? isDeletedByRecall(copies.possibleFrom.at(copy), at) : isReadable(copy));
  const touched = targets.filter(isTouched);
  const limits: string[] = [];
  if (touched.length === 0) {
    const what = owner === none ? 'no copy' : `no copy of what ${organizations.name.get(owner)} owns`;
    const why = isRecall ? `it held ${what} by then` : `${what} in its custody is readable`;
    limits.push(`${verb} ${name} on ${day} changes nothing: ${why}.`);
  }

  const late = touched.filter((copy) => {
    const until = endedAt(scenario.possibleUntil(copy), scenario.encryptedFrom(copy));
    return meets(copies.possibleFrom.at(copy), until, input.widest.from, input.widest.to);
  });
  const read = late.filter(isReadable).length;
  if (read > 0) {
    const isReached = reached.some((each) => each.organization === organization);
    const could = isReached ? 'could be read' : `${read === 1 ? 'was' : 'were'} readable`;
    const doing = `${isRecall ? 'deleting' : 'encrypting'} ${read === 1 ? 'it' : 'them'}`;
    limits.push(`${formatCopies(read)} at ${name} ${could} in the widest window before ${day}: ${doing} later does not undo that.`);
  }
  const closed = late.length - read;
  if (closed > 0) {
    const were = closed === 1 ? 'was' : 'were';
    limits.push(`${formatCopies(closed)} at ${name} could not be read but ${were} in its custody in the widest window before ${day}.`);
  }

  const later = targets.filter((copy) => !isTouched(copy) && scenario.recalledAt(copy) === Infinity).length;
  if (later > 0 && touched.length > 0) {
    const why = isRecall ? `arrived on ${day} or later` : 'could not be read anyway';
    limits.push(`${formatCopies(later)} at ${name} ${later === 1 ? 'is' : 'are'} not affected: ${later === 1 ? 'it' : 'they'} ${why}.`);
  }
  if (originals > 0) {
    const what = originals === 1 ? '1 artifact' : `${originals} artifacts`;
    limits.push(`${name} owns ${what}: no action affects an owner's own copy.`);
  }

  const held = new Set(touched.map((copy) => copies.artifact.at(copy)));
  const passedOn = rowOf(organizations.sent, organization).filter((t) => {
    const copy = transfers.copy.at(t);
    const isElsewhere = held.has(transfers.artifact.at(t)) && copies.kind.at(copy) === transferred && !scenario.isGone(t);
    if (!isElsewhere || transfers.recipient.at(t) === artifacts.owner[transfers.artifact.at(t)]) return false;
    const { from, to } = input.widest;
    return columns.tierOf(copy) !== undefined || meets(copies.possibleFrom.at(copy), scenario.possibleUntil(copy), from, to);
  }).length;
  if (passedOn > 0) {
    const them = passedOn === 1 ? 'it' : 'them';
    limits.push(`${name} sent ${formatCopies(passedOn)} on to others: ${verb.toLowerCase()} ${name} does not reach ${them}.`);
  }
  return limits;
}

/**
 * Describes what ending access at an instant leaves: access that was open in the widest window before, and organizations that
 * are still reached in another way. The first of each is named, the others are counted.
 *
 * @param rows access facts that end, ascending
 * Complexity: O(rows + reached organizations).
 */
function limitsOfAccess({ projection, input, scenario, reached }: BlastRadius, rows: ArrayLike<number>, at: number): string[] {
  const { access, organizations } = projection;
  const before = new SpreadSteps(projection, input);
  const after = new SpreadSteps(projection, input, scenario);
  const valid = Array.from(rows).filter((a) => before.isAccessOpen(a));
  const open = valid.filter((a) => after.isAccessOpen(a));
  const limits: string[] = [];
  const [first] = open;
  if (first !== undefined) {
    const grantor = organizations.name.get(access.grantor[first] as number);
    const what =
      open.length === 1
        ? `Access ${access.id.get(first)} to ${grantor} was open`
        : `${open.length} access facts (the first is ${access.id.get(first)} to ${grantor}) were open`;
    limits.push(
      `${what} in the widest window before ${formatDay(at)}: compromise that spread over ${open.length === 1 ? 'it' : 'them'} by then remains.`,
    );
  }
  const ended = new Set(valid.filter((a) => !after.isAccessOpen(a)).map((a) => access.grantor[a] as number));
  const [still, ...others] = reached.filter(({ organization }) => ended.has(organization));
  if (still !== undefined) {
    const name = organizations.name.get(still.organization);
    const more =
      others.length === 0 ? '' : others.length === 1 ? ' So is 1 other organization.' : ` So are ${others.length} other organizations.`;
    limits.push(`${name} is still reached${describeWay(projection, still)}.${more}`);
  }
  return limits;
}

/**
 * Explains why ending the access of one grantee changes nothing: there is none, the grantee is not reached, or no access was open
 * in the widest window. Undefined if ending it may change something.
 */
function explainIdleAccess({ projection, input, reached }: BlastRadius, grantee: number, rows: ArrayLike<number>): string | undefined {
  const name = projection.organizations.name.get(grantee);
  const [first] = Array.from(rows);
  if (first === undefined) return `${name} has no access to end.`;
  const what = rows.length === 1 ? `access ${projection.access.id.get(first)}` : `the access of ${name}`;
  if (!reached.some(({ organization }) => organization === grantee)) return `Ending ${what} changes nothing: ${name} is not reached.`;
  const steps = new SpreadSteps(projection, input);
  if (Array.from(rows).some((a) => steps.isAccessOpen(a))) return undefined;
  return `Ending ${what} changes nothing: ${rows.length === 1 ? 'it was not' : 'none of it was'} open in the widest window.`;
}

function describeWay({ access, organizations }: Projection, { path }: ReachedOrganization): string {
  const last = path[path.length - 1];
  if (last === undefined) return ': it is an origin';
  const from = organizations.name.get(last.from);
  return last.access === none ? `, from ${from} along what it sent` : `, from ${from} over access ${access.id.get(last.access)}`;
}
