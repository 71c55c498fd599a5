import type { OrganizationRole } from '../../../shared/generated/operations.ts';
import type { ListKind } from './list-kinds.ts';

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
