import type { OrganizationRole } from '../../../shared/generated/operations.ts';
import type { ListKind } from './list-kinds.ts';

/** What a person says about one list, before it is sent. */
export interface ListAnswer {
  /** Null: as recognized. */
  readonly kind: ListKind | null;
  readonly client: string;
  readonly role: OrganizationRole;
}
