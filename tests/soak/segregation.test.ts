import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { unzipSync } from 'fflate';
import { buildSchema } from 'graphql';
import { Tokens } from '../../server/auth/tokens.ts';
import type { Assertion } from '../../server/domain/assertions.ts';
import { loadDemo } from '../../server/import/demo/demo-history.ts';
import { CurrentProjection } from '../../server/projection/refresh/refresh.ts';
import { selectVisibleFacts } from '../../server/questions/lab/visible-facts.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { artifact, edit, importOf, lab, retract, say, transfer, vendor } from '../store/assertions-for-tests.ts';
import { everyQuestion } from '../support/every-question.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { demoSubjects, findIds } from '../support/worlds/demo-subjects.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const bound = 'aurelis';
const now = Date.parse('2026-11-20T00:00:00Z');
const random = randomFrom(seed);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const serving = new Serving();
let store: FactStore;
let token: string;
let requests: readonly Request[];
/** Ids of facts outside the view. */
let outside: Readonly<Record<'artifact' | 'organization' | 'transfer', readonly string[]>>;

/** A question or an export. */
interface Request {
  readonly name: string;
  readonly path: string;
  readonly query?: string;
}

beforeAll(async () => {
  store = await openStore(serving.environment().EXPOSURE_STORE as string);
  await loadDemo(store, Date.parse('2026-10-01T00:00:00Z'));
  await store.saveDocument('view', 'saved', JSON.stringify({ name: 'Saved', url: '/', by: 'ada', at: 0 }));
  const all = await findIds(store);
  const { whole, view } = await selectVisibleFacts(store, (await new CurrentProjection(store).read()).projection, [bound]);
  const isOutside = (column: { readonly id: { find(id: string): number } }, flags: Uint8Array) => (id: string) =>
    flags[column.id.find(id)] === 0;
  outside = {
    artifact: (all.get('artifact') ?? []).filter(isOutside(whole.artifacts, view.artifacts)),
    organization: (all.get('organization') ?? []).filter(isOutside(whole.organizations, view.organizations)),
    transfer: (all.get('transfer') ?? []).filter(isOutside(whole.transfers, view.transfers)),
  };
  token = await new Tokens(store).create({ name: 'bound', role: 'VIEWER', canExport: true, labs: [bound], expiresAt: null }, now);
  const ids = new Map(all);
  // Half of the ids that are asked for lie outside the view.
  for (const kind of ['artifact', 'organization', 'transfer'] as const)
    ids.set(kind, [outside[kind][0] as string, ...(all.get(kind) ?? []).filter((id) => !outside[kind].includes(id))]);
  const settings = 'coreFrom=2026-09-19&coreTo=2026-10-01&transferLikelihood=0.3';
  requests = [
    ...everyQuestion(buildSchema(readFileSync('schema.graphql', 'utf8')), demoSubjects(ids)).flatMap(({ name, queries }) =>
      queries.map((query, i) => ({ name: `${name} ${i}`, path: '/graphql', query })),
    ),
    ...[
      ...['blast-radius.csv', 'blast-radius.json', 'other-copies.csv', 'dependents.csv'].map(
        (list) => `${list}?origins=quillmark&${settings}`,
      ),
      `blast-radius.csv?origins=${outside.organization[0]}&${settings}`,
      `ranking.csv?${settings}`,
      'control-gaps.csv?asOf=2026-11-01',
      'findings.json?asOf=2026-11-01',
      'holdings.csv?holder=quillmark',
      `holdings.csv?holder=${outside.organization[0]}`,
      `notification-pack.csv?incident=INC-02&lab=${bound}`,
      'facts.zip',
      'facts.zip?format=dora',
      'audit.jsonl',
    ].map((path) => ({ name: path, path: `/api/${path}` })),
  ];
  // Cursors hold the time of the question, so this server keeps a clock that stands still. A restored spy would run again.
  const clock = Date.now;
  Date.now = () => now;
  await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
  Date.now = clock;
});
afterAll(async () => {
  await store.close();
  await serving.stopAndDelete();
});

/** The whole answer, byte for byte, without the time. Full counts exceed the requests of a minute: asks again when the server says so. */
async function answerOf(request: Request): Promise<string> {
  const { path, query } = request;
  const response = await fetch(serving.url + path, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(query !== undefined && {
      method: 'POST',
      body: JSON.stringify({ query, ...(query.includes('$after') && { variables: { after: null } }) }),
    }),
  });
  if (response.status === 429) {
    await response.arrayBuffer();
    await sleep(1000 * Number(response.headers.get('retry-after')));
    return answerOf(request);
  }
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isZip = response.headers.get('content-type') === 'application/zip';
  // An archive holds the time at which it was made.
  const body = isZip
    ? Object.entries(unzipSync(bytes)).map(([name, file]) => [name, Buffer.from(file).toString('latin1')])
    : Buffer.from(bytes).toString('latin1');
  return JSON.stringify([response.status, isZip ? [] : headers, body]);
}

/** The part of a text around its first difference from another. */
function differenceOf(text: string, other: string): string {
  const at = Array.from({ length: text.length }, (_, i) => i).find((i) => text[i] !== other[i]) ?? text.length;
  return text.slice(Math.max(0, at - 300), at + 300);
}

/** Changes facts outside the view, and records beside the facts. */
async function changeOutside(i: number): Promise<void> {
  const [one, other] = [pick(outside.organization), pick(outside.organization)];
  const changes: readonly (() => Assertion | undefined)[] = [
    () => vendor(`zorblax-${i}`, { attributes: [{ name: 'kind', value: `${i}` }] }),
    () => lab(`zorblax-lab-${i}`, { aliases: [`Zorblax number ${i}`] }),
    () =>
      artifact(`zorblax-artifact-${i}`, pick(['brightfen', 'cindral', 'dovemoor', 'everholt']), {
        sensitivity: 5,
        valueHighUsd: random() * 1e9,
      }),
    () =>
      one === other
        ? undefined
        : transfer(`zorblax-transfer-${i}`, pick(outside.artifact), one, other, { confidence: random(), sentAt: 1.7e12 + i }),
    () => say('TRANSFER', { id: pick(outside.transfer), portion: random(), channel: `zorblax ${i}` }),
    () => retract('TRANSFER', pick(outside.transfer)),
    () =>
      say('ENGAGEMENT', {
        id: `zorblax-engagement-${i}`,
        client: pick(['brightfen', 'cindral']),
        provider: pick(['quillmark', 'harrowell']),
        noticeHours: i % 100,
      }),
    () =>
      one === other
        ? undefined
        : say('ACCESS', { id: `zorblax-access-${i}`, grantee: one, grantor: other, likelihood: random(), software: `Zorblax ${i}` }),
    () => say('CONTROL', { organization: one, control: `zorblax-${i % 7}`, evidenceType: pick(['TESTED', 'QUESTIONNAIRE']) }),
    () =>
      say('REVEALS', {
        artifact: pick(outside.artifact),
        reveals: pick(['aurelis-red-team-guidelines', ...outside.artifact]),
        degree: random(),
      }),
  ];
  const beside: readonly (() => Promise<unknown>)[] = [
    () =>
      store.saveDocument(
        'note',
        `n${i}`,
        JSON.stringify({ on: { kind: 'organization', id: 'quillmark' }, text: `Zorblax ${i}`, by: 'ada', at: i }),
      ),
    () => store.saveDocument('view', `v${i}`, JSON.stringify({ name: `Zorblax ${i}`, url: '/', by: 'ada', at: i })),
    () => store.saveDocument('acceptance', `f${i}`, JSON.stringify({ reason: 'Zorblax', until: null, by: 'ada', at: i })),
    () => store.commit(importOf(`zorblax-${i}`, [vendor(`zorblax-${i}`, { country: 'AQ' })])),
    () => store.undoImport(`zorblax-${i - 1}`, 'ada', now + i),
  ];
  try {
    if (random() < 0.2) await pick(beside)();
    const statements = new Map(
      [pick(changes)(), pick(changes)(), pick(changes)()].flatMap((each) =>
        each === undefined ? [] : [[`${each.kind} ${each.key}`, each]],
      ),
    );
    await store.commit(edit([...statements.values()], { at: now, skipRefused: true }));
  } catch (error) {
    // Undo of an import that was not made, or an edge of a retracted transfer.
    expect(error).toMatchObject({ code: expect.stringMatching(/^(NOT_FOUND|CONFLICT)$/) });
  }
}

describe('a token that is bound to a lab', () => {
  it(
    '[S122] gets the same bytes for every question and export, whatever changes outside its view',
    async () => {
      const before = new Map<string, string>();
      for (const request of requests) before.set(request.name, await answerOf(request));
      // The questions have answers, and the trail is for administrators alone.
      expect([...before.values()].filter((answer) => answer.startsWith('[200,')).length).toBeGreaterThan(requests.length / 2);
      expect(before.get('audit.jsonl')).toMatch(/^\[403,/);
      const revision = await store.readRevision();
      const cases = rounds(1000);
      const countOne = counting('changes outside the view', cases);
      for (let i = 1; i <= cases; i++) {
        countOne();
        await changeOutside(i);
        const isAll = i === cases || cases >= 1000;
        for (const request of isAll ? requests : Array.from({ length: 3 }, () => pick(requests))) {
          const answer = await answerOf(request);
          const expected = before.get(request.name) as string;
          if (answer !== expected)
            expect([i, request.name, differenceOf(answer, expected)]).toEqual([i, request.name, differenceOf(expected, answer)]);
        }
      }
      expect(await store.readRevision()).toBeGreaterThan(revision + cases / 3);
    },
    limitMs,
  );

  it('[S123] reads an id outside its view as one that nobody has', async () => {
    const [id] = outside.artifact as [string];
    const [organization] = outside.organization as [string];
    const asked = (what: string, who: string) => [
      { name: '', path: '/graphql', query: `{ artifact(id: "${what}") { name } organization(id: "${who}") { name } }` },
      { name: '', path: '/graphql', query: `{ neighborhood(of: [{ artifact: "${what}" }]) { nodes { __typename } } }` },
      { name: '', path: '/graphql', query: `{ blastRadius(input: { origins: ["${who}"] }) { summary { exposedCount } } }` },
      {
        name: '',
        path: '/graphql',
        query: `{ whatIf(input: { origins: ["quillmark"] }, actions: [{ recall: { holder: "${who}", at: "2026-01-01" } }]) { __typename } }`,
      },
      { name: '', path: '/graphql', query: `{ notificationPack(incident: "INC-01", lab: "${who}") { __typename } }` },
      { name: '', path: '/graphql', query: `{ import(id: "${what}") { state } view(id: "${what}") { name } }` },
      { name: '', path: `/api/holdings.csv?holder=${who}` },
      { name: '', path: `/api/notification-pack.md?incident=INC-01&lab=${who}` },
    ];
    const nobody = 'x'.repeat(id.length);
    const nowhere = 'y'.repeat(organization.length);
    for (const [i, request] of asked(id, organization).entries()) {
      const answer = await answerOf(request);
      const other = await answerOf(asked(nobody, nowhere)[i] as Request);
      const withoutTag = (text: string) => text.replace(/\["etag","[^"]*\\?"[^\]]*\]/, '');
      expect(withoutTag(answer.replaceAll(id, nobody).replaceAll(organization, nowhere))).toBe(withoutTag(other));
    }
  });

  it('[S123] drops origins outside its view from a question, and writes nothing', async () => {
    const [organization] = outside.organization as [string];
    const ask = (origins: string) =>
      answerOf({
        name: '',
        path: '/graphql',
        query: `{ blastRadius(input: { origins: [${origins}] }) { summary { exposedCount possibleCount } origins { id } } }`,
      });
    expect(await ask(`"quillmark", "${organization}"`)).toBe(await ask('"quillmark"'));
    const saved = await answerOf({
      name: '',
      path: '/graphql',
      query: 'mutation { saveView(input: { name: "a", url: "/" }) { view { id } } }',
    });
    expect(saved).toContain('FORBIDDEN');
  });

  it('[S124] sees which labs it is bound to, the incidents that reach them, and no others', async () => {
    await store.saveDocument(
      'incident',
      'brightfen-only',
      JSON.stringify({ ...(await someIncident()), name: 'At Brightfen', origins: ['brightfen'] }),
    );
    const answer = await answerOf({
      name: '',
      path: '/graphql',
      query:
        '{ viewer { labs { id } } incidents { edges { node { id name entries { totalCount } scenario { __typename } } } } imports { totalCount } notes(on: { organization: "quillmark" }) { totalCount } views { id } }',
    });
    const { data } = JSON.parse(JSON.parse(answer)[2]);
    expect(data.viewer.labs).toEqual([{ id: bound }]);
    expect(data.incidents.edges.map(({ node }: { node: { id: string } }) => node.id).sort()).toEqual(['INC-01', 'INC-02']);
    expect([data.imports.totalCount, data.notes.totalCount, data.views]).toEqual([0, 0, []]);
  });
});

async function someIncident(): Promise<object> {
  const [found] = await store.listDocuments('incident');
  return JSON.parse(found?.json ?? '{}');
}
