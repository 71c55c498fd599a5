import { type ComponentType, useMemo } from 'react';
import { type FlowRadius, labsOfTiers } from '../../canvas/flows/flow-radius.ts';
import type { LanesRadius, NodeKey } from '../../canvas/lanes/lanes-props.ts';
import { formatWindow } from '../../shared/format/instant.ts';
import { countInReach } from '../../shared/format/tier-counts.ts';
import type { BlastRadiusInput } from '../../shared/generated/operations.ts';
import { focusResult } from '../../shared/ui/focus-result.ts';
import { NO_COMPARISON } from '../../shared/url/comparison-url.ts';
import { inputOf, type Suspect } from '../../shared/url/radius-options-url.ts';
import type { ScenarioStep } from '../../shared/url/scenario-url.ts';
import { flowRadiusOf } from './canvas/flow-radius.ts';
import { type ArtifactRow, type FlowRow, type Holding, lanesRadiusOf, type RadiusAnswer } from './lanes-radius.ts';
import { withoutCore } from './question-variables.ts';
import { radiusTitle } from './sentences.ts';
import type { BlastView } from './use-blast-view.ts';

/** The what-if of a radius. The page passes the component in, because features do not import each other. */
export type WhatIf = ComponentType<{
  readonly subject: Subject;
  readonly actions: readonly ScenarioStep[];
  readonly selection: NodeKey | null;
  readonly onSelect: (selection: NodeKey | null) => void;
  readonly onActions: (actions: readonly ScenarioStep[]) => void;
  readonly kept: readonly ScenarioStep[] | null;
  readonly onKeep: () => void;
  readonly onCompare: () => void;
  readonly onClose: () => void;
}>;

interface Subject {
  readonly title: string;
  readonly input: BlastRadiusInput;
  readonly lanes: LanesRadius;
  readonly flows: FlowRadius | null;
  readonly isLarge: boolean;
  readonly origins: readonly string[];
  readonly suspects: readonly Suspect[];
  readonly options: { readonly maxHops: number; readonly transferLikelihood: number; readonly minDegree: number };
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly labs: readonly { readonly id: string; readonly name: string }[];
  readonly accesses: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  readonly widest: { readonly from: string; readonly to: string };
  readonly asked: string;
}

/** An answer with its rows so far. */
interface WhatIfOf {
  readonly radius: RadiusAnswer;
  readonly rows: readonly ArtifactRow[];
  /** Null: not known yet. */
  readonly flows: readonly FlowRow[] | null;
  readonly holdings: ReadonlyMap<string, Holding> | null;
}

interface WhatIfRadiusProps {
  readonly WhatIf: WhatIf;
  readonly of: WhatIfOf;
  readonly actions: readonly ScenarioStep[];
  readonly view: BlastView;
}

/** The radius of the view beside what actions would make of it. */
export function WhatIfRadius({ WhatIf, of: { radius, rows, flows, holdings }, actions, view: { state, change } }: WhatIfRadiusProps) {
  const subject = useMemo(() => {
    const input = inputOf(state);
    return input === null ? null : subjectOf({ radius, rows, flows, holdings }, input);
  }, [radius, rows, flows, holdings, state]);
  if (subject === null) return null;
  return (
    <WhatIf
      subject={subject}
      actions={actions}
      selection={state.selection as NodeKey | null}
      onSelect={(selection) => change({ selection })}
      onActions={(changed) => change({ actions: changed })}
      kept={state.comparison.actions}
      onKeep={() => change({ comparison: { ...NO_COMPARISON, actions } })}
      onCompare={() => {
        focusResult('compare:before');
        change({ comparison: { ...NO_COMPARISON, isOpen: true, actions: state.comparison.actions } });
      }}
      onClose={() => {
        focusResult('what-if:open');
        change({ actions: null, selection: null, comparison: NO_COMPARISON });
      }}
    />
  );
}

/** Above this number of artifacts, the pictures stop being lines between them. */
const mostLines = 60;

/** The radius that a what-if changes. Its windows are fixed, so that both sides use the same time. */
function subjectOf({ radius, rows, flows, holdings }: WhatIfOf, input: BlastRadiusInput): Subject {
  return {
    title: radiusTitle(radius),
    input: {
      ...withoutCore(input, radius),
      core: { from: radius.core.from, to: radius.core.to },
      widest: { from: radius.widest.from, to: radius.widest.to },
    },
    lanes: lanesRadiusOf(radius, rows, holdings),
    flows: flows === null ? null : flowRadiusOf(radius, flows),
    isLarge: countInReach(radius.summary) > mostLines,
    origins: radius.origins.map(({ id }) => id),
    suspects: radius.suspectedOrigins.map(({ organization, likelihood }) => ({ id: organization.id, likelihood })),
    options: { maxHops: radius.maxHops, transferLikelihood: radius.transferLikelihood, minDegree: radius.minDegree },
    ...actionNamesOf(radius),
    widest: radius.widest,
    asked: `${radius.hasCore ? `Core ${formatWindow(radius.core)} UTC · widest` : 'No core · widest'} ${formatWindow(radius.widest)}`,
  };
}

/** The records that an action can concern, with their names. */
export function actionNamesOf(radius: RadiusAnswer): Pick<Subject, 'organizations' | 'labs' | 'accesses'> {
  const reached = radius.reached.edges.map(({ node }) => node);
  const names = new Map(reached.map(({ organization }) => [organization.id, organization.name]));
  const accesses = new Map<string, Subject['accesses'][number]>();
  for (const { access, from, to } of reached.flatMap(({ path }) => path)) {
    if (access !== null) accesses.set(access.id, { id: access.id, from: names.get(from.id) ?? from.id, to: names.get(to.id) ?? to.id });
  }
  return {
    organizations: reached.map(({ organization }) => ({ id: organization.id, name: organization.name })),
    labs: labsOfTiers(radius.allLabTiers).map(({ id, name }) => ({ id, name })),
    accesses: [...accesses.values()],
  };
}
