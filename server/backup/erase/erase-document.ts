import { isDeepStrictEqual } from 'node:util';
import type { FactKind } from '../../domain/facts.ts';
import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import type { DeliveryQueue, Endpoint } from '../../domain/records/endpoint.ts';
import { parseStepId } from '../../domain/records/incident-log.ts';
import type { ListedPerson } from '../../domain/records/listed-person.ts';
import { isSameName, namesOf } from '../../domain/records/listed-person.ts';
import { parseNote, parseView } from '../../domain/records/saved-texts.ts';
import type { Inbox, Watch, WatchEvent } from '../../domain/records/watch.ts';
import type { BackupCollection } from '../../store/store-record.ts';
import type { ErasedData } from './find-erased.ts';

/** A document without the erased data: the same text if it holds none, undefined if the whole document is about them. */
export function eraseDocument(collection: BackupCollection, id: string, json: string, erased: ErasedData): string | undefined {
  const left = leaveOut(collection, id, json, erased);
  const before: unknown = collection === 'incident' ? parseIncident(json) : JSON.parse(json);
  return left !== undefined && isDeepStrictEqual(JSON.parse(left), JSON.parse(JSON.stringify(before))) ? json : left;
}

function leaveOut(collection: BackupCollection, id: string, json: string, erased: ErasedData): string | undefined {
  const isErased = isErasedOf(erased);
  switch (collection) {
    case 'incident': {
      const incident = withoutErased(parseIncident(json), isErased, erased);
      return incident === undefined ? undefined : scrub(collection, incident, erased);
    }
    case 'note': {
      const note = parseNote(json);
      return isErased(note.on.kind === 'organization' ? 'ORGANIZATION' : 'ARTIFACT', note.on.id)
        ? undefined
        : scrub(collection, note, erased);
    }
    case 'view': {
      const view = parseView(json);
      const isNaming = erased.of === 'organization' && erased.texts.isIn(decode(view.url));
      return isNaming ? undefined : scrub(collection, view, erased);
    }
    case 'acceptance':
      return namesErasedFact(id, erased) ? undefined : scrub(collection, JSON.parse(json), erased);
    case 'token':
      return eraseToken(json, isErased, erased);
    case 'mapping':
      return scrub(collection, withoutDecisions(JSON.parse(json), isErased, erased), erased);
    case 'watch':
      return eraseWatch(JSON.parse(json) as Watch, isErased, erased);
    case 'event':
      return eraseEvent(JSON.parse(json) as WatchEvent, erased);
    case 'inbox':
      return (JSON.parse(json) as Inbox).owner === erased.author?.name ? undefined : json;
    case 'endpoint':
      return namesAny((JSON.parse(json) as Endpoint).url, erased) ? undefined : json;
    case 'delivery':
      return (JSON.parse(json) as DeliveryQueue).owner === erased.author?.name ? undefined : json;
    case 'person':
      return erasePerson(json, erased);
    case 'import':
    case 'group':
    case 'audit':
      return scrub(collection, JSON.parse(json), erased);
    default:
      return collection satisfies never;
  }
}

type IsErased = (kind: FactKind, key: string | null | undefined) => boolean;

function isErasedOf({ facts }: ErasedData): IsErased {
  return (kind, key) => key !== null && key !== undefined && facts.get(kind)?.has(key) === true;
}

/**
 * Fields that hold ids and words of the program, and no free text. The erased ids were left out of them. The others stay, even where one
 * contains an erased name, as `open-labs` contains "Open".
 */
const keptFields: Readonly<Record<BackupCollection, ReadonlySet<string>>> = {
  incident: new Set([
    'id',
    'state',
    'origins',
    'organization',
    'origin',
    'artifacts',
    'engagements',
    'scenario',
    'lab',
    'notifier',
    'change',
    'step',
    'grade',
    'kind',
  ]),
  note: new Set(['on']),
  view: new Set(),
  acceptance: new Set(),
  token: new Set(['role', 'labs', 'hash']),
  mapping: new Set(['kinds', 'use', 'kind', 'field', 'dateOrder', 'encoding', 'role', 'defaultRole', 'decision']),
  import: new Set(),
  audit: new Set(['of']),
  watch: new Set(['owner', 'labs', 'question', 'condition', 'last']),
  event: new Set(['watch', 'owner', 'labs', 'type', 'kind', 'subject', 'url']),
  inbox: new Set(['owner', 'id', 'watch', 'labs']),
  endpoint: new Set(['url', 'secret']),
  delivery: new Set(['endpoint', 'watch', 'owner', 'event']),
  person: new Set(['userName', 'externalId', 'type']),
  group: new Set(['displayName', 'externalId', 'members']),
};

function scrub(collection: BackupCollection, value: unknown, { texts }: ErasedData): string {
  return JSON.stringify(texts.replaceInAll(value, keptFields[collection]));
}

/** Undefined for an incident whose origins, suspected ones included, are all erased. */
function withoutErased(incident: Incident, isErased: IsErased, { lostRevisions }: ErasedData): Incident | undefined {
  const isKept = (kind: FactKind) => (id: string) => !isErased(kind, id);
  const origins = incident.origins.filter(isKept('ORGANIZATION'));
  const suspectedOrigins = incident.suspectedOrigins.filter(({ organization }) => !isErased('ORGANIZATION', organization));
  const count = incident.origins.length + incident.suspectedOrigins.length;
  if (origins.length + suspectedOrigins.length === 0 && count > 0) return undefined;
  const { log } = incident;
  return {
    ...incident,
    origins,
    suspectedOrigins,
    scope: incident.scope
      .filter(({ origin }) => !isErased('ORGANIZATION', origin))
      .map((scope) => ({
        ...scope,
        artifacts: scope.artifacts.filter(isKept('ARTIFACT')),
        engagements: scope.engagements.filter(isKept('ENGAGEMENT')),
      })),
    scenario: incident.scenario.filter((action) => !namesErased(action, isErased)),
    proposal: incident.proposal && {
      ...incident.proposal,
      revision: renumber(incident.proposal.revision, lostRevisions),
      matches: incident.proposal.matches.filter(({ organization }) => !isErased('ORGANIZATION', organization)),
    },
    log: {
      entries: log.entries.map((entry) => ({
        ...entry,
        revision: entry.revision === null ? null : renumber(entry.revision, lostRevisions),
      })),
      assessments: log.assessments
        .map((one) => ({ ...one, artifacts: one.artifacts.filter(isKept('ARTIFACT')) }))
        .filter(({ artifacts }) => artifacts.length > 0),
      notices: log.notices
        .map((change) => ({
          ...change,
          notices: change.notices.filter(({ lab, notifier }) => !isErased('ORGANIZATION', lab) && !isErased('ORGANIZATION', notifier)),
        }))
        .filter(({ notices }) => notices.length > 0),
      plan: log.plan.filter(({ step }) => {
        const named = parseStepId(step);
        return named === undefined || !namesErased(named, isErased);
      }),
    },
  };
}

interface Naming {
  readonly organization: string | null;
  readonly access: string | null;
  readonly owner: string | null;
}

function namesErased({ organization, access, owner }: Naming, isErased: IsErased): boolean {
  return isErased('ORGANIZATION', organization) || isErased('ORGANIZATION', owner) || isErased('ACCESS', access);
}

/** The id of a finding is its kind and the key of its subject. */
function namesErasedFact(findingId: string, { facts }: ErasedData): boolean {
  const parts = findingId.split('/').map(decode);
  return [...facts.values()].some((keys) => parts.some((part) => keys.has(part)) || keys.has(parts.slice(1).join('/')));
}

/** A token that is left without labs would see everything, so it is erased. */
function eraseToken(json: string, isErased: IsErased, erased: ErasedData): string | undefined {
  const token = JSON.parse(json) as { readonly name: string; readonly labs?: readonly string[] | null };
  if (token.name === erased.author?.name) return undefined;
  if (token.labs === null || token.labs === undefined) return scrub('token', token, erased);
  const labs = token.labs.filter((lab) => !isErased('ORGANIZATION', lab));
  return labs.length === 0 ? undefined : scrub('token', { ...token, labs }, erased);
}

/** The provider knows who may log in. It makes the person anew if it still lists it. */
function erasePerson(json: string, erased: ErasedData): string | undefined {
  const person = JSON.parse(json) as ListedPerson;
  return erased.author !== undefined && namesOf(person).some((name) => isSameName(name, erased.author?.name ?? '')) ? undefined : json;
}

/** Undefined for a watch of the person, and for one whose question names erased data. It goes on from where it was. */
function eraseWatch(watch: Watch, isErased: IsErased, erased: ErasedData): string | undefined {
  const { owner, question, last } = watch;
  if (owner === erased.author?.name || namesAny(question, erased)) return undefined;
  const incidents = last.incidents.flatMap((incident) => withoutErased(incident, isErased, erased) ?? []);
  const kept = { ...last, revision: renumber(last.revision, erased.lostRevisions), incidents };
  return scrub('watch', { ...watch, last: kept, lease: null }, erased);
}

/** Undefined for an event of the person. Others lose the rows about erased data. */
function eraseEvent(event: WatchEvent, erased: ErasedData): string | undefined {
  const { owner, items, url, fromRevision, toRevision } = event;
  if (owner === erased.author?.name) return undefined;
  const left = {
    ...event,
    fromRevision: renumber(fromRevision, erased.lostRevisions),
    toRevision: renumber(toRevision, erased.lostRevisions),
    items: items.filter(({ subject }) => !namesAny(subject, erased) && !namesErasedFact(subject, erased)),
    url: erased.of === 'organization' && url.split(/[?&=]/).some((part) => namesAny(decode(part), erased)) ? '/' : url,
  };
  return scrub('event', left, erased);
}

/** Whether a value holds the key of an erased fact, or an erased text. */
function namesAny(value: unknown, erased: ErasedData): boolean {
  if (typeof value === 'string') return [...erased.facts.values()].some((keys) => keys.has(value)) || erased.texts.isIn(value);
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => namesAny(one, erased));
}

interface Decisions {
  readonly parties?: readonly { readonly party: string; readonly target: string | null }[];
  readonly files?: readonly {
    readonly client?: { readonly name: string };
    readonly values?: readonly { readonly value: string; readonly meaning: string | null }[];
    readonly cells?: readonly { readonly text: string }[];
  }[];
}

/** Decisions that name erased data would decide wrongly without the names, so they are dropped. */
function withoutDecisions(document: Decisions, isErased: IsErased, { texts }: ErasedData): Decisions {
  const isNaming = (...named: (string | null)[]) =>
    named.some((text) => text !== null && (texts.isIn(text) || isErased('ORGANIZATION', text) || isErased('ARTIFACT', text)));
  return {
    ...document,
    ...(document.parties === undefined ? {} : { parties: document.parties.filter(({ party, target }) => !isNaming(party, target)) }),
    ...(document.files === undefined
      ? {}
      : {
          files: document.files.map(({ client, values, cells, ...file }) => ({
            ...file,
            ...(client === undefined || isNaming(client.name) ? {} : { client }),
            ...(values === undefined ? {} : { values: values.filter(({ value, meaning }) => !isNaming(value, meaning)) }),
            ...(cells === undefined ? {} : { cells: cells.filter(({ text }) => !isNaming(text)) }),
          })),
        }),
  };
}

/** The number of a revision after the lost ones. A lost revision gets the number of the one before it. */
export function renumber(revision: number, lostRevisions: readonly number[]): number {
  return revision - lostRevisions.filter((lost) => lost <= revision).length;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
