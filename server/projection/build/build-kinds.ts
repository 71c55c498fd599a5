import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { accessKinds, artifactTypes, evidenceTypes, organizationRoles, organizationStatuses } from '../../domain/facts.ts';
import { meanOfLognormal } from '../../domain/lognormal.ts';
import { ListColumn } from '../columns/list-column.ts';
import { sharedFloat64, sharedUint8, sharedUint32 } from '../columns/shared-memory.ts';
import type { AccessColumns, ControlColumns, EngagementColumns, RevealsColumns } from '../projection.ts';
import { Columns, fill, type IdIndex, indexById, place } from './fill-columns.ts';

export function buildOrganizations(facts: readonly RecordedFact[]) {
  const columns = new Columns('ORGANIZATION', facts);
  const roles = sharedUint8(facts.length);
  columns.values('roles').forEach((list, i) => {
    for (const role of list as readonly string[])
      roles[i] = (roles[i] as number) | (1 << (organizationRoles as readonly string[]).indexOf(role));
  });
  return {
    kind: 'ORGANIZATION' as const,
    count: facts.length,
    provenance: columns.provenance(),
    id: columns.text('id'),
    name: columns.text('name'),
    roles,
    aliases: ListColumn.from(columns.values('aliases') as unknown as readonly (readonly string[])[]),
    status: columns.enum('status', organizationStatuses),
    ...columns.optionalTexts('ORGANIZATION'),
  };
}

export function buildArtifacts(facts: readonly RecordedFact[], organizations: IdIndex) {
  const columns = new Columns('ARTIFACT', facts);
  const valueLowUsd = columns.number('valueLowUsd');
  const valueHighUsd = columns.number('valueHighUsd');
  const worstValueUsd = sharedFloat64(facts.length);
  const meanValueUsd = sharedFloat64(facts.length);
  for (let i = 0; i < facts.length; i++) {
    const low = valueLowUsd[i] as number;
    const high = valueHighUsd[i] as number;
    // A single value counts as both. Without any, both are 0 (§1).
    const worst = Number.isNaN(high) ? (Number.isNaN(low) ? 0 : low) : high;
    worstValueUsd[i] = worst;
    meanValueUsd[i] = meanOfLognormal(Number.isNaN(low) ? worst : low, worst);
  }
  return {
    kind: 'ARTIFACT' as const,
    count: facts.length,
    provenance: columns.provenance(),
    id: columns.text('id'),
    name: columns.text('name'),
    type: columns.enum('type', artifactTypes),
    owner: columns.reference('owner', organizations),
    sensitivity: fill(sharedUint8(facts.length), columns.values('sensitivity') as number[]),
    valueLowUsd,
    valueHighUsd,
    worstValueUsd,
    meanValueUsd,
    ...columns.optionalTexts('ARTIFACT'),
    fragmentCount: fill(
      sharedUint32(facts.length),
      columns.values('fragmentCount').map((value) => (value as number | null) ?? 0),
    ),
    usefulPortion: columns.number('usefulPortion', 0),
  };
}

export function buildEngagements(facts: readonly RecordedFact[], organizations: IdIndex): EngagementColumns {
  indexById(facts);
  const columns = new Columns('ENGAGEMENT', facts);
  return {
    kind: 'ENGAGEMENT',
    count: facts.length,
    provenance: columns.provenance(),
    id: columns.text('id'),
    client: columns.reference('client', organizations),
    provider: columns.reference('provider', organizations),
    ...columns.optionalTexts('ENGAGEMENT'),
    startsAt: columns.number('startsAt'),
    endsAt: columns.number('endsAt'),
    noticeHours: columns.number('noticeHours'),
    auditRight: fill(
      sharedUint8(facts.length),
      columns.values('auditRight').map((value) => (value === null ? 2 : value ? 1 : 0)),
    ),
  };
}

export function buildAccess(facts: readonly RecordedFact[], organizations: IdIndex): AccessColumns {
  indexById(facts);
  const columns = new Columns('ACCESS', facts);
  return {
    kind: 'ACCESS',
    count: facts.length,
    provenance: columns.provenance(),
    id: columns.text('id'),
    grantee: columns.reference('grantee', organizations),
    grantor: columns.reference('grantor', organizations),
    accessKind: columns.enum('kind', accessKinds),
    likelihood: columns.number('likelihood'),
    validFrom: columns.number('validFrom'),
    validUntil: columns.number('validUntil'),
    ...columns.optionalTexts('ACCESS'),
  };
}

/** Sorts facts with two ids by these ids. The stored key would sort by their percent-encoded text. */
function sortByKeys(facts: readonly RecordedFact[], index: IdIndex, second: (fact: RecordedFact) => string): RecordedFact[] {
  const first = (fact: RecordedFact) => index.get(fact.values[0] as string) ?? 0;
  return [...facts].sort((a, b) => first(a) - first(b) || compareCodePoints(second(a), second(b)));
}

export function buildReveals(unsorted: readonly RecordedFact[], artifacts: IdIndex): RevealsColumns {
  const facts = sortByKeys(unsorted, artifacts, (fact) => fact.values[place('REVEALS', 'reveals')] as string);
  const columns = new Columns('REVEALS', facts);
  return {
    kind: 'REVEALS',
    count: facts.length,
    provenance: columns.provenance(),
    artifact: columns.reference('artifact', artifacts),
    reveals: columns.reference('reveals', artifacts),
    degree: columns.number('degree'),
    ...columns.optionalTexts('REVEALS'),
  };
}

export function buildControls(unsorted: readonly RecordedFact[], organizations: IdIndex): ControlColumns {
  const facts = sortByKeys(unsorted, organizations, (fact) => fact.values[place('CONTROL', 'control')] as string);
  const columns = new Columns('CONTROL', facts);
  return {
    kind: 'CONTROL',
    count: facts.length,
    provenance: columns.provenance(),
    organization: columns.reference('organization', organizations),
    control: columns.code('control'),
    evidenceType: columns.enum('evidenceType', evidenceTypes),
    issuedAt: columns.number('issuedAt'),
    expiresAt: columns.number('expiresAt'),
    issuer: columns.reference('issuer', organizations),
  };
}
