import type { ReactNode } from 'react';
import type { InspectOrganizationQuery } from '../../shared/generated/operations.ts';

/** What each inspector is given, whatever it inspects. */
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
