import type { Assertion } from '../../domain/assertions.ts';
import { factFields, factNouns } from '../../domain/fact-fields.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { describeInstant } from '../../domain/instants.ts';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { DriftCounts } from '../import-view.ts';
import type { MappingDocument } from '../mapping/decisions/mapping-document.ts';
import { decisionsFor } from '../mapping/decisions/mapping-document.ts';
import { canonicalMapping } from '../mapping/map-list.ts';
import type { ImportQuestion } from '../mapping/mapping-types.ts';
import type { PartyMatch } from '../matching/matching-types.ts';
import type { ReadImport } from '../read-import.ts';
import type { EmptiedFact } from './edition-changes.ts';
import {
  authorsOfRetraction,
  canEnd,
  closeUnlisted,
  countEmptied,
  eraseEmptied,
  findEmptied,
  findRenamed,
  findRowsWithEmptyCells,
} from './edition-changes.ts';
import type { EditionDecision, EditionDrift, LastEdition, UnlistedFact } from './last-edition.ts';
import { eachAssertion, mostUnlisted, nameOf, readLastEdition } from './last-edition.ts';

export interface EditionOptions {
  readonly source: string | null;
  /** Epoch ms. */
  readonly assertedAt: number;
  readonly decision: EditionDecision;
  /** The decisions of this import joined with those of earlier editions. */
  readonly decisions: MappingDocument;
}

/**
 * Compares an import with the last edition of its source, and applies a person's decisions: facts that are no longer listed end or
 * are retracted, and emptied cells erase. An open decision becomes a question and changes nothing. A new name for an organization
 * that is no longer listed becomes a candidate. Returns the import unchanged if its source has no earlier edition.
 */
export async function withEdition(store: FactStore, read: ReadImport, options: EditionOptions): Promise<ReadImport> {
  const last = await readLastEdition(store, options.source, () => findRowsWithEmptyCells(read.assertions, read.files));
  if (last === undefined) return read;
  const { decision, assertedAt, decisions } = options;
  const kinds = kindsOf(read);
  // The contents of an unreadable file are unknown.
  const isWhole = read.files.every(({ isFaulty }) => !isFaulty);
  const drift = await compareEditions(store, last, listedBy(read), isWhole ? kinds : new Set());
  const emptied = findEmptied(last, read.assertions, read.files);
  const asked = askUnlisted(drift, decision, assertedAt);
  const closings =
    asked.length > 0 || decision.unlisted === undefined
      ? []
      : await closeUnlisted(store, drift.unlisted, decision.unlisted, { source: last.source, assertedAt });
  const facts = decision.eraseEmptied === true ? eraseEmptied(read.assertions, emptied) : read.assertions;
  return {
    ...read,
    assertions: facts === read.assertions && closings.length === 0 ? read.assertions : PackedAssertions.of([...facts, ...closings]),
    closingCount: closings.length,
    ...(isWhole ? { drift: countDrift(drift) } : {}),
    unlisted: drift.unlisted.map(({ kind, key }) => ({ kind, key })),
    retractable: authorsOfRetraction(drift.unlisted),
    warnings: [...(isWhole ? [describeDrift(drift)] : []), ...driftOfColumns(read, decisions), ...read.warnings],
    questions: [...read.questions, ...asked, ...askEmptied(emptied, read.assertions, decision)],
    matches: await offerRenamed(store, read, last, decisions),
  };
}

/** The kinds of facts that the files list. The name of a canonical file without rows says its kind; a caller may have stated another one. */
function kindsOf({ files, assertions }: ReadImport): Set<FactKind> {
  const kinds = new Set<FactKind>();
  const withRows = new Set<string | null>();
  for (const { kind, file } of assertions) {
    kinds.add(kind);
    withRows.add(file);
  }
  for (const file of files) {
    if (file.mapping === null && withRows.has(file.name)) continue;
    for (const kind of (file.mapping ?? canonicalMapping(file)).kinds) kinds.add(kind);
  }
  return kinds;
}

/** The facts that the files state, the facts that these name, the facts of rejected rows, and organizations that a row only names. */
function* listedBy({ assertions, rejectedKeys, described }: ReadImport): Generator<{ readonly kind: FactKind; readonly key: string }> {
  for (const assertion of assertions) {
    yield assertion;
    for (const [index, spec] of factFields[assertion.kind].entries()) {
      const named = spec.type === 'reference' ? assertion.values[index] : undefined;
      if (spec.type === 'reference' && typeof named === 'string') yield { kind: spec.to, key: named };
    }
  }
  for (const [kind, keys] of rejectedKeys) for (const key of keys) yield { kind, key };
  for (const key of described) yield { kind: 'ORGANIZATION', key };
}

function driftOfColumns({ files }: ReadImport, decisions: MappingDocument): string[] {
  return files.flatMap(({ name, header, mapping }) => {
    if (mapping === null) return [];
    const before = decisionsFor(decisions, name, header, files.length === 1).header;
    return before === undefined ? [] : (describeColumnDrift(name, before, header) ?? []);
  });
}

/** The matches, plus candidates from the last edition: organizations that a new one may have replaced under another name. */
async function offerRenamed(
  store: FactStore,
  read: ReadImport,
  last: LastEdition,
  { parties }: MappingDocument,
): Promise<readonly PartyMatch[]> {
  if (read.mappingDocument === null) return read.matches;
  const listed = new Set<string>();
  for (const fact of listedBy(read)) if (fact.kind === 'ORGANIZATION') listed.add(fact.key);
  const gone = new Set(
    [...last.facts.values()].filter(({ kind, key }) => kind === 'ORGANIZATION' && !listed.has(key)).map(({ key }) => key),
  );
  const unknown = [...listed].filter((key) => !last.facts.has(nameOf({ kind: 'ORGANIZATION', key }))).sort();
  const stored = new Set(gone.size === 0 ? [] : (await store.unmerged.readFactsByKey('ORGANIZATION', unknown)).map(({ key }) => key));
  const added = new Set(unknown.filter((key) => !stored.has(key)));
  const renamed = findRenamed(read.assertions, [...last.facts.values()], added, gone);
  const decided = new Map(parties.map((decision) => [decision.party, decision]));
  const matches = new Map(read.matches.map((match) => [match.id, match]));
  const places = new Map<string, Assertion>();
  for (const assertion of read.assertions) if (assertion.kind === 'ORGANIZATION') getOrInsert(places, assertion.key, () => assertion);
  for (const [id, candidates] of renamed) {
    const match = matches.get(id);
    const place = places.get(id);
    if (match === undefined && place === undefined) continue;
    if (match !== undefined) {
      const more = candidates.filter((candidate) => !match.candidates.some((known) => known.id === candidate.id));
      const kept = match.candidates.map((known) => {
        const again = candidates.find((candidate) => candidate.id === known.id);
        if (again === undefined) return known;
        // A weak hint of the names alone becomes one to decide: the candidate is gone.
        if (known.grade === 'HINT') return { ...again, evidence: [...known.evidence, ...again.evidence] };
        return { ...known, evidence: [...known.evidence, ...again.evidence.slice(0, 1)] };
      });
      const sorted = [...kept, ...more].sort((a, b) => Number(a.grade === 'HINT') - Number(b.grade === 'HINT'));
      matches.set(id, { ...match, candidates: sorted.slice(0, 10) });
      continue;
    }
    const { decision = 'UNDECIDED', target = null } = decided.get(id) ?? {};
    const { file, line, values } = place as Assertion;
    matches.set(id, {
      id,
      file: file ?? '',
      line: line ?? 1,
      name: (values[1] ?? id) as string,
      rowCount: 1,
      candidates,
      decision,
      target,
      isAmbiguous: false,
    });
  }
  return [...matches.values()];
}

interface NamedFact {
  readonly kind: FactKind;
  readonly key: string;
}

/**
 * Compares an edition with the last one of its source.
 *
 * @param listed the facts that this edition states or names
 * @param kinds the kinds that this edition lists; facts of other kinds are not compared
 * Complexity: linear in both editions, and one scan of the recorded assertions if a fact is unlisted.
 */
export async function compareEditions(
  store: FactStore,
  last: LastEdition,
  listed: Iterable<NamedFact>,
  kinds: ReadonlySet<FactKind>,
): Promise<EditionDrift> {
  const now = new Set<string>();
  for (const fact of listed) if (kinds.has(fact.kind)) now.add(nameOf(fact));
  const before = [...last.facts].filter(([, { kind }]) => kinds.has(kind));
  const gone = new Map(before.filter(([name]) => !now.has(name)));
  return {
    lastImport: last.lastImport,
    listedBefore: before.length,
    listedNow: now.size,
    newCount: [...now].filter((name) => !last.facts.has(name)).length,
    unlisted: await lookAtGone(store, last.source, gone),
    isMany: gone.size > before.length * mostUnlisted,
  };
}

async function lookAtGone(store: FactStore, source: string, gone: ReadonlyMap<string, NamedFact>): Promise<UnlistedFact[]> {
  if (gone.size === 0) return [];
  const undone = new Set((await store.listImports()).filter(({ state }) => state === 'UNDONE').map(({ id }) => id));
  const stated = new Set<string>();
  const importedBy = new Map<string, Set<string>>();
  await eachAssertion(store, (assertion, write) => {
    const name = nameOf(assertion);
    if (!gone.has(name) || (write.importId !== null && undone.has(write.importId))) return;
    if (assertion.isRetraction) {
      stated.delete(name);
      importedBy.delete(name);
    } else if (write.source !== source) stated.add(name);
    else getOrInsert(importedBy, name, () => new Set<string>()).add(write.by);
  });
  const unlisted: UnlistedFact[] = [];
  for (const kind of factKinds) {
    const keys = [...gone.values()].filter((fact) => fact.kind === kind).map(({ key }) => key);
    // A fact that a merge hides is not shown to anybody, so nobody has to decide about it.
    for (const { key } of keys.length === 0 ? [] : await store.readFactsByKey(kind, keys.sort())) {
      const name = nameOf({ kind, key });
      unlisted.push({ kind, key, isStatedByOthers: stated.has(name), importedBy: importedBy.get(name) ?? new Set() });
    }
  }
  return unlisted;
}

/**
 * Asks about facts that the source no longer lists, unless they are decided. A decision that ends or removes more than a fifth of the
 * source stays open until it is confirmed.
 *
 * @param assertedAt the date of the edition, epoch ms: the proposed end
 */
function askUnlisted(drift: EditionDrift, { unlisted: decision, evenIfMany }: EditionDecision, assertedAt: number): ImportQuestion[] {
  const { unlisted, isMany, listedBefore } = drift;
  const isGuarded = isMany && decision !== undefined && decision.policy !== 'KEEP' && evenIfMany !== true;
  if (unlisted.length === 0 || (decision !== undefined && !isGuarded)) return [];
  const ends = unlisted.some(({ kind }) => canEnd(kind));
  const one = unlisted.length === 1;
  const guard = isMany ? ` That is more than a fifth of its ${listedBefore}: check that the list is whole.` : '';
  const proposed = isMany ? 'keep' : ends ? 'end' : 'keep';
  const day = new Date(assertedAt).toISOString().slice(0, 10);
  const confirm = isMany ? ' --even-if-many' : '';
  const flag = isGuarded
    ? '--even-if-many'
    : `--keep-unlisted, ${ends ? `--end-unlisted ${day}${confirm} or ` : 'or '}--close-unlisted${confirm}`;
  return [
    {
      id: 'UNLISTED',
      kind: 'UNLISTED',
      file: null,
      index: null,
      message: `${countKinds(unlisted)} of the last edition (${describeEdition(drift)}) ${one ? 'is' : 'are'} no longer listed, such as ${describeKey((unlisted[0] as UnlistedFact).kind, (unlisted[0] as UnlistedFact).key)}.${guard} ${one ? 'Is it' : 'Are they'} still there, did ${one ? 'it' : 'they'} end on a date, or ${one ? 'was it' : 'were they'} never there?`,
      choices: ends ? ['keep', 'end', 'retract'] : ['keep', 'retract'],
      proposed,
      flag,
      ...(isMany ? { isGuarded: true } : {}),
    },
  ];
}

/** Asks whether emptied cells erase, unless that is decided, or none of them is new. Without an answer they say nothing. */
function askEmptied(emptied: readonly EmptiedFact[], assertions: PackedAssertions, { eraseEmptied }: EditionDecision): ImportQuestion[] {
  const [first] = emptied;
  if (first === undefined || eraseEmptied !== undefined || !emptied.some(({ isNew }) => isNew)) return [];
  const count = countEmptied(emptied);
  const { kind, key, file, line } = assertions.at(first.assertion);
  const field = first.fields[0] === undefined ? (first.attributes[0] as string) : (factFields[kind][first.fields[0]]?.column as string);
  return [
    {
      id: 'EMPTIED',
      kind: 'EMPTIED',
      file: null,
      index: null,
      message: `${count === 1 ? 'A cell is empty now whose value the source stated before' : `${count} cells are empty now whose values the source stated before`}, such as the ${field} of ${describeKey(kind, key)} (${file}:${line}). Does that erase what the source said before?`,
      choices: ['keep', 'erase'],
      proposed: 'keep',
      flag: '--erase-emptied',
      isOptional: true,
    },
  ];
}

/** The drift in one sentence. */
function describeDrift(drift: EditionDrift): string {
  const { newCount, listedNow, unlisted, listedBefore } = drift;
  const again = listedNow - newCount;
  const gone =
    unlisted.length === 0
      ? 'none is missing'
      : `${unlisted.length} of ${listedBefore} ${unlisted.length === 1 ? 'is' : 'are'} no longer listed`;
  return `Since the last edition (${describeEdition(drift)}): ${newCount} new, ${again} listed again, ${gone}.`;
}

/** The columns that a list gained or lost since its last edition. Undefined if they are the same. */
function describeColumnDrift(file: string, before: readonly string[], now: readonly string[]): string | undefined {
  const gained = now.filter((column) => !before.includes(column));
  const lost = before.filter((column) => !now.includes(column));
  if (gained.length + lost.length === 0) return undefined;
  const parts = [
    ...(gained.length === 0 ? [] : [`new columns ${list(gained)}`]),
    ...(lost.length === 0 ? [] : [`columns that are gone ${list(lost)}`]),
  ];
  return `${file}: since the last edition, ${parts.join(', ')}.`;
}

function list(columns: readonly string[]): string {
  const shown = columns.slice(0, 8).map((column) => `"${column.slice(0, 60)}"`);
  return shown.join(', ') + (columns.length > shown.length ? ` and ${columns.length - shown.length} more` : '');
}

/** The drift in figures. */
function countDrift(drift: EditionDrift): DriftCounts {
  const { newCount, listedNow, unlisted, listedBefore } = drift;
  return { since: dateOf(drift), listedBefore, newCount, againCount: listedNow - newCount, goneCount: unlisted.length };
}

function describeEdition(drift: EditionDrift): string {
  return describeInstant(dateOf(drift)).slice(0, 10);
}

/** The date of the last edition, epoch ms. */
function dateOf({ lastImport }: EditionDrift): number {
  return lastImport.assertedAt ?? lastImport.committedAt;
}

/** "2 organizations and 3 engagements". */
function countKinds(facts: readonly Pick<UnlistedFact, 'kind'>[]): string {
  return factKinds
    .map((kind) => [kind, facts.filter((fact) => fact.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${count === 1 ? factNouns[kind].one : factNouns[kind].many}`)
    .join(' and ');
}
