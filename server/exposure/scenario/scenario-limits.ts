import { rowOf } from '../../projection/csr.ts';
import { copyKinds } from '../../projection/projection.ts';
import { meets } from '../../rules/copy-interval.ts';
import type { BlastRadius } from '../radius/radius-types.ts';
import { formatCopies, formatDay } from '../sentence-formats.ts';
import { explainIdleAccess, limitsOfAccess } from './access-limits.ts';
import type { Action } from './action.ts';
import { limitsOfMeasure } from './measure-limits.ts';
import type { Scenario } from './scenario.ts';

const owned = copyKinds.indexOf('OWNED');

/**
 * What the actions of a scenario cannot undo, in sentences, action by action: what stays, and why.
 *
 * Complexity: O(copies, transfers and access of the organizations that the actions name), and the reached for each action.
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
      copies.kind[copy] !== owned &&
      !scenario.isCopyGone(copy) &&
      meets(copies.possibleFrom[copy] as number, scenario.possibleUntil(copy), input.widest.from, input.widest.to),
  ).length;
  if (kept > 0)
    limits.push(`Suspending ${name} deletes nothing: ${formatCopies(kept)} in its custody ${kept === 1 ? 'remains' : 'remain'}.`);
  const unknown = [organizations.sent, organizations.received]
    .flatMap((rows) => [...rowOf(rows, organization)])
    .filter((t) => Number.isNaN(transfers.sentAt[t] as number)).length;
  if (unknown > 0) {
    const what = unknown === 1 ? '1 transfer to or from it' : `${unknown} transfers to or from it`;
    const why = unknown === 1 ? 'the date it was sent is unknown' : 'the dates they were sent are unknown';
    limits.push(`Suspending ${name} on ${formatDay(at)} does not stop ${what}: ${why}.`);
  }
  return limits;
}
