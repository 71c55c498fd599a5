import type { LabSafeguardsQuery } from '../../../shared/generated/operations.ts';

/** One lab with its safeguards. */
export type Guarded = LabSafeguardsQuery['labSafeguards']['edges'][number]['node'];
export type SafeguardKey = 'auditRight' | 'noticeTerm' | 'encryption';

export const SAFEGUARD_WORDS: Readonly<Record<SafeguardKey, string>> = {
  auditRight: 'Audit right',
  noticeTerm: 'Notice term',
  encryption: 'Encryption evidenced',
};

/** The share of the value under a safeguard; null if the value is 0. */
export function shareOfValue(row: Guarded, key: SafeguardKey): number | null {
  return row.valueUsd === 0 ? null : row[key].valueUsd / row.valueUsd;
}

/** The share of the providers under a safeguard; null without providers. */
export function shareOfProviders(row: Guarded, key: SafeguardKey): number | null {
  return row.providerCount === 0 ? null : row[key].providerCount / row.providerCount;
}
