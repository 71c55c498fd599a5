import type { Assertion } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { canonicalMapping } from '../mapping/canonical-mapping.ts';
import type { MappingDocument } from '../mapping/decisions/mapping-document.ts';
import { decisionsFor } from '../mapping/decisions/mapping-document.ts';
import type { PartyMatch } from '../matching/matching-types.ts';
import type { ReadImport } from '../read-import.ts';
import { askEmptied, askUnlisted, countDrift, describeColumnDrift, describeDrift } from './ask-about-edition.ts';
import { authorsOfRetraction, closeUnlisted } from './close-unlisted.ts';
import { compareEditions } from './compare-editions.ts';
import type { EditionDecision } from './edition-types.ts';
import { eraseEmptied, findEmptied, findRowsWithEmptyCells } from './emptied-cells.ts';
import { findRenamed } from './find-renamed.ts';
import type { LastEdition } from './last-edition.ts';
import { nameOf, readLastEdition } from './last-edition.ts';

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
    assertions: closings.length === 0 ? facts : [...facts, ...closings],
    closingCount: closings.length,
    ...(isWhole ? { drift: countDrift(drift) } : {}),
    unlisted: drift.unlisted.map(({ kind, key }) => ({ kind, key })),
    retractable: authorsOfRetraction(drift.unlisted),
    warnings: [...(isWhole ? [describeDrift(drift)] : []), ...driftOfColumns(read, decisions), ...read.warnings],
    questions: [...read.questions, ...asked, ...askEmptied(emptied, read.assertions, decision)],
    matches: await offerRenamed(store, read, last, decisions),
  };
}

/** The kinds of facts that the files list. */
function kindsOf({ files, assertions }: ReadImport): Set<FactKind> {
  const kinds = new Set(files.flatMap((file) => (file.mapping ?? canonicalMapping(file)).kinds));
  for (const { kind } of assertions) kinds.add(kind);
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
  const stored = new Set(
    gone.size === 0 ? [] : (await (store.unmerged ?? store).readFactsByKey('ORGANIZATION', unknown)).map(({ key }) => key),
  );
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
