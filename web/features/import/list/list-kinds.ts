import type { FactKind } from '../../../shared/generated/operations.ts';

/** The kinds of list that a person can choose from, with the facts that a row makes. */
export const LIST_KINDS = [
  { value: 'VENDORS', label: 'Vendors of one client', kinds: ['ORGANIZATION', 'ENGAGEMENT'] },
  { value: 'PAIRS', label: 'Clients and their vendors, in pairs', kinds: ['ORGANIZATION', 'ENGAGEMENT'] },
  { value: 'ORGANIZATIONS', label: 'Organizations', kinds: ['ORGANIZATION'] },
  { value: 'ARTIFACTS', label: 'Artifacts', kinds: ['ARTIFACT'] },
  { value: 'TRANSFERS', label: 'Transfers', kinds: ['TRANSFER'] },
  { value: 'ACCESS', label: 'Access', kinds: ['ACCESS'] },
  { value: 'CONTROLS', label: 'Controls', kinds: ['CONTROL'] },
  { value: 'REVEALS', label: 'Artifacts that reveal others', kinds: ['REVEALS'] },
] as const satisfies readonly { value: string; label: string; kinds: readonly FactKind[] }[];

export type ListKind = (typeof LIST_KINDS)[number]['value'];

interface MappedColumns {
  readonly kinds: readonly FactKind[];
  readonly columns: readonly {
    readonly use: string;
    readonly kind: FactKind | null;
    readonly field: string | null;
    readonly confidence: number;
    readonly because: string;
    readonly column: string;
  }[];
}

/** The kind of list that a file was recognized as; null where it was not. */
export function listKindOf({ kinds, columns }: MappedColumns): ListKind | null {
  if (kinds.includes('ENGAGEMENT'))
    return columns.some(({ kind, field }) => kind === 'ENGAGEMENT' && field === 'client') ? 'PAIRS' : 'VENDORS';
  const own = kinds.find((kind) => LIST_KINDS.some((list) => list.kinds.length === 1 && list.kinds[0] === kind));
  return LIST_KINDS.find((list) => list.kinds.length === 1 && list.kinds[0] === own)?.value ?? null;
}

/** The fields that name what a row is about. */
const LEADING_FIELDS = [
  'name',
  'client',
  'provider',
  'owner',
  'artifact',
  'sender',
  'recipient',
  'organization',
  'control',
  'grantee',
  'grantor',
];

/**
 * How sure the recognition is, and why: the least certain of the columns that name what a row is about. The list is recognized by
 * these columns.
 *
 * @returns null where no column names anything
 */
export function recognitionOf({ columns }: MappedColumns): { readonly confidence: number; readonly because: string } | null {
  const leading = columns.filter(({ use, field }) => use === 'FIELD' && field !== null && LEADING_FIELDS.includes(field));
  if (leading.length === 0) return null;
  const least = leading.reduce((a, b) => (b.confidence < a.confidence ? b : a));
  return { confidence: least.confidence, because: leading.map(({ column, because }) => `${column}: ${because}`).join('; ') };
}
