import { createHash } from 'node:crypto';
import { isLabView } from '../../../questions/facts/lab-facts.ts';
import { askFindings, countFindings, filterAccepted } from '../../../questions/rankings/ask-findings.ts';
import type { FindingResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { pageOfArray, revisionAt } from '../../page.ts';
import { pageOrProgress } from '../../page-or-progress.ts';
import { factAt } from '../facts/fact-at.ts';

const list = 'Query.findings';

export const findingQueries = {
  findings: async (_, { asOf, kinds, isAccepted, first, after }, context, info) => {
    const projection = await context.facts();
    const asked = { list, question: { asOf, kinds }, instant: asOf, after };
    return pageOrProgress(context, info, projection, asked, async (instant, patienceMs) => {
      const findings = await askFindings(context, projection, instant, kinds, patienceMs);
      // Read acceptances only if they filter the list.
      const isFiltered = typeof isAccepted === 'boolean';
      const acceptances = isFiltered ? await context.acceptances() : new Map();
      const rows = filterAccepted(findings, acceptances, isAccepted);
      const accepted = isFiltered
        ? createHash('sha256')
            .update([...acceptances.keys()].join('\n'))
            .digest('base64url')
            .slice(0, 16)
        : null;
      const identity = { list, question: { kinds, isAccepted, accepted }, revision: revisionAt(projection.revision, instant) };
      return pageOfArray(identity, { first, after }, rows, (value) => ({ projection, value }));
    });
  },
  findingCounts: async (_, { asOf }, context) => {
    const projection = await context.facts();
    const findings = await askFindings(context, projection, asOf ?? context.now);
    return countFindings(findings, await context.acceptances());
  },
} satisfies QueryResolvers;

export const Finding: FindingResolvers = {
  id: ({ value }) => value.id,
  kind: ({ value }) => value.kind,
  message: ({ value }) => value.message,
  facts: ({ projection, value }) => value.facts.map(({ kind, index }) => factAt(projection, kind, index)),
  // Acceptances are not visible to a lab (semantics §10).
  acceptance: async ({ projection, value }, _, context) =>
    isLabView(projection) ? null : ((await context.acceptances()).get(value.id) ?? null),
};
