import type { FactKind, OrganizationRole } from '../../../shared/generated/operations.ts';

/** The kinds of list that a person can choose, with the kinds of facts that each row makes. */
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

/** The recognized kind of a list, or null. */
export function listKindOf({ kinds, columns }: MappedColumns): ListKind | null {
  if (kinds.includes('ENGAGEMENT'))
    return columns.some(({ kind, field }) => kind === 'ENGAGEMENT' && field === 'client') ? 'PAIRS' : 'VENDORS';
  const own = kinds.find((kind) => LIST_KINDS.some((list) => list.kinds.length === 1 && list.kinds[0] === kind));
  return LIST_KINDS.find((list) => list.kinds.length === 1 && list.kinds[0] === own)?.value ?? null;
}

/** The fields that name the subject of a row. */
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
 * The confidence of the recognition, with its reason. It is that of the least certain column that names the subject of a row,
 * because these columns decide the kind of the list.
 *
 * @returns null if no column names a subject
 */
export function recognitionOf({ columns }: MappedColumns): { readonly confidence: number; readonly because: string } | null {
  const leading = columns.filter(({ use, field }) => use === 'FIELD' && field !== null && LEADING_FIELDS.includes(field));
  if (leading.length === 0) return null;
  const least = leading.reduce((a, b) => (b.confidence < a.confidence ? b : a));
  return { confidence: least.confidence, because: leading.map(({ column, because }) => `${column}: ${because}`).join('; ') };
}

const NO_LAB =
  /\b(banks?|banque|banco|bancorp|sparkasse|insurance|insurer|assurances?|versicherung(en)?|seguros|city|county|council|ministry|department|agency|authority|ville|commune|mairie|stadt|gemeinde|ministerium|ayuntamiento|hospital|clinic|klinik(um)?|universit\S*|college|school|airlines?|airport)\b/i;

/** The role to propose for a new client: a lab, unless its name says otherwise. */
export function likelyRole(name: string): OrganizationRole {
  return NO_LAB.test(name) ? 'VENDOR' : 'LAB';
}

/** A person's unsent answers about one list. */
export interface ListAnswer {
  /** Null: as recognized. */
  readonly kind: ListKind | null;
  readonly client: string;
  /** Null: as the name of the list's one client suggests. Nothing suggests it where the rows name the clients. */
  readonly role: OrganizationRole | null;
  /** The typed day of the list; null: the list's own. */
  readonly day: string | null;
}
