import type { FactStore } from '../../../store/fact-store.ts';
import type { FileDecisions, MappingDocument } from './mapping-document.ts';
import { noDecisions, parseMappingDocument } from './mapping-document.ts';

/**
 * The decisions for earlier editions of a source, joined with those of this import. An import without a source has no earlier
 * decisions.
 */
export async function withRemembered(store: FactStore, source: string | null, decisions: MappingDocument): Promise<MappingDocument> {
  if (source === null) return decisions;
  const remembered = await store.findDocument('mapping', source);
  return remembered === undefined ? decisions : joinDecisions(parseMappingDocument(remembered.json, `of the source ${source}`), decisions);
}

/**
 * Keeps the decisions of a committed import for the next edition of its source. Corrected cells are left out, because they name lines
 * of one file. So is the list's own date: the next edition has another.
 */
export async function rememberMapping(store: FactStore, source: string | null, document: MappingDocument | null): Promise<void> {
  if (source === null || document === null) return;
  const earlier = await withRemembered(store, source, noDecisions);
  const files = document.files.map(({ cells: _, asOf: __, ...file }) => file);
  // An answer holds for the pairs that were asked about: the next edition asks about new ones.
  const { mergeExact: ___, ...others } = document;
  const asked = new Set(others.apart?.map(([party]) => party));
  const parties = others.parties.filter(({ party, decision }) => decision !== 'NEW' || !asked.has(party));
  await store.saveDocument('mapping', source, JSON.stringify(joinDecisions(earlier, { ...others, files, parties })));
}

/** Joins two sets of decisions. The later decision about a file or party wins. */
function joinDecisions(earlier: MappingDocument, later: MappingDocument): MappingDocument {
  const files = new Map<string, FileDecisions>(earlier.files.map((file) => [file.name, file]));
  for (const file of later.files) files.set(file.name, { ...files.get(file.name), ...file });
  const parties = new Map(earlier.parties.map((decision) => [decision.party, decision]));
  for (const decision of later.parties) parties.set(decision.party, decision);
  const apart = [...new Map([...(earlier.apart ?? []), ...(later.apart ?? [])].map((pair) => [pair.join('\n'), pair])).values()];
  // A person who joins two parties after all takes back that they are apart.
  const joined = new Set(
    later.parties.flatMap(({ party, target }) => (target === null ? [] : [`${party}\n${target}`, `${target}\n${party}`])),
  );
  const stillApart = apart.filter((pair) => !joined.has(pair.join('\n')));
  const sheets = later.sheets ?? earlier.sheets;
  const mergeExact = later.mergeExact ?? earlier.mergeExact;
  return {
    version: 1,
    files: [...files.values()],
    parties: [...parties.values()],
    ...(stillApart.length === 0 ? {} : { apart: stillApart }),
    ...(sheets === undefined ? {} : { sheets }),
    ...(mergeExact === undefined ? {} : { mergeExact }),
  };
}
