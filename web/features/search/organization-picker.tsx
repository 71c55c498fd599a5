import type { FoundKind } from '../../shared/generated/operations.ts';
import { FindBox } from './find-box.tsx';

const ORGANIZATIONS: readonly FoundKind[] = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'];

interface OrganizationPickerProps {
  readonly label: string;
  readonly onPick: (id: string) => void;
  readonly autoFocus?: boolean;
}

/** A search field that finds one organization by name, alias or id. */
export function OrganizationPicker({ label, onPick, autoFocus = false }: OrganizationPickerProps) {
  return (
    <FindBox
      label={label}
      placeholder="Search for an organization"
      kinds={ORGANIZATIONS}
      autoFocus={autoFocus}
      onFind={(found) => onPick(found.id)}
    />
  );
}
