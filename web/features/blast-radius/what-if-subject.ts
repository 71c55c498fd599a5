import type { ComponentType } from 'react';
import { type FlowRadius, labsOfTiers } from '../../canvas/flows/flow-radius.ts';
import type { LanesRadius, NodeKey } from '../../canvas/lanes/lanes-props.ts';
import { formatWindow } from '../../shared/format/instant.ts';
import type { BlastRadiusInput } from '../../shared/generated/operations.ts';
import type { Suspect } from '../../shared/url/radius-options-url.ts';
import type { ScenarioStep } from '../../shared/url/scenario-url.ts';
import { flowRadiusOf } from './canvas/flow-radius.ts';
import { type ArtifactRow, type FlowRow, type Holding, lanesRadiusOf, type RadiusAnswer } from './lanes-radius.ts';
import { withoutCore } from './question-variables.ts';

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

interface SubjectOf {
  readonly radius: RadiusAnswer;
  readonly rows: readonly ArtifactRow[];
  readonly flows: readonly FlowRow[] | null;
  readonly holdings: ReadonlyMap<string, Holding> | null;
  readonly input: BlastRadiusInput;
  readonly title: string;
  readonly isLarge: boolean;
}

/** The radius that a what-if changes. Its windows are fixed, so that both sides use the same time. */
export function whatIfSubject({ radius, rows, flows, holdings, input, title, isLarge }: SubjectOf): Subject {
  return {
    title,
    input: {
      ...withoutCore(input, radius),
      core: { from: radius.core.from, to: radius.core.to },
      widest: { from: radius.widest.from, to: radius.widest.to },
    },
    lanes: lanesRadiusOf(radius, rows, holdings),
    flows: flows === null ? null : flowRadiusOf(radius, flows),
    isLarge,
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
