import type { Acceptance } from '../domain/acceptance.ts';
import { pairKey } from '../domain/facts.ts';
import type { PagedList } from '../domain/paged-list.ts';
import type { FactReference, Finding, NamedFinding } from '../exposure/findings/finding.ts';
import type { Projection } from '../projection/projection.ts';
import type { RowTable } from './rows.ts';
import { tableOf } from './rows.ts';

const columns = ['id', 'kind', 'message', 'facts', 'acceptance'] as const;

/** All rows of `Query.findings`. `facts` lists keys, and `acceptance` is the reason of the acceptance. */
export function findingRows(
  projection: Projection,
  findings: PagedList<Finding | NamedFinding>,
  acceptances: ReadonlyMap<string, Acceptance>,
): RowTable {
  return tableOf('findings', columns, findings, (finding) => ({
    id: finding.id,
    kind: finding.kind,
    message: finding.message,
    facts: 'keys' in finding ? finding.keys.map(({ key }) => key) : finding.facts.map((fact) => factKey(projection, fact)),
    acceptance: acceptances.get(finding.id)?.reason ?? null,
  }));
}

/** The key of a fact, as in `factId` of the API. */
export function factKey(
  { organizations, artifacts, engagements, transfers, access, reveals, controls }: Projection,
  { kind, index }: FactReference,
): string {
  switch (kind) {
    case 'ORGANIZATION':
      return organizations.id.get(index);
    case 'ARTIFACT':
      return artifacts.id.get(index);
    case 'ENGAGEMENT':
      return engagements.id.get(index);
    case 'TRANSFER':
      return transfers.id.get(index);
    case 'ACCESS':
      return access.id.get(index);
    case 'REVEALS':
      return pairKey(artifacts.id.get(reveals.artifact[index] as number), artifacts.id.get(reveals.reveals[index] as number));
    case 'CONTROL':
      return pairKey(organizations.id.get(controls.organization[index] as number), controls.control.get(index) as string);
  }
}
