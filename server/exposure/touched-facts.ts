import type { FactKind } from '../domain/facts.ts';
import { splitPairKey } from '../domain/facts.ts';
import type { BlastRadius } from './blast-radius.ts';
import { compareRadii } from './compare-radii.ts';
import { getRevealClosure } from './reveal-closure.ts';

/** Whether a fact touches what differs between two radii. */
export type IsTouching = (kind: FactKind, key: string) => boolean;

/**
 * What differs between two radii: the artifacts that did not stay as they were, and the organizations that only one of them
 * reaches, or each with another likelihood. A fact touches that if it is one of these, a transfer or reveals of an artifact
 * that differs or that leads to one, access into such an organization, or a transfer to it.
 *
 * Complexity: O(both radii + reveals within reach), then O(log n) a fact.
 */
export function findTouching(before: BlastRadius, after: BlastRadius): IsTouching {
  const artifacts = new Set(
    compareRadii(before, after)
      .filter(({ kind }) => kind !== 'STAYED')
      .map(({ id }) => id),
  );
  const leading = new Set(artifacts);
  for (const radius of [before, after]) {
    const ids = radius.projection.artifacts.id;
    for (const { artifact, open } of radius.held.values()) {
      if (open.length === 0) continue;
      const { targets } = getRevealClosure(radius.projection, artifact, radius.input.minDegree);
      if (targets.some((target) => artifacts.has(ids.get(target)))) leading.add(ids.get(artifact));
    }
  }
  const organizations = findDifferingOrganizations(before, after);
  const sides = [after.projection, before.projection];

  return (kind, key) => {
    switch (kind) {
      case 'ORGANIZATION':
        return organizations.has(key);
      case 'ARTIFACT':
        return artifacts.has(key);
      case 'TRANSFER':
        return sides.some(({ transfers, artifacts: columns, organizations: parties }) => {
          const t = transfers.id.find(key);
          if (t < 0) return false;
          return (
            leading.has(columns.id.get(transfers.artifact[t] as number)) ||
            organizations.has(parties.id.get(transfers.recipient[t] as number))
          );
        });
      case 'ACCESS':
        return sides.some(({ access, organizations: parties }) => {
          const a = access.id.find(key);
          return a >= 0 && organizations.has(parties.id.get(access.grantor[a] as number));
        });
      case 'REVEALS':
        return splitPairKey(key).some((artifact) => leading.has(artifact));
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
