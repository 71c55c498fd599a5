import type { FactKind } from '../../domain/facts.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import { compareRadii } from './compare-radii.ts';
import { RadiusTrace } from './radius-trace.ts';

/** Whether a fact may explain the difference between two radii. */
export type IsTouching = (kind: FactKind, key: string) => boolean;

/**
 * Two radii differ in artifacts that changed, in organizations that only one of them reaches, and in organizations that they reach
 * with different likelihoods. A changed fact explains the difference if it is one of these:
 *
 * - an access fact, or a transfer along which compromise passes, on the path to such an organization
 * - a transfer of such an artifact, or of one that leads to it, if its copies at reached organizations changed or if it explains a
 *   copy that was implied before
 * - a reveals fact on the best way to such an artifact
 * - such an artifact, or one that leads to it, if the inputs to its figures changed
 * - such an organization, if only one of the two radii knows it
 *
 * Complexity: O(both radii + paths to the differences) for the first fact of a kind, then O(log n) per fact.
 */
export function findTouching(before: BlastRadius, after: BlastRadius): IsTouching {
  const artifacts = new Set(
    compareRadii(before, after)
      .filter(({ kind }) => kind !== 'STAYED')
      .map(({ id }) => id),
  );
  const organizations = findDifferingOrganizations(before, after);
  const was = new RadiusTrace(before, artifacts, organizations);
  const is = new RadiusTrace(after, artifacts, organizations);
  const sides = [was, is];
  let explained: ReadonlySet<string> | undefined;

  return (kind, key) => {
    switch (kind) {
      case 'ORGANIZATION':
        return organizations.has(key) && sides.filter(({ radius }) => radius.projection.organizations.id.find(key) >= 0).length === 1;
      case 'ARTIFACT':
        return was.describeArtifact(key) !== is.describeArtifact(key);
      case 'TRANSFER':
        if (was.describeCopies(key) !== is.describeCopies(key) || sides.some((side) => side.isTransferOnPath(key))) return true;
        explained ??= new Set([...findExplained(was, is), ...findExplained(is, was)]);
        return sides.some((side) => explained?.has(side.placeOf(key)));
      case 'ACCESS':
        return sides.some((side) => side.isAccessOnPath(key));
      case 'REVEALS':
        return sides.some((side) => side.isRevealsOnPath(key));
      case 'ENGAGEMENT':
      case 'CONTROL':
        return false;
    }
  };
}

function findDifferingOrganizations(before: BlastRadius, after: BlastRadius): Set<string> {
  const likelihoods = ({ reached, projection }: BlastRadius) =>
    new Map(reached.map(({ organization, likelihood }) => [projection.organizations.id.get(organization), likelihood]));
  const was = likelihoods(before);
  const is = likelihoods(after);
  return new Set([...was.keys(), ...is.keys()].filter((id) => was.get(id) !== is.get(id)));
}

/** The places where one radius has an implied copy and the other explains the same transfer by an inbound copy. */
function findExplained(here: RadiusTrace, there: RadiusTrace): string[] {
  return here
    .impliedCopies()
    .filter(({ transfer }) => there.isExplained(transfer))
    .map(({ place }) => place);
}
