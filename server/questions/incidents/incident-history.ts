import { ExposureError } from '../../domain/errors.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { Incident } from '../../domain/incident.ts';
import type { IncidentEntry, RadiusSummary } from '../../domain/records/incident-log.ts';
import type { FactChange } from '../../store/fact-write.ts';
import type { Asker } from '../asker.ts';
import type { AnsweredRadius } from '../radius/ask-radius.ts';
import { answerRadius } from '../radius/ask-radius.ts';
import { askFactChanges } from '../radius/ask-what-if.ts';

/*
 * How the radius of an incident changed, and why. A save writes an entry with the totals before and after. The facts change
 * without a save: if the totals differ from those of the latest entry, an entry names the facts that made the difference. The
 * next save stores that entry. Until then, each answer computes it.
 */

/**
 * Adds an entry to the history of `after`. If facts changed the radius since the latest entry, adds an entry about them first.
 *
 * @param earlier the radius before the facts that the entry itself explains were written; absent: it explains none
 */
export async function addEntry(
  asker: Asker,
  before: Incident | undefined,
  after: Incident,
  by: string,
  text: string,
  earlier?: AnsweredRadius,
): Promise<Incident> {
  const was = earlier ?? (before && (await findRadius(asker, before)));
  const is = await findRadius(asker, after);
  const drift = was && (await findDrift(asker, before as Incident, was));
  const entry: IncidentEntry = {
    at: asker.now,
    by,
    text,
    before: was === undefined ? null : totalsOf(was),
    after: is === undefined ? null : totalsOf(is),
    revision: is?.radius.projection.revision ?? null,
  };
  return { ...after, log: { ...after.log, entries: [...after.log.entries, ...(drift === undefined ? [] : [drift]), entry] } };
}

/** The history, the latest first. Incidents are not facts: `asKnownAt` shows them as they are now. */
export async function listEntries(asker: Asker, incident: Incident): Promise<readonly IncidentEntry[]> {
  const entries = [...incident.log.entries].reverse();
  if (asker.knownAt !== null) return entries;
  const radius = await findRadius(asker, incident);
  const drift = radius && (await findDrift(asker, incident, radius));
  return drift === undefined ? entries : [drift, ...entries];
}

/** The radius of an incident, or undefined if it has none: an origin was retracted, or the question is too large. */
async function findRadius(asker: Asker, incident: Incident): Promise<AnsweredRadius | undefined> {
  return withoutRefusal(() => answerRadius(asker, {}, incident));
}

/** The answer, or undefined if the incident's current fields do not allow one. */
export async function withoutRefusal<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ExposureError && refusals.has(error.code)) return undefined;
    throw error;
  }
}

const refusals: ReadonlySet<string> = new Set(['NOT_FOUND', 'BAD_USER_INPUT', 'LIMIT_EXCEEDED', 'QUERY_TIMEOUT']);

function totalsOf({ radius }: AnsweredRadius): RadiusSummary {
  const { reachedCount, exposedCount, possibleCount, containedCount } = radius.summary;
  const { affectedLabCount, blindSpotCount, worstCaseLossUsd, weightedLossUsd } = radius.summary;
  return {
    reachedCount,
    exposedCount,
    possibleCount,
    containedCount,
    affectedLabCount,
    blindSpotCount,
    worstCaseLossUsd,
    weightedLossUsd,
  };
}

/** The effect of changed facts since the latest entry with totals. Undefined if the totals are the same. */
async function findDrift(asker: Asker, incident: Incident, now: AnsweredRadius): Promise<IncidentEntry | undefined> {
  const last = incident.log.entries.at(-1);
  const { revision } = now.radius.projection;
  if (last === undefined || last.revision === null || last.revision === revision || last.after === null) return undefined;
  const after = totalsOf(now);
  if (JSON.stringify(last.after) === JSON.stringify(after)) return undefined;
  const { changes: latest } = await asker.questions.store.readHistory({ sinceRevision: last.revision }, 0, 1);
  const { core, widest } = now.radius.input;
  const changes = await withoutRefusal(async () => {
    const before = await answerRadius(asker, { core, widest, knownAt: last.at }, incident);
    return askFactChanges(asker, { before, after: now });
  });
  const latestChange = changes?.[0] ?? latest[0];
  const text =
    changes === undefined || changes.length === 0
      ? `The facts changed between revision ${last.revision} and revision ${revision}.`
      : describeChanges(changes);
  return { at: latestChange?.at ?? now.answeredAt, by: latestChange?.by ?? '', text, before: last.after, after, revision };
}

const mostNamed = 3;

function describeChanges(changes: readonly FactChange[]): string {
  const named = changes.slice(0, mostNamed).map(describeChange);
  const more = changes.length - named.length;
  return `The facts changed the radius. ${named.join(' ')}${more === 0 ? '' : ` ${more.toLocaleString('en-US')} more facts changed.`}`;
}

function describeChange({ change, kind, key, name, fields, by }: FactChange): string {
  const fact = `${describeKey(kind, key)}${name === null ? '' : ` (${name})`}`;
  const shown = fields.slice(0, mostNamed).map(({ field, before, after }) => `${field}: ${before ?? 'none'} → ${after ?? 'none'}`);
  const what = change === 'UPDATED' && shown.length > 0 ? `: ${shown.join(', ')}` : '';
  return `${fact} was ${change.toLowerCase()} by ${by ?? 'an import'}${what}.`;
}
