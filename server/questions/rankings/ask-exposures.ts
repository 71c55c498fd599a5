import type { RadiusQuestion } from '../../exposure/radius/resolve-radius-input.ts';
import { resolveSettings } from '../../exposure/radius/resolve-radius-input.ts';
import type { ExposingOrganization, ExposureCount } from '../../exposure/rankings/artifact-exposure.ts';
import { findExposing, shareOf } from '../../exposure/rankings/artifact-exposure.ts';
import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { findBatch, fromBatch } from '../batch/find-batch.ts';
import { giveExposures } from '../batch/renewed-answers.ts';
import { resolveMergedIds } from '../resolved-ids.ts';
import { rememberWithin, stableSettings } from './list-facts.ts';

/** Windows and options. If both windows are missing, they start and end at the time of the request. */
export type SettingsQuestion = Pick<RadiusQuestion, 'core' | 'widest' | 'options'>;

/** Throws BAD_USER_INPUT (a window, an option). */
export function settingsAt(question: SettingsQuestion, instant: number): OriginSettings {
  return resolveSettings(question, undefined, instant);
}

/**
 * Every artifact (of these owners) by exposure: count descending, then id. A worker thread computes the counts.
 *
 * @param requestedLabs ids of labs; null or absent: any
 * @param patienceMs as in `Asker.keep`
 * @param mayBeBehind as in `findBatch`
 * Throws QUERY_TIMEOUT.
 */
export async function askExposures(
  asker: Asker,
  projection: Projection,
  settings: OriginSettings,
  requestedLabs: readonly string[] | null | undefined,
  patienceMs?: number,
  mayBeBehind = false,
): Promise<ExposureCount[]> {
  const batch = await findBatch(asker, projection, 'exposures', { settings }, mayBeBehind, patienceMs, true);
  const given = batch && (await giveExposures(asker, projection, batch, settings, mayBeBehind, patienceMs));
  if (given === undefined) rememberWithin(asker, 'exposures', settings, countAll);
  const counts = given?.answer ?? (await countAll(asker, projection, settings, patienceMs));
  const { owners } = await resolveMergedIds(asker, projection, { owners: requestedLabs }, ['owners']);
  const wanted = owners ? new Set(owners.map((id) => projection.organizations.id.find(id))) : undefined;
  const rows = counts
    .filter(({ artifact }) => wanted === undefined || wanted.has(projection.artifacts.owner[artifact] as number))
    .sort((a, b) => b.count - a.count || a.artifact - b.artifact);
  return given === undefined ? rows : fromBatch(rows, given.source);
}

async function countAll(asker: Asker, projection: Projection, settings: OriginSettings, patienceMs?: number): Promise<ExposureCount[]> {
  const stable = await stableSettings(asker.questions.scheduler, projection, settings, asker.limit);
  return asker.keep(
    projection,
    ['exposures', stable],
    (limit, progress) => asker.runInThread(projection, 'exposures', stable, limit, progress),
    patienceMs,
  );
}

/** The exposure of one artifact: every organization that would expose it if compromised alone. */
export interface ArtifactExposure {
  /** The organizations, by index. Computed once for each instant. */
  at(instant: number): readonly ExposingOrganization[];
  /** The share of these among all organizations other than the owner. */
  shareAt(instant: number): number;
}

/** Throws BAD_USER_INPUT (a window, an option). Throws LIMIT_EXCEEDED if the server holds only a part of the facts. */
export function askArtifactExposure(asker: Asker, projection: Projection, artifact: number, question: SettingsQuestion): ArtifactExposure {
  asker.needAllFacts();
  const known = new Map<number, readonly ExposingOrganization[]>();
  const at = (instant: number): readonly ExposingOrganization[] => {
    asker.checkTime();
    const exposing = known.get(instant) ?? findExposing(projection, settingsAt(question, instant), artifact);
    known.set(instant, exposing);
    return exposing;
  };
  at(asker.now);
  return { at, shareAt: (instant) => shareOf(at(instant).length, projection.organizations.count - 1) };
}
