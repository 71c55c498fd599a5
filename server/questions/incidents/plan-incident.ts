import { maxNameLength } from '../../domain/fact-fields.ts';
import { hasLoneSurrogate } from '../../domain/fact-rules.ts';
import type { Incident, IncidentAction, IncidentCause, IncidentState, KeptProposal } from '../../domain/incident.ts';
import { defaultIncidentCause, defaultIncidentState, maxOrigins } from '../../domain/incident.ts';
import type { ClosedWindow } from '../../domain/instants.ts';
import type { StatedRadiusOptions, StatedSuspect } from '../../domain/radius-options.ts';
import { findLikelihoodFault, findRadiusOptionFaults, joinSuspected, mapRadiusOptions } from '../../domain/radius-options.ts';
import { emptyLog } from '../../domain/records/incident-log.ts';
import { describeHidden } from '../../domain/text/hidden-characters.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Meanings } from '../../rules/merges.ts';
import type { Asker } from '../asker.ts';
import type { Fault } from '../records/faults.ts';
import type { PlannedRecord } from '../records/saved-records.ts';
import { readMissing } from '../resolved-ids.ts';

type Maybe<T> = T | null | undefined;

/** The fields that a save states. Undefined: the field keeps its value. Null clears it. */
export interface IncidentChange {
  readonly name?: Maybe<string>;
  readonly state?: Maybe<IncidentState>;
  readonly cause?: Maybe<IncidentCause>;
  readonly discoveredAt?: Maybe<number>;
  readonly origins?: Maybe<readonly string[]>;
  readonly suspectedOrigins?: Maybe<readonly StatedSuspect[]>;
  readonly hasCore?: Maybe<boolean>;
  readonly core?: Maybe<ClosedWindow>;
  readonly widest?: Maybe<ClosedWindow>;
  readonly scope?: Maybe<
    readonly {
      readonly origin: string;
      readonly artifacts?: Maybe<readonly string[]>;
      readonly engagements?: Maybe<readonly string[]>;
      readonly channels?: Maybe<readonly string[]>;
    }[]
  >;
  readonly options?: Maybe<StatedRadiusOptions>;
  /** The proposal that it came from, with its advisory. */
  readonly proposal?: Maybe<KeptProposal>;
  /** The caller checks what its actions name. */
  readonly scenario?: Maybe<readonly IncidentAction[]>;
}

/** The facts that a change may name, with the meaning of the merged ids in it. The incident keeps the ids as stated. */
export interface KnownOrganizations {
  readonly projection: Projection;
  readonly meanings: Meanings;
}

/** @param projection facts that include the engagements in the change */
export async function knownTo(
  asker: Asker,
  projection: Projection,
  { origins, suspectedOrigins, scope, scenario }: IncidentChange,
): Promise<KnownOrganizations> {
  const ids = [
    // Too many are refused unread.
    ...((origins?.length ?? 0) > maxOrigins ? [] : (origins ?? [])),
    ...((suspectedOrigins?.length ?? 0) > maxOrigins ? [] : (suspectedOrigins ?? [])).map(({ organization }) => organization),
    ...(scope ?? []).map(({ origin }) => origin),
    ...(scenario ?? []).flatMap(({ organization, owner }) => [organization ?? [], owner ?? []].flat()),
  ];
  return { projection, meanings: await readMissing(asker.questions.store, projection, ids) };
}

/** Whether an id is that of an organization, or means one. */
export function isOrganization({ projection, meanings }: KnownOrganizations, id: string): boolean {
  return projection.organizations.id.find(meanings.get(id) ?? id) >= 0;
}

/** The incident that a change makes of an earlier one, and the faults of the change. */
export function planIncident(
  { projection, meanings }: KnownOrganizations,
  id: string,
  before: Incident | undefined,
  change: IncidentChange,
  now: number,
): PlannedRecord<Incident, Fault> {
  const record = mergeChange(id, before, change, now);
  return { record, faults: findFaults({ projection, meanings }, record, before, change) };
}

/**
 * The incident with the input's fields. A missing field keeps its value, and null clears it. A core that is given makes `hasCore` true unless
 * the input says otherwise; `hasCore` false clears a core that the input does not give (semantics §13.4).
 */
function mergeChange(id: string, before: Incident | undefined, input: IncidentChange, now: number): Incident {
  const merge = <T>(value: T | null | undefined, old: T | undefined, cleared: T): T =>
    value === undefined ? (old ?? cleared) : (value ?? cleared);
  const hasCore = input.hasCore ?? (input.core || input.hasCore === null ? true : (before?.hasCore ?? true));
  return {
    id,
    name: merge(input.name, before?.name, ''),
    state: merge(input.state, before?.state, defaultIncidentState),
    discoveredAt: merge(input.discoveredAt, before?.discoveredAt, null),
    origins: [...new Set(merge(input.origins, before?.origins as string[] | undefined, []))],
    suspectedOrigins:
      input.suspectedOrigins === undefined ? (before?.suspectedOrigins ?? []) : joinSuspected(input.suspectedOrigins ?? [], []),
    hasCore,
    core: hasCore ? merge(input.core, before?.core, null) : (input.core ?? null),
    widest: merge(input.widest, before?.widest, null),
    scope:
      input.scope === undefined
        ? (before?.scope ?? [])
        : (input.scope ?? []).map(({ origin, artifacts, engagements, channels }) => ({
            origin,
            artifacts: artifacts ?? [],
            engagements: engagements ?? [],
            channels: channels ?? [],
          })),
    ...mapRadiusOptions(({ name, default: fallback }) =>
      merge(input.options === null ? null : input.options?.[name], before?.[name], fallback),
    ),
    cause: merge(input.cause, before?.cause, defaultIncidentCause),
    advisory: input.proposal === undefined ? (before?.advisory ?? null) : (input.proposal?.advisory.id ?? null),
    proposal: merge(input.proposal, before?.proposal, null),
    scenario: input.scenario === undefined ? (before?.scenario ?? []) : (input.scenario ?? []),
    log: before?.log ?? emptyLog,
    logSaves: before?.logSaves ?? 0,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

/** Faults in the input. Checks only the ids in the input, so an incident with retracted organizations can still be closed. */
function findFaults(known: KnownOrganizations, incident: Incident, before: Incident | undefined, input: IncidentChange): Fault[] {
  const errors: Fault[] = [];
  const fault = (code: string, path: string[], message: string) => errors.push({ code, path, message });
  if (incident.name.trim() === '') fault('MISSING_VALUE', ['name'], 'The incident has no name; give it one.');
  const hidden = incident.name === before?.name || incident.name.includes('\0') ? undefined : describeHidden('name', incident.name);
  if (hidden !== undefined) fault('HIDDEN_CHARACTER', ['name'], hidden);
  if (incident.name.length > maxNameLength)
    fault('BAD_VALUE', ['name'], `The name has ${incident.name.length} characters; expected at most ${maxNameLength}.`);
  if (hasLoneSurrogate(incident.name) || incident.name.includes('\0'))
    fault('BAD_VALUE', ['name'], 'The name contains a lone surrogate or a NUL character; expected valid Unicode without NUL.');
  const suspectedCount = input.suspectedOrigins?.length ?? incident.suspectedOrigins.length;
  const originCount = (input.origins?.length ?? incident.origins.length) + suspectedCount;
  if (originCount < 1 || originCount > maxOrigins) {
    const what = suspectedCount === 0 ? 'origins' : 'origins and suspected origins';
    fault('BAD_VALUE', ['origins'], `The incident has ${originCount.toLocaleString('en-US')} ${what}; expected 1 to 1,000 organizations.`);
  } else {
    (input.origins ?? []).forEach((id, i) => {
      if (!isOrganization(known, id))
        fault(
          'UNKNOWN_REFERENCE',
          ['origins', `${i}`],
          `There is no organization "${id.slice(0, 80)}".${suggestOrganization(known.projection, id)}`,
        );
    });
    findSuspectFaults(known, input, fault);
  }
  const { core, widest } = incident;
  for (const [name, window] of [['core', core] as const, ['widest', widest] as const]) {
    if (window && window.from > window.to)
      fault('ENDS_BEFORE_START', [name, 'to'], `The ${name} window ends before it starts; swap or correct its dates.`);
  }
  if (errors.length === 0 && core && widest && (core.from < widest.from || core.to > widest.to)) {
    fault(
      'BAD_VALUE',
      [input.core ? 'core' : 'widest'],
      'The core window is not inside the widest window; narrow the core or widen the widest.',
    );
  }
  if (errors.length === 0 && !incident.hasCore && core && widest && (core.from !== widest.from || core.to !== widest.to)) {
    fault('BAD_VALUE', ['core'], 'The incident has no core, so a core window must equal the widest; leave the core window or hasCore out.');
  }
  findScopeFaults(known, input, fault);
  for (const { name, message } of findRadiusOptionFaults(incident)) fault('BAD_VALUE', ['options', name], message);
  return errors;
}

/** ` Did you mean "quillmark" (Quillmark)?` for a name or an alias; empty if no organization has it. */
function suggestOrganization({ organizations }: Projection, name: string): string {
  const wanted = name.trim().toLowerCase();
  const isNamed = (text: string) => text.toLowerCase() === wanted;
  for (let i = 0; i < organizations.count; i++) {
    const [id, named] = [organizations.id.get(i), organizations.name.get(i)];
    if (isNamed(id) || isNamed(named) || organizations.aliases.get(i).some(isNamed)) return ` Did you mean "${id}" (${named})?`;
  }
  return '';
}

function findSuspectFaults(
  known: KnownOrganizations,
  input: IncidentChange,
  fault: (code: string, path: string[], message: string) => void,
): void {
  (input.suspectedOrigins ?? []).forEach((suspect, i) => {
    const { organization: id } = suspect;
    if (!isOrganization(known, id)) {
      const message = `There is no organization "${id.slice(0, 80)}".${suggestOrganization(known.projection, id)}`;
      fault('UNKNOWN_REFERENCE', ['suspectedOrigins', `${i}`, 'organization'], message);
    }
    const message = findLikelihoodFault(suspect);
    if (message !== undefined) fault('BAD_VALUE', ['suspectedOrigins', `${i}`, 'likelihood'], message);
  });
}

function findScopeFaults(
  known: KnownOrganizations,
  input: IncidentChange,
  fault: (code: string, path: string[], message: string) => void,
): void {
  (input.scope ?? []).forEach((scope, i) => {
    const { artifacts, engagements } = known.projection;
    const look = (isThere: boolean, noun: string, id: string, path: string[]) => {
      if (!isThere) fault('UNKNOWN_REFERENCE', ['scope', `${i}`, ...path], `There is no ${noun} "${id.slice(0, 80)}".`);
    };
    look(isOrganization(known, scope.origin), 'organization', scope.origin, ['origin']);
    for (const [j, id] of (scope.artifacts ?? []).entries()) look(artifacts.id.find(id) >= 0, 'artifact', id, ['artifacts', `${j}`]);
    for (const [j, id] of (scope.engagements ?? []).entries())
      look(engagements.id.find(id) >= 0, 'engagement', id, ['engagements', `${j}`]);
    // No transfer has this channel, and an export could not write it.
    const broken = (scope.channels ?? []).findIndex(hasLoneSurrogate);
    if (broken >= 0)
      fault('BAD_VALUE', ['scope', `${i}`, 'channels', `${broken}`], 'The channel contains a lone surrogate; expected valid Unicode.');
  });
}
