import { ExposureError } from '../../../domain/errors.ts';
import type { ArtifactType, FactKind, OrganizationRole } from '../../../domain/facts.ts';
import { formatInstant } from '../../../domain/instants.ts';
import { maxColumns } from '../../csv/scan-csv.ts';
import type { MatchDecision } from '../../matching/matching-types.ts';
import type { ColumnUse, DateOrder, RemarkUse } from '../mapping-types.ts';
import { nameColumns } from '../table/column-names.ts';
import type { ColumnDecision, FileDecisions, MappingDocument } from './mapping-document.ts';
import { everyFile, withFileDecisions } from './mapping-document.ts';

type Maybe<T> = T | null | undefined;

/** A person's decisions about one file. An absent field stays unchanged. */
export interface FileChanges {
  readonly file: string;
  readonly kinds?: Maybe<readonly FactKind[]>;
  readonly client?: Maybe<string>;
  readonly clientName?: Maybe<string>;
  readonly clientRole?: Maybe<OrganizationRole>;
  readonly columns?: Maybe<readonly ColumnChange[]>;
  readonly headerLine?: Maybe<number>;
  readonly encoding?: Maybe<string>;
  readonly delimiter?: Maybe<string>;
  readonly dateOrder?: Maybe<DateOrder>;
  /** Epoch ms. */
  readonly asOf?: Maybe<number>;
  readonly createMissingOrganizations?: Maybe<boolean>;
  readonly namesAbove?: Maybe<boolean>;
  readonly newArtifacts?: Maybe<{ readonly type: ArtifactType; readonly sensitivity: number; readonly owner: string }>;
  /** Whether rows that name an unknown artifact are rejected. */
  readonly rejectUnknownArtifacts?: Maybe<boolean>;
  readonly remarks?: Maybe<RemarkUse>;
  readonly areContractsApart?: Maybe<boolean>;
  readonly defaultRole?: Maybe<OrganizationRole>;
  /** The owner and the subject of a software list. */
  readonly of?: Maybe<string>;
  readonly subject?: Maybe<string>;
  readonly materials?: Maybe<ArtifactType>;
}

interface ColumnChange {
  readonly index: number;
  readonly use: ColumnUse;
  readonly kind?: Maybe<FactKind>;
  readonly field?: Maybe<string>;
  readonly control?: Maybe<string>;
  readonly dateOrder?: Maybe<DateOrder>;
}

/** The files as last analyzed; undefined before the first analysis. */
interface KnownFiles {
  readonly files: readonly { readonly name: string; readonly form: { readonly header: readonly string[] } }[];
}

/** Returns the decisions with the changes to one file. Throws BAD_USER_INPUT. */
export function mapFile(decisions: MappingDocument, known: KnownFiles | undefined, changes: FileChanges): MappingDocument {
  const {
    file,
    kinds,
    client,
    clientName,
    clientRole,
    columns,
    headerLine,
    encoding,
    delimiter,
    dateOrder,
    asOf,
    createMissingOrganizations,
    namesAbove,
    newArtifacts,
    rejectUnknownArtifacts,
    remarks,
    areContractsApart,
    defaultRole,
    of,
    subject,
    materials,
  } = changes;
  if (kinds?.length === 0) throw new ExposureError('BAD_USER_INPUT', 'kinds is empty: name at least one kind of fact, or leave it out.');
  if (newArtifacts && !(newArtifacts.sensitivity >= 1 && newArtifacts.sensitivity <= 5))
    throw new ExposureError('BAD_USER_INPUT', `The sensitivity of the new artifacts is ${newArtifacts.sensitivity}: give 1 to 5.`);
  const name = clientName ?? client;
  const stated: Partial<FileDecisions> = {
    ...(kinds ? { kinds: [...kinds] } : {}),
    ...(name ? { client: { name, role: clientRole ?? 'LAB', ...(clientName ? { isToBeCreated: true } : {}) } } : {}),
    ...(clientRole ? { clientRole } : {}),
    ...(headerLine === null || headerLine === undefined ? {} : { headerLine }),
    ...(encoding ? { encoding } : {}),
    ...(delimiter ? { delimiter } : {}),
    ...(dateOrder ? { dateOrder } : {}),
    ...(typeof asOf === 'number' ? { asOf: formatInstant(asOf) } : {}),
    ...(defaultRole ? { defaultRole } : {}),
    ...(namesAbove === null || namesAbove === undefined ? {} : { namesAbove }),
    ...(newArtifacts ? { newArtifacts: { ...newArtifacts } } : rejectUnknownArtifacts ? { newArtifacts: 'REJECT' as const } : {}),
    ...(remarks ? { remarks } : {}),
    ...(typeof areContractsApart === 'boolean' ? { contractsApart: areContractsApart } : {}),
    ...(of ? { of } : {}),
    ...(subject ? { subject } : {}),
    ...(materials ? { materials } : {}),
  };
  const mapped = withFileDecisions(decisions, file, (before) => ({
    ...before,
    ...stated,
    ...(columns ? { columns: joinColumns(before.columns ?? [], columns, known, file) } : {}),
  }));
  // One question covers all organizations of the import, in all its files.
  if (createMissingOrganizations === null || createMissingOrganizations === undefined) return mapped;
  return withFileDecisions(mapped, everyFile, (before) => ({ ...before, createMissing: createMissingOrganizations }));
}

function joinColumns(
  before: readonly ColumnDecision[],
  changes: readonly ColumnChange[],
  known: KnownFiles | undefined,
  file: string,
): ColumnDecision[] {
  const names = columnNames(known, file);
  const decided = changes.map(({ index, use, kind, field, control, dateOrder }) => ({
    column: names[index] ?? `#${index + 1}`,
    use,
    kind,
    field,
    control,
    dateOrder,
  }));
  const again = new Set(decided.map(({ column }) => column));
  return [...before.filter(({ column }) => !again.has(column)), ...decided];
}

/** Returns the decisions with added meanings of values. Throws BAD_USER_INPUT for an unknown column. */
export function mapValues(
  decisions: MappingDocument,
  known: KnownFiles | undefined,
  values: readonly { readonly file: string; readonly index: number; readonly value: string; readonly meaning?: Maybe<string> }[],
): MappingDocument {
  let mapped = decisions;
  for (const { file, index, value, meaning } of values) {
    const names = columnNames(known, file);
    if (names.length > 0 && names[index] === undefined) {
      throw new ExposureError('BAD_USER_INPUT', `The file ${JSON.stringify(file)} has no column with the index ${index}.`);
    }
    // During a new analysis the header is unknown: the column is named by its number.
    const number = `#${index + 1}`;
    const column = names[index] ?? number;
    mapped = withFileDecisions(mapped, file, (before) => {
      const others = (before.values ?? []).filter(
        (one) => (one.column !== column && one.column !== `#${index + 1}`) || one.value !== value,
      );
      return { ...before, values: [...others, { column, value, meaning: meaning ?? null }] };
    });
  }
  return mapped;
}

/**
 * Returns the decisions with a corrected cell. An earlier correction of the cell is replaced.
 *
 * @param files the files and sheets of the import, with their headers where these are known
 * @param line from 1, as an editor counts
 * @param index of the column, from 0
 * Throws BAD_USER_INPUT for an unknown file, line or column.
 */
export function fixCell(
  decisions: MappingDocument,
  files: readonly { readonly name: string; readonly header: readonly string[] }[],
  { file, line, index, text }: { readonly file: string; readonly line: number; readonly index: number; readonly text: string },
): MappingDocument {
  const found = files.find(({ name }) => name === file);
  if (found === undefined) throw new ExposureError('BAD_USER_INPUT', `The import has no file ${JSON.stringify(file.slice(0, 80))}.`);
  if (line < 1) throw new ExposureError('BAD_USER_INPUT', `The line is ${line}; the first line of a file is 1.`);
  const width = found.header.length || maxColumns;
  if (index < 0 || index >= width)
    throw new ExposureError(
      'BAD_USER_INPUT',
      `The file ${JSON.stringify(file)} has no column with the index ${index}; expected 0 to ${width - 1}.`,
    );
  return withFileDecisions(decisions, file, (before) => {
    const others = (before.cells ?? []).filter((cell) => cell.line !== line || cell.index !== index);
    return { ...before, cells: [...others, { line, index, text }] };
  });
}

/** Returns the decisions with added ones about organizations. Throws BAD_USER_INPUT for a merge without a target. */
export function decideParties(
  decisions: MappingDocument,
  parties: readonly { readonly match: string; readonly decision: MatchDecision; readonly target?: Maybe<string> }[],
): MappingDocument {
  const again = new Set(parties.map(({ match }) => match));
  const decided = parties.map(({ match, decision, target }) => {
    if ((decision === 'MERGE' || decision === 'ALIAS') && !target) {
      throw new ExposureError(
        'BAD_USER_INPUT',
        `The decision ${decision} about ${JSON.stringify(match)} names no target. Give the id of the candidate.`,
      );
    }
    return { party: match, decision, target: target ?? null };
  });
  return { ...decisions, parties: [...decisions.parties.filter(({ party }) => !again.has(party)), ...decided] };
}

function columnNames(known: KnownFiles | undefined, file: string): string[] {
  return nameColumns(known?.files.find(({ name }) => name === file)?.form.header ?? []);
}
