import type { RadiusInput } from '../../../server/exposure/radius/radius-types.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import type { WorldBuilder } from './world.ts';
import { toRecordedFacts } from './world.ts';

/* Large worlds of one shape, and questions about them. */

const window = { from: 0, to: 1_000_000 };

/** Ids in the order of the numbers. */
export function padded(prefix: string, i: number): string {
  return `${prefix}${String(i).padStart(7, '0')}`;
}

export function project(built: WorldBuilder): Projection {
  return buildProjection(toRecordedFacts(built.build()), 1);
}

/** @param origins ids */
export function inputOf(projection: Projection, origins: readonly string[], options: Partial<RadiusInput> = {}): RadiusInput {
  const indexes = origins.map((id) => projection.organizations.id.find(id)).sort((a, b) => a - b);
  return { origins: indexes, core: window, widest: window, scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05, ...options };
}
