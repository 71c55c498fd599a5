import type { FactValue, RecordedFact } from '../../../server/domain/assertions.ts';
import { factFields } from '../../../server/domain/fact-fields.ts';
import type {
  Access,
  Artifact,
  Control,
  Engagement,
  Fact,
  FactKind,
  FactOf,
  Organization,
  OrganizationRole,
  Reveals,
  Transfer,
} from '../../../server/domain/facts.ts';
import { pairKey } from '../../../server/domain/facts.ts';

/** A fact with the instant of its first assertion (§1). */
export type Stated<F extends Fact = Fact> = F & { readonly assertedAt: number };

/** A small world of plain facts, in any order. */
export interface World {
  readonly facts: readonly Stated[];
}

/** The facts of one kind, in the order of the world. */
export function factsOf<K extends FactKind>(world: World, kind: K): Stated<FactOf<K>>[] {
  return world.facts.filter((fact): fact is Stated<FactOf<K>> => fact.kind === kind);
}

export function keyOf(fact: Fact): string {
  if (fact.kind === 'REVEALS') return pairKey(fact.artifact, fact.reveals);
  if (fact.kind === 'CONTROL') return pairKey(fact.organization, fact.control);
  return fact.id;
}

/** Epoch milliseconds of an ISO date or date-time. */
export function at(iso: string): number {
  return Date.parse(iso);
}

/** The default assertion time of facts in a built world. */
export const defaultAssertedAt = at('2026-01-01');

/** The facts as a store returns them: one write, one source. */
export function toRecordedFacts(world: World): RecordedFact[] {
  return world.facts.map((fact) => ({
    kind: fact.kind,
    key: keyOf(fact),
    values: valuesOf(fact),
    provenance: { importId: null, file: null, line: null, assertedBy: 'test', assertedAt: fact.assertedAt, source: null },
  }));
}

/** The values in the order of `factFields`. The field `kind` of Access is the property `accessKind`. */
function valuesOf(fact: Stated): FactValue[] {
  const properties = fact as unknown as Record<string, FactValue | undefined>;
  return factFields[fact.kind].map(({ name, isInternal }) => {
    if (isInternal === true) return null;
    const value = properties[fact.kind === 'ACCESS' && name === 'kind' ? 'accessKind' : name];
    if (value === undefined) throw new Error(`A fact of kind ${fact.kind} lacks ${name}.`);
    return value;
  });
}

type Details<F extends Fact, Given extends string> = Partial<Omit<F, 'kind' | Given> & { assertedAt: number }>;

/** Starts a world: `world().lab('a').vendor('v').artifact('x', 'a').transfer('t1', 'x', 'a', 'v').build()`. */
export function world(): WorldBuilder {
  return new WorldBuilder();
}

/** Collects facts with the defaults of §1. It checks nothing, so its input must be valid. */
export class WorldBuilder {
  readonly #facts: Stated[] = [];

  organization(id: string, details: Details<Organization, 'id'> = {}): this {
    return this.#add<Organization>({
      kind: 'ORGANIZATION',
      id,
      name: id,
      roles: ['VENDOR'],
      aliases: [],
      status: 'ACTIVE',
      website: null,
      country: null,
      contactEmail: null,
      attributes: [],
      assertedAt: defaultAssertedAt,
      ...details,
    });
  }

  lab(...ids: string[]): this {
    return this.#withRole('LAB', ids);
  }

  vendor(...ids: string[]): this {
    return this.#withRole('VENDOR', ids);
  }

  subcontractor(...ids: string[]): this {
    return this.#withRole('SUBCONTRACTOR', ids);
  }

  toolProvider(...ids: string[]): this {
    return this.#withRole('TOOL_PROVIDER', ids);
  }

  artifact(id: string, owner: string, details: Details<Artifact, 'id' | 'owner'> = {}): this {
    return this.#add<Artifact>({
      kind: 'ARTIFACT',
      id,
      name: id,
      type: 'ANNOTATION_GUIDELINES',
      owner,
      sensitivity: 3,
      valueLowUsd: null,
      valueHighUsd: null,
      modelFamily: null,
      version: null,
      fragmentCount: null,
      usefulPortion: 0,
      assertedAt: defaultAssertedAt,
      ...details,
    });
  }

  transfer(
    id: string,
    artifact: string,
    sender: string,
    recipient: string,
    details: Details<Transfer, 'id' | 'artifact' | 'sender' | 'recipient'> = {},
  ): this {
    return this.#add<Transfer>({
      kind: 'TRANSFER',
      id,
      artifact,
      sender,
      recipient,
      sentAt: null,
      portion: 1,
      fragments: null,
      form: 'PLAINTEXT',
      deletionState: 'NONE',
      deletedAt: null,
      channel: null,
      engagement: null,
      confidence: 1,
      records: null,
      bytes: null,
      assertedAt: defaultAssertedAt,
      ...details,
    });
  }

  access(id: string, grantee: string, grantor: string, details: Details<Access, 'id' | 'grantee' | 'grantor'> = {}): this {
    return this.#add<Access>({
      kind: 'ACCESS',
      id,
      grantee,
      grantor,
      accessKind: 'OTHER',
      likelihood: 1,
      validFrom: null,
      validUntil: null,
      software: null,
      assertedAt: defaultAssertedAt,
      ...details,
    });
  }

  engagement(id: string, client: string, provider: string, details: Details<Engagement, 'id' | 'client' | 'provider'> = {}): this {
    return this.#add<Engagement>({
      kind: 'ENGAGEMENT',
      id,
      client,
      provider,
      service: null,
      startsAt: null,
      endsAt: null,
      noticeHours: null,
      auditRight: null,
      attributes: [],
      assertedAt: defaultAssertedAt,
      ...details,
    });
  }

  reveals(artifact: string, reveals: string, degree: number, details: Details<Reveals, 'artifact' | 'reveals' | 'degree'> = {}): this {
    return this.#add<Reveals>({ kind: 'REVEALS', artifact, reveals, degree, basis: null, assertedAt: defaultAssertedAt, ...details });
  }

  control(organization: string, control: string, details: Details<Control, 'organization' | 'control'> = {}): this {
    return this.#add<Control>({
      kind: 'CONTROL',
      organization,
      control,
      evidenceType: 'SELF_ATTESTED',
      issuedAt: null,
      expiresAt: null,
      issuer: null,
      assertedAt: defaultAssertedAt,
      ...details,
    });
  }

  build(): World {
    return { facts: [...this.#facts] };
  }

  #withRole(role: OrganizationRole, ids: readonly string[]): this {
    for (const id of ids) this.organization(id, { roles: [role] });
    return this;
  }

  #add<F extends Fact>(fact: Stated<F>): this {
    this.#facts.push(fact as unknown as Stated);
    return this;
  }
}
