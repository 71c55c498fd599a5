import { ExposureError } from '../../domain/errors.ts';
import type { Attribute } from '../../domain/facts.ts';
import { ProjectionBuilder } from '../../projection/build/build-projection.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { readVisibleFacts, selectVisibleFacts } from './visible-facts.ts';

/** The facts that are visible to one lab (semantics §10). */
export interface LabFacts {
  readonly projection: Projection;
  /** The lab's index in `projection`. */
  readonly lab: number;
  /** Whether a text names a lab that the view hides. */
  readonly isNaming: (text: string) => boolean;
}

/** The naming test of each projection of a lab's view. It cleans attributes when they are read, because they are not in the projection. */
const namingTests = new WeakMap<Projection, LabFacts['isNaming']>();

/**
 * Builds the projection of a lab's view, or returns it from the cache. Every answer to a lab is computed from it alone.
 *
 * @param id of an organization with the role LAB
 * Throws NOT_FOUND, LIMIT_EXCEEDED (the server holds only a part of the facts), STORE_UNAVAILABLE.
 */
export async function readLabFacts(asker: Asker, id: string): Promise<LabFacts> {
  asker.needAllFacts();
  const all = await asker.facts();
  if (all.organizations.id.find(id) < 0)
    throw new ExposureError('NOT_FOUND', `There is no organization "${id.slice(0, 80)}"; check the id.`);
  return asker.keep(all, ['labFacts', id], async (limit) => {
    const { store } = asker.questions;
    const visible = await selectVisibleFacts(store, all, [id]);
    const builder = new ProjectionBuilder();
    for await (const { kind, facts } of readVisibleFacts(store, visible)) {
      limit.check();
      builder.add(kind, facts);
    }
    const projection = await asker.run(builder.steps(all.revision), limit);
    const { isNaming } = visible.view;
    namingTests.set(projection, isNaming);
    return { projection, lab: projection.organizations.id.find(id), isNaming };
  });
}

/** Whether a projection holds only the view of a lab. */
export function isLabView(projection: Projection): boolean {
  return namingTests.has(projection);
}

/** The attributes of a fact, without those that name a hidden lab if the projection is a lab's view. */
export function tellAttributes(projection: Projection, attributes: readonly Attribute[]): Attribute[] {
  const isNaming = namingTests.get(projection);
  return attributes.filter(({ name, value }) => isNaming === undefined || (!isNaming(name) && !isNaming(value)));
}
