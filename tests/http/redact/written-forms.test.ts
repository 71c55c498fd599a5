import { Serving } from '../../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';

const serving = new Serving();
let incident = '';

/** Names and ids that formats quote, escape, encode or fold, an id that looks like a figure, and a name of signs alone. */
beforeAll(async () => {
  await serving.start();
  const day = (text: string) => `${text}T00:00:00Z`;
  const sentAt = day('2025-01-02');
  await serving.put({
    organizations: [
      { id: 'lab one', name: 'Zorblax "Q" Labs, Inc.', roles: ['LAB'], aliases: ['Zorb; lax'] },
      { id: 'wuf_1;x', name: 'Wuffle_Works [EU] *prime*', roles: ['VENDOR'] },
      { id: 'wuf/%41', name: 'Wuffle & <Sons> of the Northern Provinces, in 1 & 2, and of every Subsidiary', roles: ['VENDOR'] },
      { id: '★', name: '★★★', roles: ['VENDOR'] },
      { id: '2025', name: 'Wuffle 2025', roles: ['VENDOR'] },
      { id: '1', name: '@Wuffle', roles: ['VENDOR'] },
    ],
    artifacts: [{ id: 'zed:1', name: 'Guide "Zed", part #1', type: 'OTHER', owner: 'lab one', sensitivity: 4, valueHighUsd: 2025 }],
    engagements: [
      { id: 'e1', client: 'lab one', provider: 'wuf_1;x', noticeHours: 72 },
      { id: 'e2', client: 'lab one', provider: 'wuf/%41', noticeHours: 48 },
    ],
    transfers: ['wuf_1;x', 'wuf/%41', '★', '2025', '1'].map((recipient, i) => ({
      id: `t${i}`,
      artifact: 'zed:1',
      sender: 'lab one',
      recipient,
      sentAt,
    })),
    controls: [{ organization: 'wuf_1;x', control: 'MFA', evidenceType: 'QUESTIONNAIRE', expiresAt: day('2024-01-01') }],
  });
  const input = { name: 'Break-in', origins: ['wuf_1;x', 'wuf/%41', '★'], discoveredAt: sentAt, core: { from: sentAt, to: sentAt } };
  const query = 'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } } }';
  incident = (await serving.get(query, { input })).saveIncident.incident.id;
});
afterAll(() => serving.stopAndDelete());

const secret = /zorb|wuf|lab.{1,3}one|★|%E2%98%85|zed|northern|provinces|subsidiary|\bsons/i;

async function ask(query: string, variables: object = {}) {
  const headers = { 'content-type': 'application/json', 'X-Exposure-Redact': 'names' };
  const answer = await fetch(`${serving.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return answer.json();
}

describe('redaction of names in every written form', () => {
  it.each([
    'ranking.csv?',
    'ranking.json?',
    'blast-radius.csv?incident=INCIDENT',
    'blast-radius.json?incident=INCIDENT',
    'other-copies.csv?origins=1',
    'dependents.csv?origins=wuf_1;x',
    'control-gaps.csv?',
    'findings.csv?',
    'holdings.csv?holder=wuf/%2541',
    'notices.ics?incident=INCIDENT',
    'notification-pack.md?incident=INCIDENT&lab=lab%20one',
    'notification-pack.csv?incident=INCIDENT&lab=lab%20one',
  ])('[S279] %s holds none', async (path) => {
    const address = `${serving.url}/api/${path.replace('INCIDENT', incident)}`;
    const unfolded = async (text: Promise<string>) => (await text).replaceAll('\r\n ', '');
    expect(await unfolded((await fetch(address)).text())).toMatch(secret);
    const answer = await fetch(`${address}&redact=names`);
    expect(answer.status).toBe(200);
    expect(await unfolded(answer.text())).not.toMatch(secret);
  });

  it.each([
    '{ findings(first: 100) { edges { node { id message } } } }',
    'query($i: ID!) { incident(id: $i) { plan { id } notices { edges { node { lab { name } } } } } }',
    'query($i: ID!) { notificationPack(incident: $i, lab: "lab one") { markdown } }',
    '{ neighborhood(of: [{ organization: "1" }]) { nodes { key } links { key source target } } }',
    '{ history(sinceRevision: 0) { edges { node { factId name } } } }',
  ])('[S279] %s is answered with none', async (query) => {
    const variables = query.includes('$i') ? { i: incident } : {};
    expect(JSON.stringify(await serving.get(query, variables))).toMatch(secret);
    const { errors, ...answer } = await ask(query, variables);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(answer)).not.toMatch(secret);
  });

  it('[S279] no figure of a list changes, even if an id has the same digits', async () => {
    const cellsOf = async (more: string) =>
      (await (await fetch(`${serving.url}/api/ranking.csv?${more}`)).text()).split('\n').map((line) => line.split(',').slice(1));
    expect(await cellsOf('redact=names')).toEqual(await cellsOf(''));
    const copies = `${serving.url}/api/other-copies.csv?origins=1&widestFrom=2025-02-01&widestTo=2025-03-01`;
    const shown = await (await fetch(`${copies}&redact=names`)).text();
    expect(shown.match(/(?<=,)2025-01-02(?=[,\r\n])/g)).toHaveLength(8);
    const { data } = await ask('{ transfers { edges { node { sentAt } } } }');
    expect(new Set(data.transfers.edges.map(({ node }: { node: { sentAt: string } }) => node.sentAt))).toEqual(
      new Set(['2025-01-02T00:00:00Z']),
    );
  });

  it('[S279] an id of a finding or of a step leads back to it', async () => {
    const { data } = await ask(
      'query($i: ID!) { findings(kinds: [EXPIRED_EVIDENCE]) { edges { node { id } } } incident(id: $i) { plan { id } } }',
      {
        i: incident,
      },
    );
    const accept =
      'mutation($f: ID!) { acceptFinding(input: { finding: $f, reason: "renewed soon" }) { finding { id } userErrors { message } } }';
    const finding = data.findings.edges[0].node.id;
    expect((await ask(accept, { f: finding })).data.acceptFinding).toEqual({ finding: { id: finding }, userErrors: [] });
    const tick = 'mutation($input: TickPlanStepInput!) { tickPlanStep(input: $input) { userErrors { message } } }';
    for (const { id } of data.incident.plan) {
      const answer = await ask(tick, { input: { incident, step: id, owner: 'ada' } });
      expect(answer.data.tickPlanStep.userErrors).toEqual([]);
    }
  });
});
