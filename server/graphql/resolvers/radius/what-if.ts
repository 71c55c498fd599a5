import { compareRadii } from '../../../exposure/scenario/compare-radii.ts';
import { ChangeExplainer } from '../../../exposure/scenario/explain-change.ts';
import { findLimits } from '../../../exposure/scenario/scenario-limits.ts';
import { askWhatIf } from '../../../questions/ask-what-if.ts';
import type { QueryResolvers, RadiusChangeResolvers, WhatIfResolvers } from '../../generated/resolvers.ts';
import type { RadiusChangeModel, RadiusModel } from '../../models.ts';
import { artifactAt, engagementAt } from '../../models.ts';
import type { Connection, PageArguments } from '../../page.ts';
import { pageOfArray } from '../../page.ts';
import { askRadiusHere } from './blast-radius.ts';

export const whatIfQueries = {
  whatIf: async (_, { input, actions }, context) => askWhatIf(context.services, await askRadiusHere(input, context), actions),
} satisfies QueryResolvers;

export const WhatIf: WhatIfResolvers = {
  baseline: ({ baseline }) => baseline,
  scenario: ({ scenario }) => scenario,
  changes: ({ baseline, scenario }, args) => pageOfChanges('WhatIf.changes', baseline, scenario, args),
  stopped: ({ scenario }, args) => {
    const { projection, scenario: laidOver } = scenario.radius;
    const identity = { list: 'WhatIf.stopped', question: scenario.question, revision: projection.revision };
    return pageOfArray(identity, args, laidOver?.stopped ?? [], (index) => engagementAt(projection, index));
  },
  limits: ({ scenario }) => findLimits(scenario.radius),
};

/** What became of each artifact between two radii. */
export function pageOfChanges(list: string, before: RadiusModel, after: RadiusModel, args: PageArguments): Connection<RadiusChangeModel> {
  const explainer = new ChangeExplainer(before.radius, after.radius);
  const identity = {
    list,
    question: [before.question, after.question],
    revision: `${before.radius.projection.revision}-${after.radius.projection.revision}`,
  };
  return pageOfArray(identity, args, compareRadii(before.radius, after.radius), (value) => ({ before, after, value, explainer }));
}

export const RadiusChange: RadiusChangeResolvers = {
  artifact: ({ before, after, value }) => {
    const { projection } = (value.after === undefined ? before : after).radius;
    return artifactAt(projection, projection.artifacts.id.find(value.id));
  },
  kind: ({ value }) => value.kind,
  before: ({ before, value }) => (value.before === undefined ? null : { model: before, value: value.before }),
  after: ({ after, value }) => (value.after === undefined ? null : { model: after, value: value.after }),
  because: ({ explainer, value }) => explainer.explain(value),
};
