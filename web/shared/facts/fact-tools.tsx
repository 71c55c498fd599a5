import { type ComponentType, createContext, useContext } from 'react';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A recorded fact. */
export type FactName =
  | { readonly kind: 'ORGANIZATION' | 'ARTIFACT' | 'TRANSFER' | 'ACCESS' | 'ENGAGEMENT'; readonly id: string }
  | { readonly kind: 'REVEALS'; readonly artifact: string; readonly reveals: string }
  | { readonly kind: 'CONTROL'; readonly organization: string; readonly control: string };

/** The kinds of fact that have a form. Facts of software come by import. */
export type EditableKind = FactName['kind'];

/** A fact to add, with the ends that are already known, by the name of their field: `recipient`, `grantor`, `artifact`. */
export interface NewFact {
  readonly kind: EditableKind;
  readonly known: Readonly<Record<string, Named>>;
}

/** Ways to change facts, which the page passes to whatever shows them. */
export interface FactTools {
  /** `of` names the fact for those who do not see where the button stands. */
  readonly Correct: ComponentType<{ readonly fact: FactName; readonly of: string }>;
  readonly Add: ComponentType<{ readonly choices: readonly NewFact[] }>;
  /** The software lists of an organization, for those who see any. */
  readonly Software: ComponentType<{ readonly organization: string }>;
}

const FactToolsContext = createContext<FactTools | null>(null);
export const FactToolsProvider = FactToolsContext.Provider;

/** Null where facts cannot be changed. */
export function useFactTools(): FactTools | null {
  return useContext(FactToolsContext);
}
