import type { ClosedWindow } from '../domain/instants.ts';
import { formatInstant } from '../domain/instants.ts';
import type { StatedRadiusOptions } from '../domain/radius-options.ts';
import { doubtOptions, formatSuspect, radiusOptions } from '../domain/radius-options.ts';
import type { Watch, WatchCondition, WatchPoint, WatchQuestion } from '../domain/records/watch.ts';
import { defaultFirst, defaultWithinHours, watchChanges } from '../domain/records/watch.ts';
import type { Difference } from './find-difference.ts';

/** Says in one sentence what a watch asks and when it speaks. Ids, no names: what a watch may be told changes. */
export function describeWatch({ question, condition }: Pick<Watch, 'question' | 'condition'>): string {
  return `${describeQuestion(question)} ${describeCondition(question, condition)}.`;
}

function describeQuestion({
  kind,
  incident,
  radius,
  lab,
  artifact,
  findings,
  advisory,
  source,
  withinHours,
  first,
}: WatchQuestion): string {
  switch (kind) {
    case 'RADIUS':
      return incident === null ? `The blast radius of ${originsOf(radius)}:` : `The blast radius of ${incident}:`;
    case 'LAB':
      return `What ${lab} could lose over all open incidents:`;
    case 'ARTIFACT':
      return `Who exposes or holds ${artifact}:`;
    case 'FINDINGS':
      return findings === null
        ? 'Findings of any kind:'
        : `Findings of the ${findings.length === 1 ? 'kind' : 'kinds'} ${findings.join(', ')}:`;
    case 'NOTICE':
      return `Notices of ${incident} that are due within ${withinHours === 1 ? '1 hour' : `${withinHours ?? defaultWithinHours} hours`}, or overdue:`;
    case 'ADVISORY':
      return `Who had what ${advisory ?? 'any advisory'} affects:`;
    case 'EDITION':
      return `What the latest edition of ${source} lists:`;
    case 'RANKING':
      return `The first ${first === 1 ? 'organization' : `${first ?? defaultFirst} organizations`} by weighted loss:`;
    default:
      return kind satisfies never;
  }
}

function originsOf(radius: WatchQuestion['radius']): string {
  const suspected = (radius?.suspectedOrigins ?? []) as readonly { readonly organization: string }[];
  const all = [...((radius?.origins ?? []) as readonly string[]), ...suspected.map(({ organization }) => organization)];
  return all.length <= 3 ? all.join(', ') : `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`;
}

function describeCondition({ kind }: WatchQuestion, { on, minTier, worstCaseLossUsd, affectedLabs, count }: WatchCondition): string {
  const thresholds = [
    ...(worstCaseLossUsd === null ? [] : [`a worst case of $${worstCaseLossUsd.toLocaleString('en-US')}`]),
    ...(affectedLabs === null ? [] : [`${affectedLabs} affected ${affectedLabs === 1 ? 'lab' : 'labs'}`]),
    ...(count === null ? [] : [`a count of ${count.toLocaleString('en-US')}`]),
  ];
  const least = minTier === null ? '' : `, from ${minTier.toLowerCase()} up`;
  if (thresholds.length > 0) return `tells when the answer reaches ${thresholds.join(' or ')}${least}`;
  if (kind === 'NOTICE') return 'tells each once';
  const changes = on.length === watchChanges.length ? 'every change' : `what ${on.map((change) => change.toLowerCase()).join(', ')}`;
  return `tells ${changes}${least}`;
}

/** An event in one sentence. */
export function describeDifference(watch: Pick<Watch, 'name'>, { type, counts, reached, before, after }: Difference): string {
  const changes = counts.map(({ kind, count }) => `${count.toLocaleString('en-US')} ${kind.toLowerCase()}`);
  const told = type === 'notice.due' || type === 'notice.overdue' ? [wordsOfNotices(type, counts[0]?.count ?? 0)] : changes;
  const totals =
    before === null || after === null
      ? []
      : [`${before.exposedCount + before.possibleCount} → ${after.exposedCount + after.possibleCount} exposed or possible`];
  return `${watch.name}: ${[...reached, ...told, ...totals].join(', ')}.`;
}

function wordsOfNotices(type: 'notice.due' | 'notice.overdue', count: number): string {
  const notices = `${count.toLocaleString('en-US')} ${count === 1 ? 'notice' : 'notices'}`;
  return type === 'notice.due' ? `${notices} due` : `${notices} overdue`;
}

/** The path and query of the page that shows a difference. A radius opens Compare at both ends. */
export function addressOf(question: WatchQuestion, before: WatchPoint, after: WatchPoint): string {
  const { kind, incident, radius, artifact, lab, findings, advisory } = question;
  const at = new URLSearchParams();
  switch (kind) {
    case 'RADIUS':
      writeQuestion(at, incident, (radius ?? {}) as SavedRadius);
      at.set('knownAt', formatInstant(after.instant));
      at.set('vs', '');
      at.set('vsKnownAt', formatInstant(before.instant));
      return `/blast?${at}`;
    case 'NOTICE':
      return `/incidents/${encodeURIComponent(incident ?? '')}?tab=notices`;
    case 'LAB':
    case 'ARTIFACT': {
      const node = kind === 'LAB' ? `organization:${lab}` : `artifact:${artifact}`;
      at.append('n', node);
      at.append('sel', node);
      return `/explore?${at}`;
    }
    case 'FINDINGS':
      if (findings?.length === 1) at.set('rule', findings[0] as string);
      return at.size === 0 ? '/quality' : `/quality?${at}`;
    case 'ADVISORY':
      if (advisory !== null) at.set('advisory', advisory);
      return at.size === 0 ? '/incidents/from-advisory' : `/incidents/from-advisory?${at}`;
    case 'EDITION': {
      const latest = after.imports.at(-1);
      return latest === undefined ? '/import' : `/import/${encodeURIComponent(latest)}`;
    }
    case 'RANKING':
      return '/rankings';
    default:
      return kind satisfies never;
  }
}

/** Writes the question of a radius into the parameters of an address of the page. */
export function writeQuestion(
  at: URLSearchParams,
  incident: string | null,
  { origins, suspectedOrigins, core, widest, hasCore, options }: SavedRadius,
): void {
  if (incident !== null) at.set('incident', incident);
  for (const origin of origins ?? []) at.append('o', origin);
  for (const { organization, likelihood } of suspectedOrigins ?? [])
    at.append(doubtOptions.suspectedOrigins.url, formatSuspect({ organization, likelihood: likelihood ?? 1 }));
  if (typeof hasCore === 'boolean') at.set(doubtOptions.hasCore.url, `${hasCore}`);
  if (core) at.set('core', `${formatInstant(core.from)}..${formatInstant(core.to)}`);
  if (widest) at.set('widest', `${formatInstant(widest.from)}..${formatInstant(widest.to)}`);
  for (const { name, url } of radiusOptions) {
    const value = options?.[name];
    if (typeof value === 'number') at.set(url, `${value}`);
  }
}

/** The question of a radius, with instants in epoch milliseconds. */
export interface SavedRadius {
  readonly origins?: readonly string[] | null;
  readonly suspectedOrigins?: readonly { readonly organization: string; readonly likelihood?: number | null }[] | null;
  readonly hasCore?: boolean | null;
  readonly core?: ClosedWindow | null;
  readonly widest?: ClosedWindow | null;
  readonly options?: StatedRadiusOptions | null;
}

/** The JSON of a saved BlastRadiusInput. Its instants are RFC 3339, as the API takes them. */
export function writeRadius(radius: NonNullable<WatchQuestion['radius']>): string {
  const text = (span: ClosedWindow) => ({ from: formatInstant(span.from), to: formatInstant(span.to) });
  const { core, widest } = radius as SavedRadius;
  return JSON.stringify({ ...radius, ...(core ? { core: text(core) } : {}), ...(widest ? { widest: text(widest) } : {}) });
}
