import type { ReactNode } from 'react';
import type { InspectOrganizationQuery } from '../../shared/generated/operations.ts';

/** Properties common to all inspectors. */
export interface InspectProps {
  readonly onSelect: (key: string) => void;
  readonly onClose: () => void;
  readonly menu: ReactNode;
  readonly onExpand: (() => void) | null;
}

export type InspectedOrganization = NonNullable<InspectOrganizationQuery['organization']>;

export interface OrganizationTabProps {
  readonly organization: InspectedOrganization;
  readonly onSelect: (key: string) => void;
}
