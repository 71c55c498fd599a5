import type { BlastRadiusInput } from '../../../shared/generated/operations.ts';
import type { ComparedSide, Comparison } from '../../../shared/url/comparison-url.ts';
import type { ScenarioStep } from '../../../shared/url/scenario-url.ts';
import type { ActionNames } from '../what-if-words.ts';

export interface CompareProps {
  readonly title: string;
  /** The question of the view, which the sides override. */
  readonly input: BlastRadiusInput;
  /** The view's own side. */
  readonly here: ComparedSide;
  readonly comparison: Comparison;
  /** Actions saved with the incident. */
  readonly savedActions: readonly ScenarioStep[];
  readonly names: ActionNames;
  readonly onChange: (comparison: Comparison) => void;
  /** Puts the other side in the view's place, and the view's side in the other's. */
  readonly onSwap: (there: ComparedSide) => void;
  readonly onClose: () => void;
}

/** The other side: the view's own, with what the comparison changes. */
export function otherSide(here: ComparedSide, { core, widest, knownAt, actions }: Comparison): ComparedSide {
  return {
    core: core ?? here.core,
    widest: widest ?? here.widest,
    knownAt: knownAt === 'now' ? null : (knownAt ?? here.knownAt),
    actions: actions ?? here.actions,
  };
}

/** The server's input for a side. */
export function inputOfSide(input: BlastRadiusInput, { core, widest, knownAt }: ComparedSide): BlastRadiusInput {
  const { knownAt: _, ...rest } = input;
  return {
    ...rest,
    core: { from: core.from, to: core.to },
    widest: { from: widest.from, to: widest.to },
    ...(knownAt === null ? {} : { knownAt }),
  };
}
