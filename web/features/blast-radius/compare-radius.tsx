import { type ComponentType, useMemo } from 'react';
import type { BlastRadiusInput, SavedIncidentFragment } from '../../shared/generated/operations.ts';
import { type ComparedSide, type Comparison, NO_COMPARISON } from '../../shared/url/comparison-url.ts';
import { inputOf } from '../../shared/url/radius-options-url.ts';
import type { ScenarioStep } from '../../shared/url/scenario-url.ts';
import type { RadiusAnswer } from './lanes-radius.ts';
import { toWindows, windowInput, withoutCore } from './question-variables.ts';
import { radiusTitle } from './sentences.ts';
import { stepsOf } from './summary/saved-incident.ts';
import type { BlastView } from './use-blast-view.ts';
import { actionNamesOf } from './what-if-radius.tsx';

/** The comparison of two radii. The page passes the component in, because features do not import each other. */
export type Compare = ComponentType<{
  readonly title: string;
  readonly input: BlastRadiusInput;
  readonly here: ComparedSide;
  readonly comparison: Comparison;
  readonly savedActions: readonly ScenarioStep[];
  readonly names: ReturnType<typeof actionNamesOf>;
  readonly onChange: (comparison: Comparison) => void;
  readonly onSwap: (there: ComparedSide) => void;
  readonly onClose: () => void;
}>;

interface CompareRadiusProps {
  readonly Compare: Compare;
  readonly radius: RadiusAnswer;
  readonly saved: SavedIncidentFragment | null;
  readonly view: BlastView;
}

/** The radius of the view beside another of the same origins. */
export function CompareRadius({ Compare, radius, saved, view }: CompareRadiusProps) {
  const { state, change } = view;
  const here = useMemo(
    (): ComparedSide => ({
      origins: null,
      core: windowInput(radius.core),
      widest: windowInput(radius.widest),
      knownAt: state.knownAt,
      actions: state.actions ?? [],
    }),
    [radius.core, radius.widest, state.knownAt, state.actions],
  );
  const input = inputOf(state);
  if (input === null) return null;
  const swap = ({ origins, core, widest, knownAt, actions }: ComparedSide) =>
    change({
      ...(origins !== null && { origins, suspects: [] }),
      ...toWindows(radius, { core, widest }),
      knownAt,
      actions: actions.length === 0 ? null : actions,
      comparison: {
        isOpen: true,
        origins: origins && radius.origins.map(({ id }) => id),
        core: here.core,
        widest: here.widest,
        knownAt: here.knownAt ?? 'now',
        actions: here.actions,
      },
    });
  return (
    <Compare
      title={radiusTitle(radius)}
      input={withoutCore(input, radius)}
      here={here}
      comparison={state.comparison}
      savedActions={saved === null ? [] : stepsOf(saved.scenario)}
      names={actionNamesOf(radius)}
      onChange={(comparison) => change({ comparison })}
      onSwap={swap}
      onClose={() => change({ comparison: NO_COMPARISON })}
    />
  );
}
