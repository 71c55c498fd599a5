import { readPdf } from '../../support/answers/pdf-text.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving } from '../serving.ts';

const serving = new Serving();
beforeAll(() => serving.start({ demo: true }));
afterAll(() => serving.stopAndDelete());

const planQuery = `query($id: ID!) { incident(id: $id) { planStepCount plan { id action { kind organization { id } access { id } owner { id } at } ask { id contactEmail }
  owner dueAt removedHereUsd removedNowUsd doneAt evidence } } }`;
// biome-ignore lint/suspicious/noExplicitAny: rows of an answer.
const planNow = async (): Promise<any[]> => {
  const { plan, planStepCount } = (await serving.get(planQuery, { id: 'INC-02' })).incident;
  expect(planStepCount).toBe(plan.length);
  return plan;
};
const tick = async (input: object) =>
  (
    await serving.get(
      `mutation($input: TickPlanStepInput!) { tickPlanStep(input: $input) {
        incident { version entries(first: 1) { edges { node { by text before { exposedCount } after { exposedCount } } } } } userErrors { code path message } } }`,
      { input: { incident: 'INC-02', ...input } },
    )
  ).tickPlanStep;
const entryOf = ({ incident }: { incident: { entries: { edges: { node: object }[] } } }) => incident.entries.edges[0]?.node;

describe('the plan of an incident', () => {
  it('[G280] [W1133] its steps are ordered by what they remove now, then by deadline, and each figure is that of a what-if', async () => {
    const plan = await planNow();
    const cents = plan.map(({ removedNowUsd }) => Math.round(removedNowUsd * 100));
    expect(cents).toEqual([...cents].sort((a, b) => b - a));
    plan.slice(1).forEach((step, i) => {
      if (cents[i] === cents[i + 1]) expect(Date.parse(step.dueAt)).toBeGreaterThanOrEqual(Date.parse(plan[i].dueAt));
    });
    expect(plan.slice(0, 2).map(({ id }) => id)).toEqual(['ENCRYPT/quillmark', 'RECALL/quillmark/aurelis']);
    expect(plan.every(({ removedHereUsd }) => removedHereUsd === 0)).toBe(true);
    const { action, removedNowUsd } = plan[1];
    const window = { from: action.at, to: action.at };
    const { whatIf } = await serving.get(
      `query($input: BlastRadiusInput!, $actions: [ActionInput!]!) { whatIf(input: $input, actions: $actions) {
        baseline { summary { weightedLossUsd } } scenario { summary { weightedLossUsd } } } }`,
      {
        input: { origins: ['quillmark'], core: window, widest: window, options: { maxHops: 2 } },
        actions: [{ recall: { holder: 'quillmark', owner: 'aurelis', at: action.at } }],
      },
    );
    expect(removedNowUsd).toBeCloseTo(whatIf.baseline.summary.weightedLossUsd - whatIf.scenario.summary.weightedLossUsd, 4);
    expect(removedNowUsd).toBeGreaterThan(1e6);
  });

  it('[G281] a step that is done needs evidence, an instant that has passed, and an id of the plan; nothing is written otherwise', async () => {
    const { revision } = await serving.get('{ revision }');
    const faults = async (input: object) => {
      const { incident, userErrors } = await tick(input);
      expect(incident).toBeNull();
      return userErrors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path}`);
    };
    const step = 'RECALL/quillmark/aurelis';
    expect(await faults({ step, doneAt: '2026-06-30T00:00:00Z' })).toEqual(['MISSING_VALUE evidence']);
    expect(await faults({ step, doneAt: '2126-06-30T00:00:00Z', evidence: 'case 9' })).toEqual(['BAD_VALUE doneAt']);
    for (const wrong of ['RECALL/nobody', 'RECALL', 'REVOKE_ACCESS/AC-99', 'ASK/%', 'SUSPEND/quillmark/aurelis', 'SMILE/quillmark']) {
      expect(await faults({ step: wrong, owner: 'Ada' })).toEqual(['UNKNOWN_REFERENCE step']);
    }
    expect((await serving.get('{ revision }')).revision).toBe(revision);
  });

  it('[G282] an older deletion certificate is recorded with its date, and the radius shrinks', async () => {
    const entry = entryOf(
      await tick({ step: 'RECALL/quillmark/aurelis', doneAt: '2026-07-01T00:00:00Z', evidence: 'certificate 88', owner: 'Ada' }),
    );
    expect(entry).toEqual({
      by: 'local',
      text: expect.stringMatching(
        /^Recall the copies of Aurelis Labs from Quillmark\. Ada does it\. Done: Jun 30, 2026\. Evidence: certificate 88\. The deletion of 7 copies is recorded as verified\. This radius changed: 14 exposed/,
      ),
      before: { exposedCount: 14 },
      after: { exposedCount: 8 },
    });
    const last = (await planNow()).at(-1);
    expect(last).toMatchObject({
      id: 'RECALL/quillmark/aurelis',
      owner: 'Ada',
      doneAt: '2026-07-01T00:00:00Z',
      evidence: 'certificate 88',
    });
    const { copies } = await serving.get(
      '{ copies(holder: "quillmark", first: 500) { edges { node { transfer { deletionState deletedAt provenance { source assertedBy } } artifact { owner { id } } } } } }',
    );
    // biome-ignore lint/suspicious/noExplicitAny: rows of an answer.
    const transfersOf = copies.edges.filter(({ node }: any) => node.artifact.owner.id === 'aurelis').map(({ node }: any) => node.transfer);
    expect(transfersOf).toContainEqual({
      deletionState: 'VERIFIED',
      deletedAt: '2026-07-01T00:00:00Z',
      provenance: { source: 'certificate 88', assertedBy: 'local' },
    });
  });

  it('[G283] a later certificate leaves the radius of the incident as it is, and the history says why', async () => {
    const entry = entryOf(await tick({ step: 'RECALL/quillmark/brightfen', doneAt: '2026-11-01T00:00:00Z', evidence: 'certificate 89' }));
    expect(entry).toMatchObject({
      text: expect.stringContaining(
        'This radius stays as it is: Nov 1, 2026 is not before its widest window, which starts on Sep 19, 2026.',
      ),
      before: { exposedCount: 8 },
      after: { exposedCount: 8 },
    });
    const ended = entryOf(await tick({ step: 'REVOKE_ACCESS/AC-01', doneAt: '2026-11-01T00:00:00Z', evidence: 'ticket 4' }));
    expect(ended).toMatchObject({ text: expect.stringContaining('The end of 1 access is recorded.') });
    expect((await serving.get('{ access(id: "AC-01") { validUntil } }')).access.validUntil).toBe('2026-11-01T00:00:00Z');
    const open = entryOf(await tick({ step: 'REVOKE_ACCESS/AC-01', doneAt: null }));
    expect(open).toMatchObject({ text: expect.stringContaining('It is open again. The facts that recorded it stay.') });
    const asked = entryOf(await tick({ step: 'ASK/fernway', doneAt: '2026-11-01T00:00:00Z', evidence: 'their letter.' }));
    expect(asked).toMatchObject({
      text: 'Ask Fernway Data what it holds and what was touched. Done: Oct 31, 2026. Evidence: their letter.',
    });
  });

  it('[G373] lists every open step, and the report counts those that it leaves out', async () => {
    const labs = Array.from({ length: 520 }, (_, i) => String(i));
    await serving.put({
      organizations: [
        { id: 'hub', name: 'Hub', roles: ['VENDOR'] },
        ...labs.map((i) => ({ id: `lab-${i}`, name: `Lab ${i}`, roles: ['LAB'] })),
      ],
    });
    await serving.put({
      artifacts: labs.map((i) => ({ id: `of-${i}`, name: `Of ${i}`, type: 'OTHER', sensitivity: 3, owner: `lab-${i}` })),
    });
    await serving.put({
      transfers: labs.map((i) => ({
        id: `to-${i}`,
        artifact: `of-${i}`,
        sender: `lab-${i}`,
        recipient: 'hub',
        sentAt: '2026-01-01T00:00:00Z',
      })),
    });
    const { saveIncident } = await serving.get(
      'mutation { saveIncident(input: { name: "Hub", origins: ["hub"] }) { incident { id plan { id doneAt } } userErrors { message } } }',
    );
    const { id, plan } = saveIncident.incident;
    const steps = plan.map((step: { id: string }) => step.id).sort();
    expect(steps).toEqual(['ASK/hub', 'ENCRYPT/hub', ...labs.map((i) => `RECALL/hub/lab-${i}`)].sort());
    const report = await fetch(`${serving.url}/api/incident-report.pdf?incident=${id}`);
    const { pages } = readPdf(Buffer.from(await report.arrayBuffer()));
    expect(pages.join('')).toContain('514morestepsareonthepageoftheincident.');
  });
});
