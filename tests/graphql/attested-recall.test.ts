import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const serving = new Serving();

/** A copy whose deletion was attested before the core window, one that nobody deleted, and one whose deletion was attested after the recall. */
beforeAll(async () => {
  await serving.start();
  await serving.put({
    organizations: [
      { id: 'lab', name: 'Lab', roles: ['LAB'] },
      { id: 'vendor', name: 'Vendor', roles: ['VENDOR'] },
    ],
    artifacts: ['early', 'kept', 'late'].map((id) => ({ id, name: id, type: 'OTHER', owner: 'lab', sensitivity: 3, valueHighUsd: 1000 })),
    transfers: [
      { id: 't-early', artifact: 'early', deletionState: 'ATTESTED', deletedAt: '2025-02-01T00:00:00Z' },
      { id: 't-kept', artifact: 'kept' },
      { id: 't-late', artifact: 'late', deletionState: 'ATTESTED', deletedAt: '2025-09-01T00:00:00Z' },
    ].map((one) => ({ ...one, sender: 'lab', recipient: 'vendor', sentAt: '2025-01-01T00:00:00Z' })),
  });
});
afterAll(() => serving.stopAndDelete());

describe('a done recall of a copy whose deletion was attested earlier', () => {
  it('[S289] raises no tier: the copy stays attested, and the history says so', async () => {
    const core = { from: '2025-03-01T00:00:00Z', to: '2025-03-02T00:00:00Z' };
    const { saveIncident } = await serving.get(
      'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } userErrors { message } } }',
      { input: { name: 'Break-in', origins: ['vendor'], core } },
    );
    const incident = saveIncident.incident.id;
    const read = async () => {
      const query =
        'query($i: ID!) { incident(id: $i) { blastRadius { artifacts(orderBy: NAME) { edges { node { artifact { id } tier } } } } entries(first: 1) { edges { node { text } } } } }';
      const found = (await serving.get(query, { i: incident })).incident;
      const tiers = found.blastRadius.artifacts.edges.map(
        ({ node }: { node: { artifact: { id: string }; tier: string } }) => `${node.artifact.id} ${node.tier}`,
      );
      return { tiers, text: found.entries.edges[0].node.text as string };
    };
    const before = (await read()).tiers;
    expect(before).toEqual(['early POSSIBLE', 'kept EXPOSED', 'late EXPOSED']);
    const tick = { incident, step: 'RECALL/vendor/lab', doneAt: '2025-06-01T00:00:00Z', evidence: 'certificate 7' };
    const { tickPlanStep } = await serving.get(
      'mutation($input: TickPlanStepInput!) { tickPlanStep(input: $input) { userErrors { message } } }',
      { input: tick },
    );
    expect(tickPlanStep.userErrors).toEqual([]);
    const after = await read();
    expect(after.tiers).toEqual(before);
    expect(after.text).toContain('The deletion of 2 copies is recorded as verified.');
    expect(after.text).toContain('1 copy, that of transfer t-early, stays attested as deleted on the earlier date');
    const { transfer } = await serving.get('{ transfer(id: "t-early") { deletionState deletedAt } }');
    expect(transfer).toEqual({ deletionState: 'ATTESTED', deletedAt: '2025-02-01T00:00:00Z' });
  });
});
