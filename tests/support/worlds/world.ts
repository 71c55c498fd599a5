import type { FactValue, RecordedFact } from '../../../server/domain/assertions.ts';
import type { Fact, FactOf } from '../../../server/domain/fact-fields.ts';
import { factFields } from '../../../server/domain/fact-fields.ts';
import type { CustodyKind, FactKind, OrganizationRole } from '../../../server/domain/facts.ts';
import { pairKey } from '../../../server/domain/facts.ts';

export type Organization = FactOf<'ORGANIZATION'>;
export type Artifact = FactOf<'ARTIFACT'>;
export type Engagement = FactOf<'ENGAGEMENT'>;
export type Transfer = FactOf<'TRANSFER'>;
export type Access = FactOf<'ACCESS'>;
export type Reveals = FactOf<'REVEALS'>;
export type Control = FactOf<'CONTROL'>;

/** A fact with the instant of its first assertion (§1). */
export type Stated<F extends Fact = Fact> = F & { readonly assertedAt: number };

/** A small world of plain facts, in any order. */
export interface World {
  readonly facts: readonly Stated[];
}

/** The facts of one kind, in the order of the world. */
export function factsOf<K extends CustodyKind>(world: World, kind: K): Stated<FactOf<K>>[] {
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

/** The values in the order of `factFields`. */
function valuesOf(fact: Stated): FactValue[] {
  const properties = fact as unknown as Record<string, FactValue | undefined>;
  return factFields[fact.kind].map(({ name, isInternal }) => {
    if (isInternal === true) return null;
    const value = properties[nameOf(fact.kind, name)];
    if (value === undefined) throw new Error(`A fact of kind ${fact.kind} lacks ${name}.`);
    return value;
  });
}

type Details<F extends Fact, Given extends string> = Partial<Omit<F, 'kind' | Given> & { assertedAt: number }>;

/** Starts a world: `world().lab('a').vendor('v').artifact('x', 'a').transfer('t1', 'x', 'a', 'v').build()`. */
export function world(): WorldBuilder {
  return new WorldBuilder();
}

/** The fields of a fact that a world does not state: their defaults of §1, else unknown. */
function defaultsOf(kind: FactKind): Readonly<Record<string, unknown>> {
  const fields = factFields[kind].filter(({ isInternal, isRequired }) => isInternal !== true && !isRequired);
  const known = fields.map((spec) => [nameOf(kind, spec.name), spec.default ?? null]);
  return { kind, ...Object.fromEntries(known), assertedAt: defaultAssertedAt };
}

/** The field `kind` of Access is the property `accessKind`. */
function nameOf(kind: FactKind, field: string): string {
  return kind === 'ACCESS' && field === 'kind' ? 'accessKind' : field;
}

/** Collects facts with the defaults of §1. It checks nothing, so its input must be valid. */
export class WorldBuilder {
  readonly #facts: Stated[] = [];

  organization(id: string, details: Details<Organization, 'id'> = {}): this {
    return this.#add('ORGANIZATION', { id, name: id, ...details });
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
    return this.#add('ARTIFACT', { id, name: id, type: 'ANNOTATION_GUIDELINES', owner, sensitivity: 3, ...details });
  }

  transfer(
    id: string,
    artifact: string,
    sender: string,
    recipient: string,
    details: Details<Transfer, 'id' | 'artifact' | 'sender' | 'recipient'> = {},
  ): this {
    return this.#add('TRANSFER', { id, artifact, sender, recipient, ...details });
  }

  access(id: string, grantee: string, grantor: string, details: Details<Access, 'id' | 'grantee' | 'grantor'> = {}): this {
    return this.#add('ACCESS', { id, grantee, grantor, ...details });
  }

  engagement(id: string, client: string, provider: string, details: Details<Engagement, 'id' | 'client' | 'provider'> = {}): this {
    return this.#add('ENGAGEMENT', { id, client, provider, ...details });
  }

  reveals(artifact: string, reveals: string, degree: number, details: Details<Reveals, 'artifact' | 'reveals' | 'degree'> = {}): this {
    return this.#add('REVEALS', { artifact, reveals, degree, ...details });
  }

  control(organization: string, control: string, details: Details<Control, 'organization' | 'control'> = {}): this {
    return this.#add('CONTROL', { organization, control, evidenceType: 'SELF_ATTESTED', ...details });
  }

  build(): World {
    return { facts: [...this.#facts] };
  }

  #withRole(role: OrganizationRole, ids: readonly string[]): this {
    for (const id of ids) this.organization(id, { roles: [role] });
    return this;
  }

  #add(kind: FactKind, stated: object): this {
    this.#facts.push({ ...defaultsOf(kind), ...stated } as unknown as Stated);
    return this;
  }
}
