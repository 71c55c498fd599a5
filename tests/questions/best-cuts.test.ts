import { Serving, smallWorld, summer2025 } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const input = { origins: ['tool'], core: summer2025, widest: summer2025 };
const bestCuts = `query ($input: BlastRadiusInput!, $at: DateTime, $budget: Int) {
  blastRadius(input: $input) { summary { weightedLossUsd worstCaseLossUsd } }
  bestCuts(input: $input, at: $at, budget: $budget) {
    position action { kind organization { id } access { id } owner { id } at }
    removedWeightedLossUsd removedWorstCaseLossUsd remainingWeightedLossUsd because
  }
}`;

describe('[G124] best cuts', () => {
  it('come in order, each with the tiers it removes if done in time', async () => {
    const { blastRadius, bestCuts: cuts } = await serving.get(bestCuts, { input });
    // Both remove everything; the organization wins the tie.
    expect(cuts).toEqual([
      {
        position: 1,
        action: { kind: 'ENCRYPT', organization: { id: 'vendor' }, access: null, owner: null, at: summer2025.from },
        removedWeightedLossUsd: blastRadius.summary.weightedLossUsd,
        removedWorstCaseLossUsd: blastRadius.summary.worstCaseLossUsd,
        remainingWeightedLossUsd: 0,
        because: expect.stringMatching(/^Vendor; one holds the best ways in to .*guide.*\.$/s),
      },
    ]);
  });

  it('[G643] lower the figure that is asked for: weighted loss, worst case, or labs', async () => {
    const by = async (order: string) =>
      (
        await serving.get(`query ($input: BlastRadiusInput!) { bestCuts(input: $input, by: ${order}) { action { kind } because } }`, {
          input,
        })
      ).bestCuts;
    expect((await by('WORST_CASE_LOSS'))[0].because).toMatch(/^Vendor; one holds ways in to /);
    expect((await by('LABS'))[0].because).toMatch(/^Vendor; one holds the last ways in to artifacts of Älpha Lab;/);
  });

  it('are empty once it is too late', async () => {
    expect((await serving.get(bestCuts, { input, at: '2025-07-01T00:00:00Z' })).bestCuts).toEqual([]);
  });

  it.each([0, 11])('refuse a budget of %d', async (budget) => {
    const { errors } = await serving.ask(bestCuts, { input, budget });
    expect(errors?.[0]).toMatchObject({
      message: `budget is ${budget}; expected a whole number from 1 to 10.`,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
