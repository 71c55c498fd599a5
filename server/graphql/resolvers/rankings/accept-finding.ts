import type { Acceptance } from '../../../domain/acceptance.ts';
import { formatInstant } from '../../../domain/instants.ts';
import { findFinding, saveAcceptance } from '../../../questions/rankings/ask-findings.ts';
import type { MutationResolvers, UserError } from '../../generated/resolvers.ts';

const maxReasonLength = 10_000;

export const acceptFindingMutations = {
  acceptFinding: async (_, { input }, context) => {
    const reason = input.reason.trim();
    const until = input.until ?? null;
    const userErrors: UserError[] = [];
    const fault = (code: string, field: string, message: string) => userErrors.push({ code, path: [field], message });
    if (reason === '') fault('MISSING_VALUE', 'reason', 'The acceptance has no reason; say why the finding is acceptable.');
    if (reason.length > maxReasonLength) {
      fault('BAD_VALUE', 'reason', `The reason has ${reason.length.toLocaleString('en-US')} characters; expected at most 10,000.`);
    }
    if (until !== null && until <= context.now) {
      fault('BAD_VALUE', 'until', `until is ${formatInstant(until)}, which is in the past; choose a later instant, or leave it out.`);
    }
    const projection = await context.facts();
    const value = await findFinding(context, projection, input.finding);
    if (value === undefined) {
      fault('NOT_FOUND', 'finding', `There is no finding "${input.finding.slice(0, 80)}" now; it may have been resolved.`);
    }
    if (value === undefined || userErrors.length > 0) return { finding: null, userErrors };
    const acceptance: Acceptance = { reason, by: context.by, at: context.now, until };
    await saveAcceptance(context, value.id, acceptance);
    return { finding: { projection, value }, userErrors: [] };
  },
} satisfies MutationResolvers;
