import type { Projection } from '../../../projection/projection.ts';

type KindWithId = 'organizations' | 'artifacts' | 'transfers' | 'access' | 'engagements';

/** The fact with this id, or null. */
export function oneById<M>(
  projection: Projection,
  kind: KindWithId,
  id: string,
  toModel: (projection: Projection, index: number) => M,
): M | null {
  const index = projection[kind].id.find(id);
  return index < 0 ? null : toModel(projection, index);
}
