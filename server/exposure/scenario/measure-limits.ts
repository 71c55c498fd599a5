import { rowOf } from '../../projection/csr.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import { endedAt, isDeletedByRecall } from '../../rules/action-effect.ts';
import { meets } from '../../rules/copy-interval.ts';
import type { BlastRadius } from '../radius/radius-types.ts';
import { formatCopies, formatDay } from '../sentence-formats.ts';
import type { Action } from './action.ts';
import type { Scenario } from './scenario.ts';

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');

/**
 * What a recall or an encryption leaves, in sentences: copies that it came too late for, that it does not touch, and that were
 * sent on before.
 *
 * Complexity: O(copies and transfers of the organization).
 */
export function limitsOfMeasure(
  { projection, input, tierOf, reached }: BlastRadius,
  scenario: Scenario,
  { kind, organization, owner, at }: Extract<Action, { kind: 'RECALL' | 'ENCRYPT' }>,
): string[] {
  const { artifacts, copies, organizations, transfers } = projection;
  const name = organizations.name.get(organization);
  const day = formatDay(at);
  const isRecall = kind === 'RECALL';
  const verb = isRecall ? 'Recalling from' : 'Encrypting at';
  const isMeant = (copy: number) => owner === none || artifacts.owner[copies.artifact[copy] as number] === owner;
  const there = rowOf(organizations.copies, organization).filter((copy) => isMeant(copy) && !scenario.isCopyGone(copy));
  const originals = there.filter((copy) => copies.kind[copy] === owned).length;
  const meant = there.filter((copy) => copies.kind[copy] !== owned);
  const isReadable = (copy: number) => copies.isReadable[copy] === 1;
  const isTouched = (copy: number) => (isRecall ? isDeletedByRecall(copies.possibleFrom[copy] as number, at) : isReadable(copy));
  const touched = meant.filter(isTouched);
  const limits: string[] = [];
  if (touched.length === 0) {
    const why = isRecall ? 'it held no copy by then' : 'no copy in its custody is readable';
    limits.push(`${verb} ${name} on ${day} changes nothing: ${why}.`);
  }

  const late = touched.filter((copy) => {
    const until = endedAt(scenario.possibleUntil(copy), scenario.encryptedFrom(copy));
    return meets(copies.possibleFrom[copy] as number, until, input.widest.from, input.widest.to);
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

  const later = meant.filter((copy) => !isTouched(copy) && scenario.recalledAt(copy) === Infinity).length;
  if (later > 0 && touched.length > 0) {
    const why = isRecall ? `arrived on ${day} or later` : 'could not be read anyway';
    limits.push(`${formatCopies(later)} at ${name} ${later === 1 ? 'is' : 'are'} not affected: ${later === 1 ? 'it' : 'they'} ${why}.`);
  }
  if (originals > 0) {
    const what = originals === 1 ? '1 artifact' : `${originals} artifacts`;
    limits.push(`${name} owns ${what}: no action affects an owner's own copy.`);
  }

  const held = new Set(touched.map((copy) => copies.artifact[copy] as number));
  const passedOn = rowOf(organizations.sent, organization).filter((t) => {
    const copy = transfers.copy[t] as number;
    const isElsewhere = held.has(transfers.artifact[t] as number) && copies.kind[copy] === transferred && !scenario.isGone(t);
    if (!isElsewhere || transfers.recipient[t] === artifacts.owner[transfers.artifact[t] as number]) return false;
    const { from, to } = input.widest;
    return tierOf(copy) !== undefined || meets(copies.possibleFrom[copy] as number, scenario.possibleUntil(copy), from, to);
  }).length;
  if (passedOn > 0) {
    const them = passedOn === 1 ? 'it' : 'them';
    limits.push(`${name} sent ${formatCopies(passedOn)} on to others: ${verb.toLowerCase()} ${name} does not reach ${them}.`);
  }
  return limits;
}
