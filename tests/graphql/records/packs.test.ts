import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld, summer2025 } from '../serving.ts';

const serving = new Serving();
let id: string;

beforeAll(async () => {
  await serving.start();
  await serving.put({
    ...smallWorld,
    organizations: smallWorld.organizations.map((one) =>
      one.id === 'vendor'
        ? {
            ...one,
            aliases: ['Beta Lab partner', 'V1'],
            attributes: [
              { name: 'client', value: 'Beta Lab' },
              { name: 'size', value: '40' },
            ],
          }
        : one,
    ),
  });
  const { saveIncident } = await serving.get('mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } } }', {
    input: { name: 'Break-in at the vendor', origins: ['vendor'], core: summer2025, discoveredAt: '2025-07-01T00:00:00Z' },
  });
  id = saveIncident.incident.id;
});
afterAll(() => serving.stopAndDelete());

const ask = `query($incident: ID!, $lab: ID!) { notificationPack(incident: $incident, lab: $lab) { lab { id } markdown
  radius { summary { exposedCount containedCount } origins { id aliases attributes { name value } provenance { assertedBy file line } }
    artifacts { edges { node { artifact { id } assessment { state reason by } } } } findings { edges { node { acceptance { reason } } } } }
  recall { edges { node { id holder { id } } } } notices { notifier { id } dueAt state note by } } }`;
const pack = async (lab: string) => (await serving.get(ask, { incident: id, lab })).notificationPack;

describe('notification packs', () => {
  it('[G218] a pack holds the radius, recalls and notices of one lab, from its view alone', async () => {
    await serving.get('mutation($input: SetNoticeInput!) { setNotice(input: $input) { userErrors { code } } }', {
      input: { incident: id, lab: 'lab-a', state: 'TOLD', note: 'Beta Lab was told too.' },
    });
    await serving.get('mutation($input: SetAssessmentsInput!) { setAssessments(input: $input) { userErrors { code } } }', {
      input: { incident: id, artifacts: ['guide'], state: 'CONFIRMED', reason: 'Found on a forum.' },
    });
    const answer = await pack('lab-a');
    expect(answer).toMatchObject({
      lab: { id: 'lab-a' },
      radius: {
        summary: { exposedCount: 2, containedCount: 0 },
        origins: [
          {
            id: 'vendor',
            aliases: ['V1'],
            attributes: [{ name: 'size', value: '40' }],
            provenance: { assertedBy: 'withheld', file: null, line: null },
          },
        ],
      },
      recall: { edges: [{ node: { id: 't-2', holder: { id: 'sub' } } }] },
      notices: [{ notifier: { id: 'vendor' }, dueAt: '2025-07-04T00:00:00Z', state: 'TOLD', note: null, by: 'withheld' }],
    });
    const [guide] = answer.radius.artifacts.edges;
    expect(guide.node).toEqual({
      artifact: { id: 'guide' },
      assessment: { state: 'CONFIRMED', reason: 'Found on a forum.', by: 'withheld' },
    });
    expect(JSON.stringify(answer)).not.toMatch(/beta|lab-b|eval|gamma|lab-c/i);
  });

  it('[G218] the text has the figures of the radius, and survives hostile names', async () => {
    const { markdown } = await pack('lab-a');
    expect(markdown).toContain('# Break-in at the vendor: what concerns Älpha Lab\n');
    expect(markdown).toContain('Exposed: 2. Possibly exposed: 0.');
    expect(markdown).toContain('| =HYPERLINK("x"), "guide" | EXPOSED | 100% | Feb 1, 2025 | Vendor; one |');
    expect(markdown).toContain('| Vendor; one | Jul 4, 2025 | told on ');
    expect(
      markdown
        .split('\n')
        .filter((line: string) => line.startsWith('|'))
        .every((line: string) => line.endsWith('|')),
    ).toBe(true);
    const file = await fetch(`${serving.url}/api/notification-pack.md?incident=${id}&lab=lab-a`);
    expect(await file.text()).toBe(markdown);
    const csv = await (await fetch(`${serving.url}/api/notification-pack.csv?incident=${id}&lab=lab-a`)).text();
    expect(csv.split('\n')[0]).toMatch(
      /^artifact,name,tier,basis,portion_low,.*,sources,assessment,because,records_low,records_high,bytes_low,bytes_high$/,
    );
    expect(csv).toContain("'=HYPERLINK");
  });

  it('[G303] a pack says where the records contradict what people found', async () => {
    const assess = (state: string) =>
      serving.get('mutation($input: SetAssessmentsInput!) { setAssessments(input: $input) { userErrors { code } } }', {
        input: { incident: id, artifacts: ['guide'], state, reason: 'The logs show no read.' },
      });
    await assess('NOT_DISCLOSED');
    expect((await pack('lab-a')).markdown).toContain(
      'not disclosed: The logs show no read. Our records contradict this: they show a plaintext copy in the certain window.',
    );
    await assess('CONFIRMED');
    expect((await pack('lab-a')).markdown).not.toContain('contradict');
  });

  it('[G219] a lab without a record gets a pack that says so', async () => {
    const answer = await pack('lab-c');
    expect(answer.radius.summary).toEqual({ exposedCount: 0, containedCount: 0 });
    expect(answer.markdown).toContain('No record shows an artifact of yours at a compromised organization.');
    expect(JSON.stringify(answer)).not.toMatch(/lpha|lab-a|guide|beta|lab-b/i);
  });

  it('[G219] an artifact that only another lab’s artifact reveals is told without naming the other', async () => {
    await serving.put({
      artifacts: [{ id: 'lonely', name: 'Lonely', type: 'OTHER', owner: 'lab-c', sensitivity: 2 }],
      reveals: [{ artifact: 'guide', reveals: 'lonely', degree: 0.5 }],
    });
    const answer = await pack('lab-c');
    expect(answer.markdown).toContain('## Revealed by something unnamed');
    expect(answer.markdown).toContain('- Lonely');
    expect(JSON.stringify(answer)).not.toMatch(/lpha|lab-a|guide/i);
  });

  it('[G219] a pack for an organization that is not a lab, or of an unknown incident, is refused', async () => {
    expect(await serving.codeOf(ask, { incident: id, lab: 'vendor' })).toBe('BAD_USER_INPUT');
    expect(await serving.codeOf(ask, { incident: id, lab: 'nobody' })).toBe('NOT_FOUND');
    expect(await serving.codeOf(ask, { incident: 'gone', lab: 'lab-a' })).toBe('NOT_FOUND');
    expect((await fetch(`${serving.url}/api/notification-pack.md?incident=gone&lab=lab-a`)).status).toBe(404);
  });
});
