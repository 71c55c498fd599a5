import type { FactValue, RecordedFact } from '../domain/assertions.ts';
import { compareCodePoints } from '../domain/compare.ts';
import { factFields } from '../domain/fact-fields.ts';
import {
  accessKinds,
  artifactTypes,
  copyForms,
  deletionStates,
  evidenceTypes,
  type FactKind,
  factKinds,
  organizationRoles,
  organizationStatuses,
} from '../domain/facts.ts';
import { meanOfLognormal } from '../domain/lognormal.ts';
import { CodeColumn, Interner, ListColumn, sharedFloat64, sharedInt32, sharedUint8, sharedUint32, TextColumn } from './columns.ts';
import { type Csr, groupByRow } from './csr.ts';
import { deriveCopies } from './custody.ts';
import type { AccessColumns, ControlColumns, EngagementColumns, Projection, ProvenanceColumns, RevealsColumns } from './projection.ts';
import { none } from './projection.ts';

/**
 * Builds a projection from facts in any order.
 *
 * Complexity: O(F log F) for F facts, all of it sorting; what a store streams is in order already (`ProjectionBuilder`).
 */
export function buildProjection(facts: Iterable<RecordedFact>, revision: number): Projection {
  const byKind = new Map<FactKind, RecordedFact[]>(factKinds.map((kind) => [kind, []]));
  for (const fact of facts) (byKind.get(fact.kind) as RecordedFact[]).push(fact);
  const builder = new ProjectionBuilder();
  for (const kind of factKinds) {
    builder.add(
      kind,
      (byKind.get(kind) as RecordedFact[]).sort((a, b) => compareCodePoints(a.key, b.key)),
    );
  }
  return builder.build(revision);
}

/**
 * Takes facts as a store streams them (kinds in the order of `factKinds`, within a kind by key) and makes columns of them.
 * Only transfers are many: they become columns as they come, so that their objects can go.
 */
export class ProjectionBuilder {
  readonly #facts = new Map<FactKind, RecordedFact[]>(factKinds.map((kind) => [kind, []]));
  readonly #transfers = new TransferBuilder();
  #organizationIndex: Map<string, number> | undefined;
  #artifactIndex: Map<string, number> | undefined;
  #engagementIndex: Map<string, number> | undefined;

  /** Throws where a fact is not after the one before it: a store that breaks its promise. */
  add(kind: FactKind, facts: readonly RecordedFact[]): void {
    if (kind !== 'TRANSFER') {
      const list = this.#facts.get(kind) as RecordedFact[];
      for (const fact of facts) list.push(fact);
      return;
    }
    if (facts.length === 0) return;
    this.#organizationIndex ??= indexById(this.#of('ORGANIZATION'));
    this.#artifactIndex ??= indexById(this.#of('ARTIFACT'));
    this.#engagementIndex ??= indexById(this.#of('ENGAGEMENT'));
    for (const fact of facts) this.#transfers.add(fact, this.#organizationIndex, this.#artifactIndex, this.#engagementIndex);
  }

  build(revision: number): Projection {
    const organizationIndex = this.#organizationIndex ?? indexById(this.#of('ORGANIZATION'));
    const artifactIndex = this.#artifactIndex ?? indexById(this.#of('ARTIFACT'));
    const organizationCount = organizationIndex.size;
    const artifactCount = artifactIndex.size;

    const artifacts = buildArtifacts(this.#of('ARTIFACT'), organizationIndex);
    const engagements = buildEngagements(this.#of('ENGAGEMENT'), organizationIndex);
    const { transfers, fragments, fragmentNames } = this.#transfers.build();
    const access = buildAccess(this.#of('ACCESS'), organizationIndex);
    const reveals = buildReveals(this.#of('REVEALS'), artifactIndex);
    const controls = buildControls(this.#of('CONTROL'), organizationIndex);
    const transfersByArtifact = groupByRow(transfers.artifact, artifactCount);
    const { copies, copyOfTransfer } = deriveCopies(organizationCount, artifacts, transfers, fragments, transfersByArtifact);

    return {
      revision,
      organizations: {
        ...buildOrganizations(this.#of('ORGANIZATION')),
        artifacts: groupByRow(artifacts.owner, organizationCount),
        copies: groupByRow(copies.holder, organizationCount),
        sent: groupByRow(transfers.sender, organizationCount),
        received: groupByRow(transfers.recipient, organizationCount),
        accessHeld: groupByRow(access.grantee, organizationCount),
        accessGranted: groupByRow(access.grantor, organizationCount),
        engagementsAsClient: groupByRow(engagements.client, organizationCount),
        engagementsAsProvider: groupByRow(engagements.provider, organizationCount),
        controls: groupByRow(controls.organization, organizationCount),
      },
      artifacts: {
        ...artifacts,
        transfers: transfersByArtifact,
        copies: groupByRow(copies.artifact, artifactCount),
        reveals: groupByRow(reveals.artifact, artifactCount),
        revealedBy: groupByRow(reveals.reveals, artifactCount),
      },
      engagements,
      transfers: { ...transfers, fragments, copy: copyOfTransfer },
      access,
      reveals,
      controls,
      copies,
      fragmentNames,
    };
  }

  #of(kind: FactKind): RecordedFact[] {
    return this.#facts.get(kind) as RecordedFact[];
  }
}

function indexById(facts: readonly RecordedFact[]): Map<string, number> {
  const index = new Map<string, number>();
  let before: string | undefined;
  for (const { kind, key } of facts) {
    checkOrder(kind, before, key);
    index.set(key, index.size);
    before = key;
  }
  return index;
}

function checkOrder(kind: FactKind, before: string | undefined, key: string): void {
  if (before !== undefined && compareCodePoints(before, key) >= 0) throw new Error(`${kind} ${key} came after ${before}: not in order`);
}

function getIndex(index: ReadonlyMap<string, number>, id: FactValue, named: string): number {
  const at = index.get(id as string);
  if (at === undefined) throw new Error(`${named} names ${id}, which is not there`);
  return at;
}

/** Where a field stands in a fact's values. */
function place(kind: FactKind, name: string): number {
  const at = factFields[kind].findIndex((spec) => spec.name === name);
  if (at < 0) throw new Error(`${kind} has no field ${name}`);
  return at;
}

/** One column out of the facts of a kind. */
class Columns {
  readonly facts: readonly RecordedFact[];
  readonly kind: FactKind;

  constructor(kind: FactKind, facts: readonly RecordedFact[]) {
    this.kind = kind;
    this.facts = facts;
  }

  values(field: string): FactValue[] {
    const at = place(this.kind, field);
    return this.facts.map((fact) => fact.values[at] as FactValue);
  }

  text(field: string): TextColumn {
    return TextColumn.from(this.values(field) as string[]);
  }

  code(field: string): CodeColumn {
    const interner = new Interner();
    const codes = sharedInt32(this.facts.length);
    this.values(field).forEach((value, i) => {
      codes[i] = interner.code(value as string | null);
    });
    return new CodeColumn(codes, interner.texts());
  }

  /** Unknown becomes `unknown`. */
  number(field: string, unknown = Number.NaN): Float64Array {
    const column = sharedFloat64(this.facts.length);
    this.values(field).forEach((value, i) => {
      column[i] = value === null ? unknown : (value as number);
    });
    return column;
  }

  enum(field: string, names: readonly string[]): Uint8Array {
    const column = sharedUint8(this.facts.length);
    this.values(field).forEach((value, i) => {
      column[i] = names.indexOf(value as string);
    });
    return column;
  }

  reference(field: string, index: ReadonlyMap<string, number>): Int32Array {
    const column = sharedInt32(this.facts.length);
    this.values(field).forEach((value, i) => {
      column[i] = value === null ? none : getIndex(index, value, `${this.kind} ${(this.facts[i] as RecordedFact).key}`);
    });
    return column;
  }

  provenance(): ProvenanceColumns {
    const builder = new ProvenanceBuilder();
    for (const fact of this.facts) builder.add(fact);
    return builder.build();
  }
}

class ProvenanceBuilder {
  readonly #imports = new RepeatingColumn();
  readonly #files = new RepeatingColumn();
  readonly #people = new RepeatingColumn();
  readonly #sources = new RepeatingColumn();
  readonly #lines: number[] = [];
  readonly #assertedAt: number[] = [];

  add({ provenance }: RecordedFact): void {
    this.#imports.push(provenance.importId);
    this.#files.push(provenance.file);
    this.#people.push(provenance.assertedBy);
    this.#sources.push(provenance.source);
    this.#lines.push(provenance.line ?? 0);
    this.#assertedAt.push(provenance.assertedAt);
  }

  get assertedAt(): readonly number[] {
    return this.#assertedAt;
  }

  build(): ProvenanceColumns {
    return {
      importId: this.#imports.build(),
      file: this.#files.build(),
      assertedBy: this.#people.build(),
      source: this.#sources.build(),
      line: fill(sharedUint32(this.#lines.length), this.#lines),
      assertedAt: fill(sharedFloat64(this.#assertedAt.length), this.#assertedAt),
    };
  }
}

/** Neighbours mostly repeat each other, so the last text is compared before it is looked up. */
class RepeatingColumn {
  readonly #interner = new Interner();
  readonly #codes: number[] = [];
  #last: string | null = null;
  #lastCode = -1;

  push(text: string | null): void {
    if (text !== this.#last) {
      this.#last = text;
      this.#lastCode = this.#interner.code(text);
    }
    this.#codes.push(this.#lastCode);
  }

  build(): CodeColumn {
    return new CodeColumn(fill(sharedInt32(this.#codes.length), this.#codes), this.#interner.texts());
  }
}

function fill<T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(column: T, values: readonly number[]): T {
  column.set(values);
  return column;
}

function buildOrganizations(facts: readonly RecordedFact[]) {
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
    website: columns.code('website'),
    country: columns.code('country'),
    contactEmail: columns.code('contactEmail'),
  };
}

function buildArtifacts(facts: readonly RecordedFact[], organizations: ReadonlyMap<string, number>) {
  const columns = new Columns('ARTIFACT', facts);
  const valueLowUsd = columns.number('valueLowUsd');
  const valueHighUsd = columns.number('valueHighUsd');
  const worstValueUsd = sharedFloat64(facts.length);
  const meanValueUsd = sharedFloat64(facts.length);
  for (let i = 0; i < facts.length; i++) {
    const low = valueLowUsd[i] as number;
    const high = valueHighUsd[i] as number;
    // One of them alone stands for both; with neither, both are 0 (§1).
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
    modelFamily: columns.code('modelFamily'),
    version: columns.code('version'),
    fragmentCount: fill(
      sharedUint32(facts.length),
      columns.values('fragmentCount').map((value) => (value as number | null) ?? 0),
    ),
    usefulPortion: columns.number('usefulPortion', 0),
  };
}

function buildEngagements(facts: readonly RecordedFact[], organizations: ReadonlyMap<string, number>): EngagementColumns {
  indexById(facts);
  const columns = new Columns('ENGAGEMENT', facts);
  return {
    kind: 'ENGAGEMENT',
    count: facts.length,
    provenance: columns.provenance(),
    id: columns.text('id'),
    client: columns.reference('client', organizations),
    provider: columns.reference('provider', organizations),
    service: columns.code('service'),
    startsAt: columns.number('startsAt'),
    endsAt: columns.number('endsAt'),
    noticeHours: columns.number('noticeHours'),
    auditRight: fill(
      sharedUint8(facts.length),
      columns.values('auditRight').map((value) => (value === null ? 2 : value ? 1 : 0)),
    ),
  };
}

function buildAccess(facts: readonly RecordedFact[], organizations: ReadonlyMap<string, number>): AccessColumns {
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
  };
}

/** A pair's key sorts by its percent-encoded text, so facts keyed by a pair are put in order of the two keys here. */
function sortByKeys(
  facts: readonly RecordedFact[],
  index: ReadonlyMap<string, number>,
  second: (fact: RecordedFact) => string,
): RecordedFact[] {
  const first = (fact: RecordedFact) => index.get(fact.values[0] as string) ?? 0;
  return [...facts].sort((a, b) => first(a) - first(b) || compareCodePoints(second(a), second(b)));
}

function buildReveals(unsorted: readonly RecordedFact[], artifacts: ReadonlyMap<string, number>): RevealsColumns {
  const facts = sortByKeys(unsorted, artifacts, (fact) => fact.values[place('REVEALS', 'reveals')] as string);
  const columns = new Columns('REVEALS', facts);
  return {
    kind: 'REVEALS',
    count: facts.length,
    provenance: columns.provenance(),
    artifact: columns.reference('artifact', artifacts),
    reveals: columns.reference('reveals', artifacts),
    degree: columns.number('degree'),
    basis: columns.code('basis'),
  };
}

function buildControls(unsorted: readonly RecordedFact[], organizations: ReadonlyMap<string, number>): ControlColumns {
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
  sentAt: place('TRANSFER', 'sentAt'),
  portion: place('TRANSFER', 'portion'),
  fragments: place('TRANSFER', 'fragments'),
  form: place('TRANSFER', 'form'),
  deletionState: place('TRANSFER', 'deletionState'),
  deletedAt: place('TRANSFER', 'deletedAt'),
  channel: place('TRANSFER', 'channel'),
  engagement: place('TRANSFER', 'engagement'),
  confidence: place('TRANSFER', 'confidence'),
};

class TransferBuilder {
  readonly #ids: string[] = [];
  readonly #artifact: number[] = [];
  readonly #sender: number[] = [];
  readonly #recipient: number[] = [];
  readonly #sentAt: number[] = [];
  readonly #portion: number[] = [];
  readonly #form: number[] = [];
  readonly #deletionState: number[] = [];
  readonly #deletedAt: number[] = [];
  readonly #channel = new RepeatingColumn();
  readonly #engagement: number[] = [];
  readonly #confidence: number[] = [];
  readonly #fragmentOffsets: number[] = [0];
  readonly #fragments: number[] = [];
  readonly #fragmentNames = new Interner();
  readonly #provenance = new ProvenanceBuilder();

  add(
    fact: RecordedFact,
    organizations: ReadonlyMap<string, number>,
    artifacts: ReadonlyMap<string, number>,
    engagements: ReadonlyMap<string, number>,
  ): void {
    const { key, values } = fact;
    checkOrder('TRANSFER', this.#ids[this.#ids.length - 1], key);
    this.#ids.push(key);
    this.#artifact.push(getIndex(artifacts, values[at.artifact] as string, key));
    this.#sender.push(getIndex(organizations, values[at.sender] as string, key));
    this.#recipient.push(getIndex(organizations, values[at.recipient] as string, key));
    this.#sentAt.push((values[at.sentAt] as number | null) ?? Number.NaN);
    this.#portion.push(values[at.portion] as number);
    this.#form.push(copyForms.indexOf(values[at.form] as (typeof copyForms)[number]));
    this.#deletionState.push(deletionStates.indexOf(values[at.deletionState] as (typeof deletionStates)[number]));
    this.#deletedAt.push((values[at.deletedAt] as number | null) ?? Number.NaN);
    this.#channel.push(values[at.channel] as string | null);
    const engagement = values[at.engagement] as string | null;
    this.#engagement.push(engagement === null ? none : getIndex(engagements, engagement, key));
    this.#confidence.push(values[at.confidence] as number);
    const names = values[at.fragments] as readonly string[] | null;
    if (names !== null) for (const name of names) this.#fragments.push(this.#fragmentNames.code(name));
    this.#fragmentOffsets.push(this.#fragments.length);
    this.#provenance.add(fact);
  }

  build() {
    const count = this.#ids.length;
    const fragments: Csr = {
      offsets: fill(sharedUint32(count + 1), this.#fragmentOffsets),
      values: fill(sharedInt32(this.#fragments.length), this.#fragments),
    };
    const transfers = {
      kind: 'TRANSFER' as const,
      count,
      provenance: this.#provenance.build(),
      id: TextColumn.from(this.#ids),
      artifact: fill(sharedInt32(count), this.#artifact),
      sender: fill(sharedInt32(count), this.#sender),
      recipient: fill(sharedInt32(count), this.#recipient),
      sentAt: fill(sharedFloat64(count), this.#sentAt),
      portion: fill(sharedFloat64(count), this.#portion),
      form: fill(sharedUint8(count), this.#form),
      deletionState: fill(sharedUint8(count), this.#deletionState),
      deletedAt: fill(sharedFloat64(count), this.#deletedAt),
      channel: this.#channel.build(),
      engagement: fill(sharedInt32(count), this.#engagement),
      confidence: fill(sharedFloat64(count), this.#confidence),
    };
    return { transfers, fragments, fragmentNames: this.#fragmentNames.texts() };
  }
}
