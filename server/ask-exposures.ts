import type { ExposureCount } from './exposure/artifact-exposure.ts';
import { countExposures } from './exposure/artifact-exposure.ts';
import type { LatestAnswers } from './exposure/latest-answers.ts';
import type { OriginSettings } from './exposure/origin-figures.ts';
import type { Projection } from './projection/projection.ts';
import { runInSlices } from './run-in-slices.ts';

/**
 * Every artifact (of these owners) by exposure: count descending, then id. The event loop stays free meanwhile.
 *
 * @param owners ids of labs; null or absent: any
 * @param checkTime what it throws ends the work
 */
export async function askExposures(
  answers: LatestAnswers,
  projection: Projection,
  settings: OriginSettings,
  owners: readonly string[] | null | undefined,
  checkTime?: () => void,
): Promise<ExposureCount[]> {
  const counts = await answers.get(projection, ['exposures', settings], () => runInSlices(countExposures(projection, settings), checkTime));
  const wanted = owners ? new Set(owners.map((id) => projection.organizations.id.find(id))) : undefined;
  return counts
    .filter(({ artifact }) => wanted === undefined || wanted.has(projection.artifacts.owner[artifact] as number))
    .sort((a, b) => b.count - a.count || a.artifact - b.artifact);
}
