import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactValue, RecordedFact } from '../domain/assertions.ts';
import { factFields } from '../domain/fact-fields.ts';
import type { CustodyKind, FactKind } from '../domain/facts.ts';
import { custodyKinds } from '../domain/facts.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import type { Projection } from '../projection/projection.ts';
import type { ChangedKeys, FactReader } from '../store/fact-store.ts';

type Ids = Projection['organizations']['id'];

/**
 * The organizations and artifacts that a radius was found in. A change of other facts needs no evaluation. Tiers, portions and losses follow from these facts alone:
 *
 * - access that a reached organization has, and transfers that it sent, for who is reached (semantics §3);
 * - transfers that a reached organization got or sent, and artifacts that it owns, for the copies that count (§2, §4);
 * - artifacts of the radius, and what they reveal (§4).
 *
 * Each of them names a reached organization or an artifact of the radius. So a fact that named none of them, neither before its change nor after it,
 * changes no row. It may change a sentence, or the blind spots: these make no event.
 */
export interface RadiusFootprint {
  readonly organizationIds: Ids;
  readonly artifactIds: Ids;
  /** Reached organizations. Indexes, ascending. */
  readonly organizations: Int32Array;
  /** Artifacts of the radius. Indexes, ascending. */
  readonly artifacts: Int32Array;
}

/** Undefined: the question names engagements, so that a transfer counts or not by a fact that names none of these. */
export function footprintOf({ projection, input, columns }: BlastRadius): RadiusFootprint | undefined {
  if (input.scopes.some(({ engagements }) => engagements.length > 0)) return undefined;
  return {
    organizationIds: projection.organizations.id,
    artifactIds: projection.artifacts.id,
    organizations: Int32Array.from(columns.reached, ({ organization }) => organization).sort(),
    artifacts: columns.exposed.artifact,
  };
}

/** A lab without any radius: an answer about it needs it to be there. */
export function footprintOfLab({ organizations, artifacts }: Projection, lab: number): RadiusFootprint {
  return { organizationIds: organizations.id, artifactIds: artifacts.id, organizations: Int32Array.of(lab), artifacts: new Int32Array() };
}

const fieldsNaming = (to: FactKind) =>
  Object.fromEntries(
    custodyKinds.map((kind) => [
      kind,
      factFields[kind].flatMap((spec, field) => (spec.type === 'reference' && spec.to === to ? [field] : [])),
    ]),
  ) as Record<CustodyKind, number[]>;
const organizationFields = fieldsNaming('ORGANIZATION');
/** A transfer counts by its ends alone, whatever artifact it is of. */
const artifactFields = { ...fieldsNaming('ARTIFACT'), TRANSFER: [] };

/** More changed facts than this are not looked at one by one. */
const mostKeys = 2000;
/** An embedded store answers at once, and holds the event loop meanwhile. */
const keysAtOnce = 64;

/** The facts that changed from one revision up to another, and the organizations and artifacts that they name, before or after the change. */
export class ChangedFacts {
  readonly #keys: ChangedKeys;
  readonly #read: (kind: CustodyKind, keys: readonly string[]) => Promise<readonly RecordedFact[]>;
  /** Read at the first question about names: many changes have none. */
  #named: Promise<NamedIds> | undefined;
  /** The same as indexes. Footprints of the same facts share their ids. */
  readonly #indexes = new Map<Ids, Int32Array>();

  private constructor(keys: ChangedKeys, read: (kind: CustodyKind, keys: readonly string[]) => Promise<readonly RecordedFact[]>) {
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

  /** Whether a changed fact names something of a footprint. Throws STORE_UNAVAILABLE. */
  async touchesAny(footprints: readonly RadiusFootprint[]): Promise<boolean> {
    this.#named ??= this.#readNamed();
    const named = await this.#named;
    return footprints.some(
      ({ organizationIds, artifactIds, organizations, artifacts }) =>
        this.#indexesIn(organizationIds, named.organizations).some((index) => has(organizations, index)) ||
        this.#indexesIn(artifactIds, named.artifacts).some((index) => has(artifacts, index)),
    );
  }

  async #readNamed(): Promise<NamedIds> {
    const [organizations, artifacts] = [new Set<string>(), new Set<string>()];
    for (const kind of custodyKinds) {
      const keys = this.#keys.get(kind) ?? [];
      for (let start = 0; start < keys.length; start += keysAtOnce) {
        for (const { key, values } of await this.#read(kind, keys.slice(start, start + keysAtOnce))) {
          if (kind === 'ORGANIZATION') organizations.add(key);
          if (kind === 'ARTIFACT') artifacts.add(key);
          addNamed(organizations, values, organizationFields[kind]);
          addNamed(artifacts, values, artifactFields[kind]);
        }
        await nextTurn();
      }
    }
    return { organizations, artifacts };
  }

  /** Those that the column has. What it lacks is new, and a footprint has nothing new. */
  #indexesIn(ids: Ids, names: ReadonlySet<string>): Int32Array {
    let indexes = this.#indexes.get(ids);
    if (indexes === undefined) {
      indexes = Int32Array.from(Array.from(names, (id) => ids.find(id)).filter((index) => index >= 0));
      this.#indexes.set(ids, indexes);
    }
    return indexes;
  }
}

interface NamedIds {
  readonly organizations: ReadonlySet<string>;
  readonly artifacts: ReadonlySet<string>;
}

function addNamed(names: Set<string>, values: readonly FactValue[], fields: readonly number[]): void {
  for (const field of fields) {
    const name = values[field];
    if (typeof name === 'string') names.add(name);
  }
}

/** Whether an ascending column has a value. */
function has(column: Int32Array, value: number): boolean {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((column[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return column[low] === value;
}
