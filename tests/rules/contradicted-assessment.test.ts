import { copyForms } from '../../server/domain/facts.ts';
import { assessmentStates } from '../../server/domain/records/incident-log.ts';
import { isContradicted } from '../../server/rules/contradicted-assessment.ts';
import { tiers } from '../../server/rules/copy-tier.ts';
import { describe, expect, it } from '../support/test.ts';

describe('an assessment that the inventory contradicts', () => {
  it('[G212] is "not disclosed" of an EXPOSED copy in plaintext', () => {
    expect(isContradicted('NOT_DISCLOSED', 'PLAINTEXT', 'EXPOSED')).toBe(true);
  });

  it('[G212] is no other state, form or tier', () => {
    const all = assessmentStates.flatMap((state) => copyForms.flatMap((form) => tiers.map((tier) => [state, form, tier] as const)));
    expect(all.filter((one) => isContradicted(...one))).toEqual([['NOT_DISCLOSED', 'PLAINTEXT', 'EXPOSED']]);
  });
});
