import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareCodePoints } from '../../domain/compare.ts';
import { type FactKind, pairKey } from '../../domain/facts.ts';
import { ProjectionBuilder } from '../../projection/build/build-projection.ts';
import { rowOf } from '../../projection/csr.ts';
import { toLabFacts } from '../../projection/lab-view/lab-facts.ts';
import type { LabView } from '../../projection/lab-view/lab-view.ts';
import { selectLabView } from '../../projection/lab-view/lab-view.ts';
import type { Projection } from '../../projection/projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { FactBatch, FactReader, FactStore } from '../../store/fact-store.ts';
import { readMerges } from '../../store/merges/read-meanings.ts';

/** The view of some labs at one revision of the whole store. */
export interface ToldFacts {
  /** All facts. Its revision is that of the store. */
  readonly whole: Projection;
  readonly view: LabView;
  /** The ids of the labs: those that the ids to which somebody is bound mean. An id that no organization has is left out. */
  readonly labs: readonly string[];
  /** The merged ids that the view tells, with the id that each means. */
  readonly merges: ReadonlyMap<string, string>;
}

/** Facts with merges applied, and how to read the merges. */
export type FactsToTell = FactReader & Parameters<typeof readMerges>[0];

/**
 * Chooses the view of the labs that some ids mean (semantics §1, §10). Ids that mean no organization are skipped.
 * Complexity: O(organizations + the facts of the labs).
 */
export async function tellFacts(store: FactsToTell, whole: Projection, bound: readonly string[]): Promise<ToldFacts> {
  const { id } = whole.organizations;
  const all = await readMerges(store, { revision: whole.revision });
  const labs = [...new Set(bound.map((lab) => all.get(lab) ?? lab))].filter((lab) => id.find(lab) >= 0);
  const indexes = labs.map((lab) => id.find(lab));
  const view = await runInTurns(selectLabView(whole, indexes, all));
  const isTold = (root: string) => view.organizations[id.find(root)] === 1;
  const merges = new Map([...all].filter(([one, root]) => isTold(root) && (labs.includes(root) || !view.isNaming(one))));
  return { whole, view, labs, merges };
}

/** Two views with the same digest tell the same facts and merges. Complexity: O(facts of the view). */
export async function digestOf(store: FactReader, told: ToldFacts): Promise<string> {
  const hash = createHash('sha256');
  for await (const { facts } of readTold(store, told)) {
    for (const { kind, key, values, provenance } of facts) hash.update(`${JSON.stringify([kind, key, values, provenance])}\n`);
  }
  for (const merge of [...told.merges].sort(([a], [b]) => compareCodePoints(a, b))) hash.update(`${JSON.stringify(merge)}\n`);
  return hash.digest('hex');
}

/** An embedded store answers at once, and holds the event loop meanwhile. */
const keysAtOnce = 256;

/** The facts of a view, in the order of the store. Other work of the process gets its turn after each batch. */
export async function* readTold(
  store: Pick<FactStore, 'readFactsByKey'>,
  told: Pick<ToldFacts, 'whole' | 'view'>,
): AsyncGenerator<FactBatch> {
  const { whole, view } = told;
  for (const [kind, keys] of keysOf(told)) {
    for (let start = 0; start < keys.length; start += keysAtOnce) {
      const facts = await store.readFactsByKey(kind, keys.slice(start, start + keysAtOnce), { revision: whole.revision });
      yield { kind, facts: toLabFacts(whole, view, facts) };
      await nextTurn();
    }
  }
}

/** The keys of the facts that a view tells, by kind and in the order of the store; with controls whose name may name a hidden lab. */
export function keysOf({ whole, view }: Pick<ToldFacts, 'whole' | 'view'>): [FactKind, string[]][] {
  const { organizations, artifacts, engagements, transfers, access, reveals, controls } = whole;
  const idsOf = ({ id }: { readonly id: Projection['transfers']['id'] }, flags: Uint8Array) =>
    flaggedOf(flags).map((index) => id.get(index));
  const own = flaggedOf(view.artifacts);
  return [
    ['ORGANIZATION', idsOf(organizations, view.organizations)],
    ['ARTIFACT', idsOf(artifacts, view.artifacts)],
    ['ENGAGEMENT', idsOf(engagements, view.engagements)],
    ['TRANSFER', idsOf(transfers, view.transfers)],
    ['ACCESS', idsOf(access, view.access)],
    [
      'REVEALS',
      own.flatMap((artifact) =>
        Array.from(rowOf(artifacts.reveals, artifact))
          .map((index) => reveals.reveals[index] as number)
          .filter((other) => view.artifacts[other] === 1)
          .map((other) => pairKey(artifacts.id.get(artifact), artifacts.id.get(other))),
      ),
    ],
    [
      'CONTROL',
      flaggedOf(view.organizations).flatMap((organization) =>
        Array.from(rowOf(organizations.controls, organization), (index) =>
          pairKey(organizations.id.get(organization), controls.control.get(index) as string),
        ),
      ),
    ],
  ];
}

/** The indexes whose flag is 1, ascending. */
export function flaggedOf(flags: Uint8Array): number[] {
  const found: number[] = [];
  for (let index = flags.indexOf(1); index >= 0; index = flags.indexOf(1, index + 1)) found.push(index);
  return found;
}

/** All facts as of a revision. */
export async function readWhole(store: Pick<FactStore, 'readFacts'>, revision: number): Promise<Projection> {
  const builder = new ProjectionBuilder();
  for await (const { kind, facts } of store.readFacts({ revision })) builder.add(kind, facts);
  return runInTurns(builder.steps(revision));
}
