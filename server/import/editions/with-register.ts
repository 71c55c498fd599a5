import { unguardCell } from '../../csv/csv-record.ts';
import type { Assertion, FactValue, RecordedFact } from '../../domain/assertions.ts';
import { isCodeName, latinNameOf, referenceOf, registerCodesOf, textsOf, toRegisterHeader } from '../../domain/columns/dora-codes.ts';
import { doraTemplates, isReadTemplate } from '../../domain/columns/dora-templates.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { doraTemplateOf } from '../mapping/table/column-names.ts';
import { findCountry } from '../mapping/values/country-codes.ts';
import { isUnknown } from '../mapping/values/read-dates.ts';
import type { ReadImport } from '../read-import.ts';

const keysARead = 1000;
const dayMs = 86_400_000;
const separator = '; ';
const id = fieldIndex('ENGAGEMENT', 'id');
const nameAt = fieldIndex('ORGANIZATION', 'name');
const country = fieldIndex('ORGANIZATION', 'country');
const client = fieldIndex('ENGAGEMENT', 'client');
const provider = fieldIndex('ENGAGEMENT', 'provider');
const service = fieldIndex('ENGAGEMENT', 'service');
const dates = [fieldIndex('ENGAGEMENT', 'startsAt'), fieldIndex('ENGAGEMENT', 'endsAt')];
const textsAt = { ORGANIZATION: fieldIndex('ORGANIZATION', 'attributes'), ENGAGEMENT: fieldIndex('ENGAGEMENT', 'attributes') };
const names = doraTemplates['b_05.02'];
const [providerType, recipientType] = [names.c0040, names.c0070].map(toRegisterHeader) as [string, string];
const chainTexts = new Set([names.c0010, names.c0050].map(toRegisterHeader));
const { c0030, c0040, c0060 } = doraTemplates['b_05.01'];
const [additionalCode, additionalType, latinName] = [c0030, c0040, c0060].map(toRegisterHeader) as [string, string, string];

type Kind = keyof typeof textsAt;
type Facts = ReadonlyMap<string, RecordedFact>;

/**
 * Finds the recorded facts that the tables of a DORA register speak of, so that our own export changes nothing where it comes from.
 *
 * - An engagement is the recorded one of the same two organizations with its reference number; in a supply chain, where rows have no
 *   number of their own, those of the same two with its service. Any other is new, under the id of the list.
 * - Of a recorded fact, a register says nothing new with its code, the type of a code, a rank, or a text whose parts are recorded. A date
 *   is a day: it moves no instant within it.
 *
 * Complexity: O(assertions + recorded engagements). Returns the import unchanged if it has no such table.
 */
export async function withRegister(store: FactStore, read: ReadImport): Promise<ReadImport> {
  const tables = new Set(read.files.map(({ name }) => name).filter((name) => isReadTemplate(doraTemplateOf(name))));
  if (tables.size === 0) return read;
  const all = [...read.assertions];
  const isOfRegister = ({ file, isRetraction }: Assertion) => file !== null && tables.has(file) && !isRetraction;
  const stated = all.filter((one) => isOfRegister(one) && one.kind === 'ENGAGEMENT');
  const ofPair = await readEngagements(store, stated);
  const parties = await readFacts(store, 'ORGANIZATION', [
    ...all.filter(({ kind }) => kind === 'ORGANIZATION').map(({ key }) => key),
    ...stated.flatMap(({ values }) => [values[client] as string, values[provider] as string]),
  ]);
  const assertions = all.flatMap((one) => {
    if (!isOfRegister(one)) return [one];
    if (one.kind === 'ORGANIZATION') return [withoutCodes(one, parties)];
    if (one.kind === 'ENGAGEMENT') return findEngagements(one, ofPair.get(pairOf(one.values)) ?? [], parties);
    return [one];
  });
  return { ...read, assertions: PackedAssertions.of(assertions) };
}

function pairOf(values: Assertion['values']): string {
  return JSON.stringify([values[client], values[provider]]);
}

/** The recorded engagements of the pairs that are stated, by pair. */
async function readEngagements(store: FactStore, stated: readonly Assertion[]): Promise<ReadonlyMap<string, readonly RecordedFact[]>> {
  const ofPair = new Map<string, RecordedFact[]>(stated.map(({ values }) => [pairOf(values), []]));
  if (ofPair.size === 0) return ofPair;
  for await (const { facts } of store.readFacts(undefined, ['ENGAGEMENT']))
    for (const fact of facts) ofPair.get(pairOf(fact.values))?.push({ ...fact });
  return ofPair;
}

async function readFacts(store: FactStore, kind: FactKind, keys: readonly string[]): Promise<Facts> {
  const wanted = [...new Set(keys)];
  const facts = new Map<string, RecordedFact>();
  for (let from = 0; from < wanted.length; from += keysARead)
    for (const fact of await store.readFactsByKey(kind, wanted.slice(from, from + keysARead))) facts.set(fact.key, fact);
  return facts;
}

function withoutCodes(assertion: Assertion, parties: Facts): Assertion {
  const recorded = parties.get(assertion.key);
  if (recorded === undefined) return assertion;
  const { code, type, additional } = registerCodesOf(recorded.key, textsOf(recorded));
  const called = recorded.values[nameAt] as string;
  return withTexts(withRecorded(assertion, recorded), recorded, ({ name, value }) => {
    // The remark is a part of the recorded name.
    if (name.endsWith(' (remark)')) return called.includes(value);
    if (isCodeName(name)) return unguardCell(value) === code;
    const plain = toRegisterHeader(name);
    if (plain === providerType) return value === type;
    if (plain === additionalCode) return unguardCell(value) === additional?.code;
    if (plain === additionalType) return value === additional?.type;
    return plain === latinName && unguardCell(value) === latinNameOf(called);
  });
}

function findEngagements(stated: Assertion, recorded: readonly RecordedFact[], parties: Facts): readonly Assertion[] {
  const number = ownNumber(stated);
  if (number !== undefined) {
    const fact = recorded.find(({ key }) => key === stated.key || key === number) ?? recorded.find((one) => referenceOf(one) === number);
    return [fact === undefined ? stated : asRecorded(stated, fact, parties)];
  }
  const open = new Set(partsOf(stated.values[service]));
  const found = recorded.filter((one) => {
    const parts = partsOf(one.values[service]);
    return one.key !== stated.key && parts.length > 0 === open.size > 0 && parts.every((part) => open.has(part));
  });
  for (const one of found) for (const part of partsOf(one.values[service])) open.delete(part);
  const others = found.map((one) => asRecorded(withService(stated, one.values[service] as FactValue), one, parties));
  if (found.length > 0 && open.size === 0) return others;
  const own = recorded.find(({ key }) => key === stated.key);
  const rest = found.length === 0 ? stated : withService(stated, [...open].join(separator));
  return [...others, own === undefined ? rest : asRecorded(rest, own, parties)];
}

/** The client's number of the contract, which the list's id has behind the client. */
function ownNumber({ key, values }: Assertion): string | undefined {
  const front = `${values[client] as string}: `;
  return key.startsWith(front) ? key.slice(front.length) : undefined;
}

/** The texts that rows of a list added up to one. None where a list reads the text as nothing. */
function partsOf(text: FactValue | undefined): readonly string[] {
  return typeof text === 'string'
    ? text
        .split(separator)
        .map(unguardCell)
        .filter((part) => !isUnknown(part))
    : [];
}

function withService(stated: Assertion, text: FactValue): Assertion {
  return { ...stated, values: stated.values.map((value, field) => (field === service ? (text ?? undefined) : value)) };
}

/** The assertion about a recorded engagement, without what is recorded already. */
function asRecorded(stated: Assertion, fact: RecordedFact, parties: Facts): Assertion {
  const typeOf = (field: number) => {
    const party = parties.get(fact.values[field] as string);
    return party === undefined ? null : registerCodesOf(party.key, textsOf(party)).type;
  };
  const texts = textsOf(fact);
  const values = stated.values.map((value, field) => {
    if (field === id) return fact.key;
    return dates.includes(field) && isSameDay(value, fact.values[field], field) ? undefined : value;
  });
  return withTexts(withRecorded({ ...stated, key: fact.key, values }, fact), fact, ({ name, value }) => {
    const plain = toRegisterHeader(name);
    if (plain === providerType) return value === typeOf(provider);
    if (plain === recipientType) return value === typeOf(client);
    return chainTexts.has(plain) && !texts.has(plain);
  });
}

/** Whether a date is another instant of one day. An end that holds for the whole day is the next day's midnight. */
function isSameDay(stated: FactValue | undefined, recorded: FactValue | undefined, field: number): boolean {
  if (typeof stated !== 'number' || typeof recorded !== 'number' || stated === recorded) return false;
  const before = field === dates[0] ? 0 : 1;
  return Math.floor((stated - before) / dayMs) === Math.floor((recorded - before) / dayMs);
}

/** The assertion with recorded texts in place of their other spellings in a list: a guarded cell, the name of a country as its code. */
function withRecorded(assertion: Assertion, recorded: RecordedFact): Assertion {
  const values = assertion.values.map((value, field) => {
    const known = recorded.values[field];
    if (typeof value !== 'string' || typeof known !== 'string') return value;
    const isCountry = assertion.kind === 'ORGANIZATION' && field === country;
    return unguardCell(value) === known || (isCountry && findCountry(known) === value) ? known : value;
  });
  return { ...assertion, values };
}

/** The assertion without the texts that say nothing new. */
function withTexts(assertion: Assertion, recorded: RecordedFact, isKnown: (text: Attribute) => boolean): Assertion {
  const at = textsAt[assertion.kind as Kind];
  const stated = assertion.values[at] as readonly Attribute[] | undefined;
  if (stated === undefined) return assertion;
  const known = textsOf(recorded);
  const left = stated.filter((text) => {
    const parts = new Set(partsOf(known.get(toRegisterHeader(text.name))));
    return !isKnown(text) && !(parts.size > 0 && partsOf(text.value).every((part) => parts.has(part)));
  });
  return { ...assertion, values: assertion.values.map((value, field) => (field === at ? (left.length === 0 ? undefined : left) : value)) };
}
