import type { ComponentType } from 'react';

/** A search field for organizations. The page passes it in, because features do not import each other. */
export type OriginPicker = ComponentType<{ readonly onPick: (id: string) => void; readonly label: string; readonly autoFocus?: boolean }>;
