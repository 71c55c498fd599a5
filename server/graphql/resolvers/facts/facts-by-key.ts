import type { FactKind } from '../../../domain/facts.ts';
import { splitPairKey } from '../../../domain/facts.ts';
import { rowOf } from '../../../projection/csr.ts';
import type { Projection } from '../../../projection/projection.ts';
import type { Context } from '../../context.ts';
import { factAt } from './fact-at.ts';

/** Facts by kind and key, in the given order. Leaves out facts that no longer exist. */
export async function factsByKey(context: Context, facts: readonly { readonly kind: FactKind; readonly key: string }[]) {
  const found = [];
  for (const { kind, key } of facts) {
    const projection = await factsWith(context, kind, key);
    const index = findIndex(projection, kind, key);
    if (index >= 0) found.push(factAt(projection, kind, index));
  }
  return found;
}

function factsWith(context: Context, kind: FactKind, key: string): Promise<Projection> {
  if (kind === 'ORGANIZATION' || kind === 'ARTIFACT') return context.facts();
  if (kind === 'REVEALS') return context.factsAbout({ artifact: splitPairKey(key)[0] });
  if (kind === 'CONTROL') return context.factsAbout({ organization: splitPairKey(key)[0] });
  return context.factsWith(kind, [key]);
}

function findIndex(projection: Projection, kind: FactKind, key: string): number {
  const { organizations, artifacts, engagements, transfers, access, reveals, controls } = projection;
  switch (kind) {
    case 'ORGANIZATION':
      return organizations.id.find(key);
    case 'ARTIFACT':
      return artifacts.id.find(key);
    case 'ENGAGEMENT':
      return engagements.id.find(key);
    case 'TRANSFER':
      return transfers.id.find(key);
    case 'ACCESS':
      return access.id.find(key);
    case 'REVEALS': {
      const [artifact, revealed] = splitPairKey(key);
      const from = artifacts.id.find(artifact);
      if (from < 0) return -1;
      return [...rowOf(artifacts.reveals, from)].find((row) => artifacts.id.get(reveals.reveals[row] as number) === revealed) ?? -1;
    }
    case 'CONTROL': {
      const [organization, control] = splitPairKey(key);
      const of = organizations.id.find(organization);
      if (of < 0) return -1;
      return [...rowOf(organizations.controls, of)].find((row) => controls.control.get(row) === control) ?? -1;
    }
    default:
      return kind satisfies never;
  }
}
