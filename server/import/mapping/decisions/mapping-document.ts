import { z } from 'zod';
import { ExposureError } from '../../../domain/errors.ts';
import { artifactTypes, factKinds, organizationRoles } from '../../../domain/facts.ts';
import { parseInstant } from '../../../domain/instants.ts';
import type { FactStore } from '../../../store/fact-store.ts';
import { matchDecisions } from '../../matching/matching-types.ts';
import { columnUses, remarkUses } from '../mapping-types.ts';

const dateOrder = z.enum(['DAY_FIRST', 'MONTH_FIRST']);
const text = z.string().max(1_048_576);

const columnDecision = z.strictObject({
  /** The header, as returned by `nameColumns`. */
  column: text,
  use: z.enum(columnUses),
  kind: z.enum(factKinds).nullish(),
  field: text.nullish(),
  control: text.nullish(),
  dateOrder: dateOrder.nullish(),
});

const valueDecision = z.strictObject({ column: text, value: text, meaning: text.nullable() });
const cellDecision = z.strictObject({ line: z.int().min(1), index: z.int().min(0).max(999), text });

const fileDecisions = z.strictObject({
  /** The name of the decided file or sheet. A later edition under another name is recognized by its header. */
  name: text,
  header: z.array(text).optional(),
  kinds: z.array(z.enum(factKinds)).min(1).optional(),
  /** 0: the table has no header. */
  headerLine: z.int().min(0).optional(),
  encoding: z.string().max(40).optional(),
  delimiter: z.string().max(3).optional(),
  client: z.strictObject({ name: text, role: z.enum(organizationRoles).default('LAB'), isToBeCreated: z.boolean().optional() }).optional(),
  /** The role of the new clients that the rows of the list name. */
  clientRole: z.enum(organizationRoles).optional(),
  columns: z.array(columnDecision).optional(),
  dateOrder: dateOrder.optional(),
  /** The list's own date, if a person decided it. It holds for one edition. */
  asOf: text
    .refine((at) => parseInstant(at) !== undefined, 'expected a date such as 2026-03-24 or an instant such as 2026-03-24T08:30:00Z')
    .optional(),
  createMissing: z.boolean().optional(),
  /** Whether a row without a name has that of the row above. */
  namesAbove: z.boolean().optional(),
  /** Whether each service of a client and a provider is a contract of its own. */
  contractsApart: z.boolean().optional(),
  /** Properties of artifacts that a custody list names and nothing describes; the owner is by default the client. REJECT: their rows are rejected. */
  newArtifacts: z
    .union([
      z.literal('REJECT'),
      z.strictObject({ type: z.enum(artifactTypes), sensitivity: z.int().min(1).max(5), owner: text.optional() }),
    ])
    .optional(),
  /** The decision about remarks beside names. */
  remarks: z.enum(remarkUses).optional(),
  /** The organization of a software list, by id or name, and what the list is of. */
  of: text.optional(),
  subject: text.optional(),
  /** The type of the artifacts that an AI bill of materials names. Absent: none is recorded. */
  materials: z.enum(artifactTypes).optional(),
  defaultRole: z.enum(organizationRoles).optional(),
  values: z.array(valueDecision).optional(),
  cells: z.array(cellDecision).optional(),
});

const partyDecision = z.strictObject({ party: text, decision: z.enum(matchDecisions), target: text.nullable() });

const mappingDocument = z.strictObject({
  version: z.literal(1),
  files: z.array(fileDecisions).default([]),
  /** The organizations that names stand for, in all files of the source. */
  parties: z.array(partyDecision).default([]),
  /** Pairs that are not the same, each by the key or id of an organization. */
  apart: z.array(z.tuple([text, text])).optional(),
  /** The sheets of workbooks to read; absent: every sheet that is an inventory. */
  sheets: z.array(text).optional(),
  /** Accepts every candidate that differs only in spelling. */
  mergeExact: z.boolean().optional(),
});

/** Every decision about how the files of a source are read. The page, the API and the command line share this one document. */
export type MappingDocument = z.infer<typeof mappingDocument>;
export type FileDecisions = z.infer<typeof fileDecisions>;
export type ColumnDecision = z.infer<typeof columnDecision>;

export const noDecisions: MappingDocument = { version: 1, files: [], parties: [] };

/** Throws BAD_USER_INPUT for an invalid mapping document, with the place of the fault and the expected value. */
export function parseMappingDocument(json: string, from: string): MappingDocument {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new ExposureError('BAD_USER_INPUT', `The mapping ${from} is not JSON: ${(error as Error).message}.`);
  }
  const parsed = mappingDocument.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') || 'the document';
  throw new ExposureError(
    'BAD_USER_INPUT',
    `The mapping ${from} cannot be used: ${place}: ${issue?.message}. --save-mapping writes one to start from.`,
  );
}

/** The file name for decisions about every file of an import. */
export const everyFile = '*';

/**
 * The decisions about one file: those under its name, else those of a file with the same header. If document and import have one
 * file each, its decisions apply too. Decisions for every file override all of these.
 */
export function decisionsFor(document: MappingDocument, name: string, header: readonly string[], isOnlyFile: boolean): FileDecisions {
  const all = document.files.find((file) => file.name === everyFile);
  const files = document.files.filter((file) => file !== all);
  const found =
    files.find((file) => file.name === name) ??
    files.find((file) => file.header !== undefined && file.header.length > 0 && file.header.join('\n') === header.join('\n')) ??
    (isOnlyFile && files.length === 1 ? files[0] : undefined);
  // Corrected cells name lines of one file: they never hold for another one.
  const { cells, ...others } = found ?? { name };
  const own: FileDecisions = { ...others, name, ...(cells !== undefined && found?.name === name ? { cells } : {}) };
  if (all === undefined) return own;
  const columns = [...(own.columns ?? []), ...(all.columns ?? [])];
  return { ...own, ...all, name, ...(columns.length > 0 ? { columns } : {}) };
}

/** Returns the document with `change` applied to the decisions about one file. */
export function withFileDecisions(
  document: MappingDocument,
  name: string,
  change: (file: FileDecisions) => FileDecisions,
): MappingDocument {
  const file = document.files.find((one) => one.name === name) ?? { name };
  return { ...document, files: [...document.files.filter((one) => one !== file), change(file)] };
}

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
