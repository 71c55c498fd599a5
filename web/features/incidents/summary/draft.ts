import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { DATE_TIME_ADVICE, formatTypedDate, parseTypedDate } from '../../../shared/format/typed-date.ts';
import type { IncidentCause, IncidentState, IncidentWholeFragment, SaveIncidentInput } from '../../../shared/generated/operations.ts';
import type { TimeWindow } from '../../../shared/url/params.ts';
import { type Fields, fieldsOf } from '../../../shared/windows/window-fields.ts';
import { CAUSE_WORDS } from '../incident-words.ts';
import type { Named } from './name-chips.tsx';

/** The claimed scope of one origin, as the form has it. */
export interface ScopeDraft {
  readonly origin: string;
  readonly artifacts: readonly Named[];
  readonly engagements: readonly string[];
  readonly channels: readonly string[];
}

/** The form of an incident: texts as typed. */
export interface Draft {
  readonly name: string;
  readonly state: IncidentState;
  readonly origins: readonly Named[];
  readonly discovered: string;
  readonly cause: IncidentCause;
  readonly core: Fields;
  readonly widest: Fields;
  readonly scope: readonly ScopeDraft[];
}

const NO_WINDOW: Fields = { from: '', to: '' };

export function draftOf(incident: IncidentWholeFragment): Draft {
  return {
    name: incident.name,
    state: incident.state,
    origins: incident.origins.map(({ id, name }) => ({ id, name })),
    cause: incident.cause,
    discovered: incident.discoveredAt === null ? '' : formatTypedDate(incident.discoveredAt, 'start'),
    core: incident.core === null ? NO_WINDOW : fieldsOf(incident.core),
    widest: incident.widest === null ? NO_WINDOW : fieldsOf(incident.widest),
    scope: incident.scope.map(({ origin, artifacts, engagements, channels }) => ({
      origin: origin.id,
      artifacts: artifacts.map(({ id, name }) => ({ id, name })),
      engagements: engagements.map(({ id }) => id),
      channels: [...channels],
    })),
  };
}

/**
 * The fields of the draft that differ from the incident as it was opened, as the server takes them; or a sentence that says what to correct.
 * An unchanged field is not sent, so it keeps what others saved.
 */
export function changesOf(draft: Draft, opened: IncidentWholeFragment): Partial<SaveIncidentInput> | string {
  const before = draftOf(opened);
  const isSame = (field: keyof Draft) => JSON.stringify(draft[field]) === JSON.stringify(before[field]);
  const core = windowOf('Core', draft.core);
  if (typeof core === 'string') return core;
  const widest = windowOf('Widest', draft.widest);
  if (typeof widest === 'string') return widest;
  const discoveredAt = draft.discovered.trim() === '' ? null : parseTypedDate(draft.discovered, 'start');
  if (draft.discovered.trim() !== '' && discoveredAt === null) return `Discovered: ${DATE_TIME_ADVICE}`;
  return {
    ...(isSame('name') ? {} : { name: draft.name.trim() }),
    ...(isSame('state') ? {} : { state: draft.state }),
    ...(isSame('origins') ? {} : { origins: draft.origins.map(({ id }) => id) }),
    ...(isSame('discovered') ? {} : { discoveredAt }),
    ...(isSame('cause') ? {} : { cause: draft.cause }),
    ...(isSame('core') ? {} : { core }),
    ...(isSame('widest') ? {} : { widest }),
    ...(isSame('scope')
      ? {}
      : {
          scope: draft.scope.map(({ origin, artifacts, engagements, channels }) => ({
            origin,
            artifacts: artifacts.map(({ id }) => id),
            engagements: [...engagements],
            channels: [...channels],
          })),
        }),
  };
}

/** Null: both fields are empty. */
function windowOf(label: string, { from, to }: Fields): TimeWindow | null | string {
  if (from.trim() === '' && to.trim() === '') return null;
  const start = parseTypedDate(from, 'start');
  if (start === null) return `${label} start: ${DATE_TIME_ADVICE}`;
  const end = parseTypedDate(to, 'end');
  if (end === null) return `${label} end: ${DATE_TIME_ADVICE}`;
  return { from: start, to: end };
}

const FIELD_WORDS: Readonly<Record<keyof Draft, string>> = {
  name: 'Name',
  state: 'State',
  origins: 'Origins',
  discovered: 'Discovered',
  cause: 'Cause',
  core: 'Core window',
  widest: 'Widest window',
  scope: 'Claimed scope',
};

/** One field in which two versions differ, as text. */
export interface Difference {
  readonly field: keyof Draft;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
}

export function differencesOf(mine: Draft, theirs: Draft): readonly Difference[] {
  return (Object.keys(FIELD_WORDS) as (keyof Draft)[])
    .filter((field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]))
    .map((field) => ({ field, label: FIELD_WORDS[field], mine: textOf(mine, field), theirs: textOf(theirs, field) }));
}

function textOf(draft: Draft, field: keyof Draft): string {
  switch (field) {
    case 'name':
    case 'discovered':
      return draft[field] || 'none';
    case 'state':
      return draft.state.toLowerCase();
    case 'cause':
      return CAUSE_WORDS[draft.cause].toLowerCase();
    case 'origins':
      return draft.origins.map(({ name }) => name).join(', ');
    case 'core':
    case 'widest':
      return draft[field].from === '' ? 'none' : `${draft[field].from} to ${draft[field].to}`;
    case 'scope':
      return draft.scope.length === 0
        ? 'none'
        : draft.scope
            .map(({ artifacts, engagements, channels }) =>
              [...artifacts.map(({ name }) => name), ...[...engagements, ...channels].map(showHidden)].join(', '),
            )
            .join('; ');
  }
}
