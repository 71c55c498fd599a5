import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatBytes } from '../../shared/format/volume.ts';
import type { FactKind, ImportDetailQuery, ImportState, ImportSummaryFragment } from '../../shared/generated/operations.ts';

type Report = NonNullable<ImportSummaryFragment['report']>;

/** The eight files of canonical CSV with their required columns. */
export const CANONICAL_FILES: readonly { readonly name: string; readonly noun: string; readonly required: string }[] = [
  { name: 'organizations.csv', noun: 'Organizations', required: 'id, name' },
  { name: 'artifacts.csv', noun: 'Artifacts', required: 'id, name, type, owner, sensitivity' },
  { name: 'transfers.csv', noun: 'Transfers', required: 'id, artifact, sender, recipient' },
  { name: 'access.csv', noun: 'Access', required: 'id, grantee, grantor' },
  { name: 'engagements.csv', noun: 'Engagements', required: 'id, client, provider' },
  { name: 'reveals.csv', noun: 'Reveals', required: 'artifact, reveals, degree' },
  { name: 'controls.csv', noun: 'Controls', required: 'organization, control, evidence_type' },
  { name: 'incidents.csv', noun: 'Incidents', required: 'id, name, origins' },
];

/** The content of a file, guessed from its name. The server decides by name or header. */
export function kindOfFile(name: string): string {
  return CANONICAL_FILES.find((file) => file.name === name.toLowerCase())?.noun ?? 'Set by its header';
}

export const FACT_NOUNS: Readonly<Record<FactKind, string>> = {
  ORGANIZATION: 'organization',
  ARTIFACT: 'artifact',
  TRANSFER: 'transfer',
  ACCESS: 'access',
  ENGAGEMENT: 'engagement',
  REVEALS: 'reveals',
  CONTROL: 'control',
  SOFTWARE_LIST: 'software list',
  ADVISORY: 'advisory',
  AVAILABILITY: 'availability',
  SOFTWARE_STATEMENT: 'software statement',
};

export const STATE_WORDS: Readonly<Record<ImportState, string>> = {
  DRAFT: 'Draft',
  ANALYZING: 'Reading',
  COMMITTING: 'Writing',
  COMMITTED: 'Imported',
  FAILED: 'Failed',
  UNDONE: 'Undone',
  DISCARDED: 'Discarded',
};

type Titled = Pick<ImportSummaryFragment, 'name' | 'source' | 'files'>;

/** The title of an import: the name that a person gave it, else its source, else its files. */
export function titleOf({ name, source, files }: Titled): string {
  // Without a given name, the server answers the name of the first file.
  const names = uploadedNames(files);
  if (name !== null && uploadedName(name) !== names[0]) return name;
  if (source !== null && source !== '') return source;
  const [first, ...others] = names;
  if (first === undefined) return 'New import';
  return others.length === 0 ? first : `${first} and ${countOf(others.length, 'other file', 'other files')}`;
}

/** The names of the uploaded files. The server lists a workbook sheet by sheet. */
function uploadedNames(files: readonly { readonly name: string }[]): string[] {
  return [...new Set(files.map(({ name }) => uploadedName(name)))];
}

/** The uploaded file of a table: `book.xlsx` of `book.xlsx#Vendors`. */
export function uploadedName(name: string): string {
  return /^([^#]*\.(?:xls[xm]|ods|docx|x?html?|md|markdown|jsonl?|ndjson|ya?ml|zip))#/i.exec(name)?.[1] ?? name;
}

type Cells = NonNullable<Report['cells']>;

/** `Cells: 12 read = 10 used + 1 kept as text + 1 left out + 0 rejected.` */
export function cellSentence({ read, used, keptAsText, leftOut, rejected }: Cells): string {
  return `Cells: ${formatCount(read)} read = ${formatCount(used)} used + ${formatCount(keptAsText)} kept as text + ${formatCount(leftOut)} left out + ${formatCount(rejected)} rejected.`;
}

const CELL_CHANGES: Readonly<Record<Cells['notes'][number]['change'], string>> = {
  SPLIT: 'split',
  JOINED: 'taken as one',
  REPAIRED: 'repaired',
  TRANSLATED: 'translated',
  REMARK: 'used, with a part kept as text',
  FOLDED: 'outweighed',
  LEFT_OUT: 'left out',
};

/** The change of cells of a column, the reason, and the first examples. */
export function cellNoteSentence({ file, change, column, rule, count, examples }: Cells['notes'][number]): string {
  const one = count === 1;
  const what = column === null ? (change === 'FOLDED' ? 'value' : change === 'LEFT_OUT' ? 'row' : 'cell') : 'cell';
  const subject = `${file}: ${formatCount(count)} ${one ? what : `${what}s`}${column === null ? '' : ` of "${column}"`}`;
  const shown = examples.slice(0, 3).map(({ line, text, becomes }) => `line ${line} "${text}"${becomes === null ? '' : ` → ${becomes}`}`);
  return `${subject} ${CELL_CHANGES[change]}, because ${one ? 'it' : 'each'} ${rule}${shown.length === 0 ? '' : ` (${shown.join('; ')})`}.`;
}

/** `Rows: 403 read = 402 used + 0 repeated + 1 left out + 0 rejected.` */
export function accountSentence({ read, used, repeated, leftOut, rejected }: NonNullable<Report['account']>): string {
  const [r, u, d, l, x] = [read, used, repeated, leftOut, rejected].map(formatCount);
  return `Rows: ${r} read = ${u} used + ${d} repeated + ${l} left out + ${x} rejected.`;
}

const DELIMITER_WORDS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar' };

/** The delimiter in words; null for a sheet of a workbook, which has none. */
export function delimiterInWords(delimiter: string): string | null {
  return delimiter === '' ? null : (DELIMITER_WORDS[delimiter] ?? delimiter);
}

/** Introduces the reasons for an import that changes nothing and rejects some rows. */
export function nothingChangesSentence({ unchanged, rejected }: Pick<Report, 'unchanged' | 'rejected'>): string {
  const reasons = `${countOf(rejected, 'row was', 'rows were')} rejected for the ${rejected === 1 ? 'reason' : 'reasons'} below`;
  if (unchanged === 0) return `Nothing can be imported: ${reasons}.`;
  return `Nothing changes: ${countOf(unchanged, 'row matches', 'rows match')} the recorded data, and ${reasons}.`;
}

/**
 * Says that no file or sheet is a list that can be imported; null if a row was read or rejected. Then no cell is wrong: a person
 * says what the file lists, or imports another one.
 */
export function refusedFilesSentence({ causes, files }: Pick<NonNullable<ImportDetailQuery['import']>, 'causes' | 'files'>): string | null {
  if (causes.length === 0 || causes.some(({ code }) => code !== 'UNKNOWN_KIND')) return null;
  const count = causes.reduce((sum, cause) => sum + cause.count, 0);
  const isWorkbook = files.every(({ name }) => uploadedName(name) !== name);
  const [one, many] = isWorkbook ? ['sheet is', 'sheets are'] : ['file is', 'files are'];
  return `Nothing can be imported: ${countOf(count, one, many)} not an inventory, or empty. The reasons are below.`;
}

/** The effect of a commit in one sentence: `Imported: 6 created, 5 updated.` */
export function outcomeOf({ created, updated, unchanged, rejected }: Report): string {
  if (created === 0 && updated === 0 && rejected === 0)
    return `Nothing changed. ${countOf(unchanged, 'row matches', 'rows match')} the recorded data.`;
  const parts = [`${formatCount(created)} created`, `${formatCount(updated)} updated`];
  if (unchanged > 0) parts.push(`${formatCount(unchanged)} unchanged`);
  if (rejected > 0) parts.push(`${formatCount(rejected)} rejected`);
  return `Imported: ${parts.join(', ')}.`;
}

const STEP_WORDS: Readonly<Record<string, string>> = {
  reading: 'Reading the files',
  comparing: 'Comparing with the recorded data',
  writing: 'Writing the changes',
  undoing: 'Undoing',
};

/** `Reading the files: 1.2 MB of 5.2 MB`, `Writing the changes: 1,000 of 5,000 rows`, `Undoing: 1,000 of 5,000 records`. */
export function progressSentence({ step, done, total }: NonNullable<ImportSummaryFragment['progress']>): string {
  const words = STEP_WORDS[step] ?? step;
  if (total === null) return `${words} …`;
  if (step === 'reading') return `${words}: ${formatBytes(done)} of ${formatBytes(total)}`;
  const [one, many] = step === 'undoing' ? ['record', 'records'] : ['row', 'rows'];
  return `${words}: ${formatCount(done)} of ${countOf(total, one, many)}`;
}

/** `2 new, 23 listed again, 1 gone`. */
export function driftInWords({ newCount, againCount, goneCount }: NonNullable<Report['drift']>): string {
  return `${formatCount(newCount)} new, ${formatCount(againCount)} listed again, ${formatCount(goneCount)} gone`;
}
