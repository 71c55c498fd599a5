import { formatBytes } from '../../shared/format/bytes.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import type { FactKind, ImportState, ImportSummaryFragment } from '../../shared/generated/operations.ts';

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

/** The title of an import: its source, else its files. */
export function titleOf({ source, files }: Pick<ImportSummaryFragment, 'source' | 'files'>): string {
  if (source !== null && source !== '') return source;
  const [first, ...others] = files;
  if (first === undefined) return 'New import';
  return others.length === 0 ? first.name : `${first.name} and ${countOf(others.length, 'other file', 'other files')}`;
}

/** Introduces the reasons for an import that changes nothing and rejects some rows. */
export function nothingChangesSentence({ unchanged, rejected }: Pick<Report, 'unchanged' | 'rejected'>): string {
  const reasons = `${countOf(rejected, 'row was', 'rows were')} rejected for the ${rejected === 1 ? 'reason' : 'reasons'} below`;
  if (unchanged === 0) return `Nothing can be imported: ${reasons}.`;
  return `Nothing changes: ${countOf(unchanged, 'row matches', 'rows match')} the recorded data, and ${reasons}.`;
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
};

/** `Reading the files: 1.2 MB of 5.2 MB`, `Writing the changes: 1,000 of 5,000 rows`. */
export function progressSentence({ step, done, total }: NonNullable<ImportSummaryFragment['progress']>): string {
  const words = STEP_WORDS[step] ?? step;
  if (total === null) return `${words} …`;
  if (step === 'reading') return `${words}: ${formatBytes(done)} of ${formatBytes(total)}`;
  return `${words}: ${formatCount(done)} of ${countOf(total, 'row', 'rows')}`;
}

/**
 * A sentence of the server without the parts that name a flag of the command line. The page has controls instead.
 */
export function inPageWords(message: string): string {
  const sentences = message.match(/[^.?!]+(?:[.?!](?!\s|$)[^.?!]*)*[.?!]*\s*/g) ?? [message];
  return sentences
    .filter((sentence) => !/(^|[\s(])--[a-z]/.test(sentence))
    .join('')
    .trim();
}
