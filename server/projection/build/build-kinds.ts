import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { NumberField, OptionalText } from '../../domain/fact-fields.ts';
import { numberFields, optionalTexts } from '../../domain/fact-fields.ts';
import {
  accessKinds,
  artifactTypes,
  copyForms,
  deletionStates,
  evidenceTypes,
  organizationRoles,
  organizationStatuses,
} from '../../domain/facts.ts';
import { meanOfLognormal } from '../../domain/lognormal.ts';
import { NumberBuilder, sharedFloat64, sharedInt32, sharedUint8, sharedUint32 } from '../columns/shared-memory.ts';
import type { CodeColumn } from '../columns/text-column.ts';
import { Interner, ListColumn, TextBuilder } from '../columns/text-column.ts';
import type { TransferTable } from '../part.ts';
import type { AccessColumns, ControlColumns, EngagementColumns, RevealsColumns } from '../projection.ts';
import { none } from '../projection.ts';
import type { IdIndex } from './fill-columns.ts';
import { Columns, checkOrder, fill, indexById, ProvenanceBuilder, place, References, RepeatingColumn } from './fill-columns.ts';

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

const at = {
  artifact: place('TRANSFER', 'artifact'),
  sender: place('TRANSFER', 'sender'),
  recipient: place('TRANSFER', 'recipient'),
  fragments: place('TRANSFER', 'fragments'),
  form: place('TRANSFER', 'form'),
  deletionState: place('TRANSFER', 'deletionState'),
  engagement: place('TRANSFER', 'engagement'),
};

/** Turns transfers into columns one by one, so that their objects can be collected. The indexes that it is given are lasting numbers. */
export class TransferBuilder {
  readonly #organizations = new References();
  readonly #artifacts = new References();
  readonly #engagements = new References();
  readonly #ids = new TextBuilder();
  #lastId: string | undefined;
  readonly #artifact = new NumberBuilder(sharedInt32);
  readonly #sender = new NumberBuilder(sharedInt32);
  readonly #recipient = new NumberBuilder(sharedInt32);
  readonly #form = new NumberBuilder(sharedUint8);
  readonly #deletionState = new NumberBuilder(sharedUint8);
  readonly #numbers = numberFields('TRANSFER').map((name) => {
    return { name, at: place('TRANSFER', name), column: new NumberBuilder(sharedFloat64) };
  });
  readonly #texts = optionalTexts('TRANSFER').map((name) => ({ name, at: place('TRANSFER', name), column: new RepeatingColumn() }));
  readonly #engagement = new NumberBuilder(sharedInt32);
  readonly #fragmentOffsets = new NumberBuilder(sharedUint32);
  readonly #fragments = new NumberBuilder(sharedInt32);
  readonly #fragmentNames = new Interner();
  readonly #provenance = new ProvenanceBuilder();

  constructor() {
    this.#fragmentOffsets.push(0);
  }

  add(fact: RecordedFact, organizations: IdIndex, artifacts: IdIndex, engagements: IdIndex): void {
    const { key, values } = fact;
    checkOrder('TRANSFER', this.#lastId, key);
    this.#lastId = key;
    this.#ids.push(key);
    this.#artifact.push(this.#artifacts.get(artifacts, values[at.artifact] as string, key));
    this.#sender.push(this.#organizations.get(organizations, values[at.sender] as string, key));
    this.#recipient.push(this.#organizations.get(organizations, values[at.recipient] as string, key));
    this.#form.push(copyForms.indexOf(values[at.form] as (typeof copyForms)[number]));
    this.#deletionState.push(deletionStates.indexOf(values[at.deletionState] as (typeof deletionStates)[number]));
    for (const { at: field, column } of this.#numbers) column.push((values[field] as number | null) ?? Number.NaN);
    for (const { at: field, column } of this.#texts) column.push(values[field] as string | null);
    const engagement = values[at.engagement] as string | null;
    this.#engagement.push(engagement === null ? none : this.#engagements.get(engagements, engagement, key));
    const names = values[at.fragments] as readonly string[] | null;
    if (names !== null) for (const name of names) this.#fragments.push(this.#fragmentNames.code(name));
    this.#fragmentOffsets.push(this.#fragments.length);
    this.#provenance.add(fact);
  }

  build(): TransferTable {
    return {
      provenance: this.#provenance.build(),
      id: this.#ids.build(false),
      artifact: this.#artifact.build(),
      sender: this.#sender.build(),
      recipient: this.#recipient.build(),
      form: this.#form.build(),
      deletionState: this.#deletionState.build(),
      engagement: this.#engagement.build(),
      fragments: { offsets: this.#fragmentOffsets.build(), values: this.#fragments.build() },
      fragmentNames: this.#fragmentNames.texts(),
      ...(Object.fromEntries(this.#numbers.map(({ name, column }) => [name, column.build()])) as Record<
        NumberField<'TRANSFER'>,
        Float64Array
      >),
      ...(Object.fromEntries(this.#texts.map(({ name, column }) => [name, column.build()])) as Record<
        OptionalText<'TRANSFER'>,
        CodeColumn
      >),
    };
  }
}
