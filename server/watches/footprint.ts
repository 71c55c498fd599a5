import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactValue, RecordedFact } from '../domain/assertions.ts';
import { firstIndex } from '../domain/compare.ts';
import { factFields } from '../domain/fact-fields.ts';
import type { CustodyKind, FactKind } from '../domain/facts.ts';
import { custodyKinds } from '../domain/facts.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import type { Projection } from '../projection/projection.ts';
import type { FactReader, KeysByKind } from '../store/fact-store.ts';

type Ids = Projection['organizations']['id'];
type Named = 'ORGANIZATION' | 'ARTIFACT';

/** A changed fact of these kinds counts if it names one of these, before its change or after it. */
interface Counted {
  readonly kinds: readonly CustodyKind[];
  readonly named: Named;
  readonly ids: Ids;
  /** Ascending. */
  readonly indexes: Int32Array;
}

/** The facts that an answer was found in. A change of facts that do not count needs no evaluation. */
export type Footprint = readonly Counted[];

/**
 * Which facts count, by what they name. None of these answers reads a control.
 *
 * A radius, of a RADIUS or LAB, follows from these facts alone: access that a reached organization has, and transfers that it sent, for who is reached
 * (semantics §3); transfers that it got or sent, and artifacts that it owns, for the copies that count (§2, §4); artifacts of the radius, and what they reveal
 * (§4). Others may change a sentence, or the blind spots: these make no event.
 *
 * A NOTICE also follows from custody chains, which are transfers of an artifact of the radius, whoever sent and got it; and from engagements of
 * organizations that are reached, that depend on one, or that own an artifact of the radius, for paths and terms (§5, §10).
 *
 * An ARTIFACT follows from transfers of it and of the artifacts that reveal it, because custody never leaves an artifact, and from access to an organization
 * that is in the answer or is the owner (§9).
 */
const counted = {
  reached: ['ORGANIZATION', 'ARTIFACT', 'TRANSFER', 'ACCESS'],
  inRadius: ['ARTIFACT', 'REVEALS'],
  watchedLab: ['ORGANIZATION'],
  chained: ['TRANSFER'],
  engaged: ['ORGANIZATION', 'ENGAGEMENT'],
  exposing: ['ORGANIZATION', 'ACCESS'],
  revealing: ['ARTIFACT', 'TRANSFER', 'REVEALS'],
} as const satisfies Record<string, readonly CustodyKind[]>;

function organizationsIn({ organizations }: Projection, rule: keyof typeof counted, indexes: Iterable<number>): Counted {
  return { kinds: counted[rule], named: 'ORGANIZATION', ids: organizations.id, indexes: Int32Array.from(new Set(indexes)).sort() };
}

/** @param indexes ascending */
function artifactsIn({ artifacts }: Projection, rule: keyof typeof counted, indexes: Int32Array): Counted {
  return { kinds: counted[rule], named: 'ARTIFACT', ids: artifacts.id, indexes };
}

/** Of a radius. Undefined: the question names engagements, so that a transfer counts or not by a fact that names none of these. */
export function footprintOf({ projection, input, columns }: BlastRadius): Footprint | undefined {
  if (input.scopes.some(({ engagements }) => engagements.length > 0)) return undefined;
  return [
    organizationsIn(
      projection,
      'reached',
      columns.reached.map(({ organization }) => organization),
    ),
    artifactsIn(projection, 'inRadius', columns.exposed.artifact),
  ];
}

/** Of a lab without any radius: an answer about it needs it to be there. */
export function footprintOfLab(projection: Projection, lab: number): Footprint {
  return [organizationsIn(projection, 'watchedLab', [lab])];
}

/** Of the notices of an incident. @param radius the incident's. Undefined as its own footprint is */
export function footprintOfNotices(radius: BlastRadius): Footprint | undefined {
  const { projection, columns, dependents } = radius;
  const { artifact } = columns.exposed;
  const engaged = [...columns.reached, ...dependents].map(({ organization }) => organization);
  for (const one of artifact) engaged.push(projection.artifacts.owner[one] as number);
  const ofRadius = footprintOf(radius);
  return ofRadius && [...ofRadius, artifactsIn(projection, 'chained', artifact), organizationsIn(projection, 'engaged', engaged)];
}

/** Of the answer to who exposes an artifact. @param exposing the organizations of the answer @param revealing the artifacts that reveal it */
export function footprintOfExposure(
  projection: Projection,
  artifact: number,
  exposing: readonly number[],
  revealing: readonly number[],
): Footprint {
  const owner = projection.artifacts.owner[artifact] as number;
  return [
    organizationsIn(projection, 'exposing', [...exposing, owner]),
    artifactsIn(projection, 'revealing', Int32Array.from([...revealing, artifact]).sort()),
  ];
}

const fieldsNaming = (to: Named) =>
  Object.fromEntries(
    custodyKinds.map((kind) => [
      kind,
      factFields[kind].flatMap((spec, field) => (spec.type === 'reference' && spec.to === to ? [field] : [])),
    ]),
  ) as Record<CustodyKind, number[]>;
const referencesTo: Readonly<Record<Named, Record<CustodyKind, number[]>>> = {
  ORGANIZATION: fieldsNaming('ORGANIZATION'),
  ARTIFACT: fieldsNaming('ARTIFACT'),
};

/** More changed facts than this are not looked at one by one. */
const mostKeys = 2000;
/** An embedded store answers at once, and holds the event loop meanwhile. */
const keysAtOnce = 64;

type NamedIds = Readonly<Record<Named, ReadonlySet<string>>>;

/** The facts that changed from one revision up to another, and the organizations and artifacts that they name, before or after the change. */
export class ChangedFacts {
  readonly #keys: KeysByKind;
  readonly #read: (kind: CustodyKind, keys: readonly string[]) => Promise<readonly RecordedFact[]>;
  /** By kind of fact. Read at the first question about names: many changes have none. */
  #named: Promise<ReadonlyMap<CustodyKind, NamedIds>> | undefined;
  /** The same as indexes. Footprints of the same facts share their ids. */
  readonly #indexes = new Map<Ids, Map<CustodyKind, readonly number[]>>();

  private constructor(keys: KeysByKind, read: (kind: CustodyKind, keys: readonly string[]) => Promise<readonly RecordedFact[]>) {
    this.#keys = keys;
    this.#read = read;
  }

  /** Undefined: too many facts changed, or the store cannot tell which. Throws STORE_UNAVAILABLE. */
  static async read(store: FactReader, from: number, to: number): Promise<ChangedFacts | undefined> {
    const keys = await store.readChangedKeys(from, mostKeys, to);
    if (keys === undefined) return undefined;
    return new ChangedFacts(keys, async (kind, some) => [
      ...(await store.readFactsByKey(kind, some, { revision: from })),
      ...(await store.readFactsByKey(kind, some, { revision: to })),
    ]);
  }

  /** Whether a fact of one of the kinds changed. */
  hasAny(kinds: readonly FactKind[]): boolean {
    return kinds.some((kind) => (this.#keys.get(kind) ?? []).length > 0);
  }

  /** Whether a changed fact counts for one of the footprints. Throws STORE_UNAVAILABLE. */
  async touchesAny(footprints: readonly Footprint[]): Promise<boolean> {
    this.#named ??= this.#readNamed();
    const named = await this.#named;
    const touches = ({ kinds, named: of, ids, indexes }: Counted) =>
      kinds.some((kind) => this.#indexesIn(ids, kind, named.get(kind)?.[of]).some((index) => has(indexes, index)));
    return footprints.some((footprint) => footprint.some(touches));
  }

  async #readNamed(): Promise<ReadonlyMap<CustodyKind, NamedIds>> {
    const named = new Map<CustodyKind, NamedIds>();
    for (const kind of custodyKinds) {
      const keys = this.#keys.get(kind) ?? [];
      const ids = { ORGANIZATION: new Set<string>(), ARTIFACT: new Set<string>() };
      named.set(kind, ids);
      for (let start = 0; start < keys.length; start += keysAtOnce) {
        for (const { key, values } of await this.#read(kind, keys.slice(start, start + keysAtOnce))) {
          if (kind === 'ORGANIZATION' || kind === 'ARTIFACT') ids[kind].add(key);
          for (const of of ['ORGANIZATION', 'ARTIFACT'] as const) addNamed(ids[of], values, referencesTo[of][kind]);
        }
        await nextTurn();
      }
    }
    return named;
  }

  /** Those that the column has. What it lacks is new, and a footprint has nothing new. */
  #indexesIn(ids: Ids, kind: CustodyKind, names: ReadonlySet<string> = new Set()): readonly number[] {
    const ofColumn = getOrInsert(this.#indexes, ids, () => new Map<CustodyKind, readonly number[]>());
    return getOrInsert(ofColumn, kind, () => Array.from(names, (id) => ids.find(id)).filter((index) => index >= 0));
  }
}

function addNamed(names: Set<string>, values: readonly FactValue[], fields: readonly number[]): void {
  for (const field of fields) {
    const name = values[field];
    if (typeof name === 'string') names.add(name);
  }
}

/** Whether an ascending column has a value. */
function has(column: Int32Array, value: number): boolean {
  return column[firstIndex(column.length, (i) => (column[i] as number) >= value)] === value;
}
