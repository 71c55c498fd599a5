/* People and groups that an identity provider keeps here (SCIM, RFC 7643). Instants in epoch milliseconds. */

/** A person as the provider's directory describes it. Nothing else that a provider sends is kept, above all no password. */
export interface ListedPerson {
  readonly userName: string;
  /** The provider's own id; null: not stated. */
  readonly externalId: string | null;
  readonly displayName: string | null;
  readonly name: { readonly formatted: string | null; readonly givenName: string | null; readonly familyName: string | null };
  readonly emails: readonly { readonly value: string; readonly type: string | null; readonly isPrimary: boolean }[];
  readonly isActive: boolean;
  readonly createdAt: number;
  readonly changedAt: number;
}

export interface ListedGroup {
  readonly displayName: string;
  readonly externalId: string | null;
  /** Ids of people of the directory. */
  readonly members: readonly string[];
  readonly createdAt: number;
  readonly changedAt: number;
}

/** The names under which the writes of a person may be recorded. */
export function namesOf({ userName, emails }: Pick<ListedPerson, 'userName' | 'emails'>): string[] {
  return [...new Set([userName, ...emails.map(({ value }) => value)])];
}

/** SCIM compares user names without case (RFC 7643 §4.1.1). */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
