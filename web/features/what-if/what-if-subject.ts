import type { FlowRadius } from '../../canvas/flows/flow-radius.ts';
import type { LanesRadius, NodeKey } from '../../canvas/lanes/lanes-props.ts';
import type { BlastRadiusInput } from '../../shared/generated/operations.ts';
import type { ScenarioStep } from '../../shared/url/scenario-url.ts';

/** The blast radius that a what-if changes, as the page shows it. */
export interface WhatIfSubject {
  readonly title: string;
  readonly input: BlastRadiusInput;
  readonly lanes: LanesRadius;
  /** Null while unknown. */
  readonly flows: FlowRadius | null;
  /** Lines stop being a picture: the difference is drawn as a matrix. */
  readonly isLarge: boolean;
  /** The reached organizations, origins first. */
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly labs: readonly { readonly id: string; readonly name: string }[];
  /** Access facts over which the compromise passes. */
  readonly accesses: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  /** RFC 3339. */
  readonly widest: { readonly from: string; readonly to: string };
  /** The windows and hops in words. */
  readonly asked: string;
}

export interface WhatIfProps {
  readonly subject: WhatIfSubject;
  readonly actions: readonly ScenarioStep[];
  readonly selection: NodeKey | null;
  readonly onSelect: (selection: NodeKey | null) => void;
  readonly onActions: (actions: readonly ScenarioStep[]) => void;
  /** The actions that were kept to be compared with others; null: none. */
  readonly kept: readonly ScenarioStep[] | null;
  readonly onKeep: () => void;
  readonly onCompare: () => void;
  readonly onClose: () => void;
}
