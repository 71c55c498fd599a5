import { countOf, formatCount } from '../../shared/format/count.ts';
import type { FactKind, ImportState, ImportSummaryFragment } from '../../shared/generated/operations.ts';

/** The eight files of canonical CSV, with the columns that each needs. */
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

/** What a file holds, by its name; the server decides, by name or header. */
export function kindOfFile(name: string): string {
  return CANONICAL_FILES.find((file) => file.name === name.toLowerCase())?.noun ?? 'By its header';
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
  ANALYZING: 'Being read',
  COMMITTING: 'Being written',
  COMMITTED: 'Imported',
  FAILED: 'Failed',
  UNDONE: 'Taken back',
  DISCARDED: 'Discarded',
};

/** An import as a person calls it: its source, else its files. */
export function titleOf({ source, files }: Pick<ImportSummaryFragment, 'source' | 'files'>): string {
  if (source !== null && source !== '') return source;
  const [first, ...others] = files;
  if (first === undefined) return 'New import';
  return others.length === 0 ? first.name : `${first.name} and ${countOf(others.length, 'other file', 'other files')}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** What a commit did, in one line. */
export function outcomeOf({ created, updated, unchanged, rejected }: NonNullable<ImportSummaryFragment['report']>): string {
  if (created === 0 && updated === 0 && rejected === 0) return `Imported: nothing changed, ${formatCount(unchanged)} were so already.`;
  const parts = [`${formatCount(created)} created`, `${formatCount(updated)} updated`];
  if (unchanged > 0) parts.push(`${formatCount(unchanged)} unchanged`);
  if (rejected > 0) parts.push(`${formatCount(rejected)} left out`);
  return `Imported: ${parts.join(', ')}.`;
}
