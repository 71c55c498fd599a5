import type { ComponentType } from 'react';

interface PickerProps {
  readonly label: string;
  readonly onPick: (id: string, name: string) => void;
}

/** Search fields of another feature. */
export interface Pickers {
  readonly OrganizationPicker: ComponentType<PickerProps>;
  readonly ArtifactPicker: ComponentType<PickerProps>;
}
