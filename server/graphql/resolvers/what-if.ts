import type { ChangeKind } from '../../exposure/scenario/compare-radii.ts';
import type { AnsweredComparison } from '../../questions/radius/ask-what-if.ts';
import {
  askBestCuts,
  askComparison,
  askFactChanges,
  askWhatIf,
  countChanges,
  listLimits,
  listRadiusChanges,
} from '../../questions/radius/ask-what-if.ts';
import type { QueryResolvers, RadiusChangeResolvers, RadiusComparisonResolvers, WhatIfResolvers } from '../generated/resolvers.ts';
import type { RadiusChangeModel } from '../models.ts';
import { artifactAt, engagementAt } from '../models.ts';
import type { Connection, PageArguments } from '../page.ts';
import { pageOfArray } from '../page.ts';

export const whatIfQueries = {
  whatIf: (_, { input, actions }, context) => askWhatIf(context, input, actions),
} satisfies QueryResolvers;

export const WhatIf: WhatIfResolvers = {
  baseline: ({ baseline }) => baseline,
  scenario: ({ scenario }) => scenario,
  changes: ({ baseline, scenario }, args) => pageOfChanges('WhatIf.changes', { before: baseline, after: scenario }, args),
  changeCounts: ({ baseline, scenario }) => countChanges({ before: baseline, after: scenario }),
  stopped: ({ scenario }, args) => {
    const { projection, scenario: laidOver } = scenario.radius;
    const identity = { list: 'WhatIf.stopped', question: scenario.question, revision: projection.revision };
    return pageOfArray(identity, args, laidOver?.stopped ?? [], (index) => engagementAt(projection, index));
  },
  limits: listLimits,
};

interface ChangesArguments extends PageArguments {
  /** Null or absent: every kind. */
  readonly kinds?: readonly ChangeKind[] | null | undefined;
}

/** A page of the changes between two radii, one row for each artifact. */
function pageOfChanges(list: string, compared: AnsweredComparison, args: ChangesArguments): Connection<RadiusChangeModel> {
  const { before, after } = compared;
  const kinds = args.kinds ?? null;
  const { changes, explain } = listRadiusChanges(compared, kinds);
  const identity = {
    list,
    question: [before.question, after.question, kinds],
    revision: `${before.radius.projection.revision}-${after.radius.projection.revision}`,
  };
  return pageOfArray(identity, args, changes, (value) => ({ before, after, value, explain }));
}

export const RadiusChange: RadiusChangeResolvers = {
  artifact: ({ before, after, value }) => {
    const { projection } = (value.after === undefined ? before : after).radius;
    return artifactAt(projection, projection.artifacts.id.find(value.id));
  },
  kind: ({ value }) => value.kind,
  before: ({ before, value }) => (value.before === undefined ? null : { model: before, value: value.before }),
  after: ({ after, value }) => (value.after === undefined ? null : { model: after, value: value.after }),
  because: ({ explain, value }) => explain(value),
};

export const compareRadiusQueries = {
  compareRadius: (_, { before, after, beforeActions, afterActions }, context) =>
    askComparison(context, { question: before, actions: beforeActions ?? [] }, { question: after, actions: afterActions ?? [] }),
} satisfies QueryResolvers;

export const RadiusComparison: RadiusComparisonResolvers = {
  before: ({ before }) => before,
  after: ({ after }) => after,
  changes: ({ before, after }, args) => pageOfChanges('RadiusComparison.changes', { before, after }, args),
  changeCounts: countChanges,
  factChanges: async ({ before, after }, args, context) => {
    const changes = await askFactChanges(context, { before, after });
    const identity = {
      list: 'RadiusComparison.factChanges',
      question: [before.question, after.question],
      revision: `${before.radius.projection.revision}-${after.radius.projection.revision}`,
    };
    return pageOfArray(identity, args, changes, (change) => ({ change }));
  },
};

export const bestCutQueries = {
  bestCuts: async (_, { input, at, budget, by }, context) => {
    const { projection, cuts } = await askBestCuts(context, input, at, budget ?? undefined, by ?? undefined);
    return cuts.map(({ action, ...figures }, i) => ({ ...figures, position: i + 1, action: { projection, value: action } }));
  },
} satisfies QueryResolvers;
