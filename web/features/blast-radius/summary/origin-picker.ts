import type { ComponentType } from 'react';

/** A search field for organizations, handed in by the page: features do not know each other. */
export type OriginPicker = ComponentType<{ readonly onPick: (id: string) => void; readonly label: string; readonly autoFocus?: boolean }>;
