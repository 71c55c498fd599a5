import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { Tokens } from '../../server/auth/tokens.ts';
import type { Assertion, FactValue } from '../../server/domain/assertions.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import { createNamingTest } from '../../server/rules/naming-text.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { artifact, edit, importOf, lab, say, transfer, vendor } from '../store/assertions-for-tests.ts';
import { readDocx } from '../support/answers/docx-text.ts';
import { readPdf } from '../support/answers/pdf-text.ts';
import { everyQuestion } from '../support/every-question.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { demoSubjects, findIds } from '../support/worlds/demo-subjects.ts';
import { recordEarlier } from '../support/worlds/recorded-earlier.ts';
import { canaryArtifact, canaryLab, canaryTerms, incidentNaming, spelledNames } from '../support/worlds/spelled-names.ts';
import { Serving } from './serving.ts';

const at = Date.parse('2026-09-01T00:00:00Z');
const serving = new Serving();
let bound: string;
let administrator: string;
let ids: ReadonlyMap<string, readonly string[]>;

/** Says a text in every field of a fact that holds texts and was not said. */
function everywhere(fact: Assertion, text: string): Assertion {
  const values = factFields[fact.kind].map((spec, i): FactValue | undefined => {
    const value = fact.values[i];
    if (spec.isKey || spec.isInternal === true) return value;
    if (spec.name === 'country' || spec.type === 'enum') return value;
    if (spec.type === 'text') return text;
    if (spec.type === 'texts') return [text];
    return spec.type === 'attributes' ? [{ name: text, value: text }] : value;
  });
  return { ...fact, values, source: text, file: `${text}.csv`, line: 3 };
}

/** One fact of each kind in the view of `aurelis` for each spelling, with the spelling in each of its texts. */
function* spelledFacts(): Generator<Assertion> {
  for (const [i, text] of spelledNames.entries()) {
    yield everywhere(vendor(`v-${i}`), text);
    yield everywhere(artifact(`x-${i}`, 'aurelis', { fragmentCount: 9, valueLowUsd: 1000, valueHighUsd: 5000, sensitivity: 5 }), text);
    yield everywhere(say('ENGAGEMENT', { id: `e-${i}`, client: 'aurelis', provider: `v-${i}`, noticeHours: 24 }), text);
    yield everywhere(transfer(`t-${i}`, `x-${i}`, 'aurelis', 'quillmark', { sentAt: at, engagement: `e-${i}` }), text);
    yield everywhere(transfer(`u-${i}`, `x-${i}`, 'quillmark', `v-${i}`, { sentAt: at + 1 }), text);
    yield everywhere(say('ACCESS', { id: `a-${i}`, grantee: `v-${i}`, grantor: 'quillmark', likelihood: 0.5 }), text);
    yield everywhere(say('CONTROL', { organization: `v-${i}`, control: 'MFA', evidenceType: 'QUESTIONNAIRE', issuedAt: at }), text);
    yield say('CONTROL', { organization: 'quillmark', control: text, evidenceType: 'TESTED' });
    if (i > 0) yield everywhere(say('REVEALS', { artifact: `x-${i}`, reveals: `x-${i - 1}`, degree: 0.5 }), text);
    // Facts whose ids are spellings.
    if (text === canaryLab.id || text.includes('prism')) continue;
    yield vendor(text);
    yield artifact(text, 'aurelis');
    yield transfer(text, 'x-0', 'aurelis', 'quillmark', { sentAt: at });
    yield transfer(`w-${i}`, 'x-0', 'quillmark', text, { sentAt: at + 1 });
    yield say('ENGAGEMENT', { id: text, client: 'aurelis', provider: 'quillmark' });
    yield say('ACCESS', { id: text, grantee: 'v-0', grantor: 'quillmark' });
  }
}

beforeAll(async () => {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  const facts = [...spelledFacts()];
  const kinds = ['ORGANIZATION', 'ARTIFACT', 'ENGAGEMENT', 'TRANSFER', 'ACCESS', 'REVEALS', 'CONTROL'];
  facts.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  const files = spelledNames.map((name) => ({ name: `${name}.csv`, sizeBytes: 1, sha256: 'ab', rowCount: 1 }));
  await recordEarlier(
    store,
    edit([
      lab('aurelis', { name: 'Aurelis' }),
      lab(canaryLab.id, { ...canaryLab, aliases: [...canaryLab.aliases] }),
      vendor('quillmark', { name: 'Quillmark' }),
      vendor('proxyline'),
      artifact('theirs', canaryLab.id, { name: canaryArtifact }),
      transfer('theirs-1', 'theirs', canaryLab.id, 'quillmark', { sentAt: at }),
      say('ENGAGEMENT', { id: 'own', client: 'aurelis', provider: 'quillmark', noticeHours: 72 }),
    ]),
    importOf('i-1', facts, { import: { source: 'Canary Lab register', files } }),
  );
  for (const [i, text] of spelledNames.entries()) {
    if (i % 4 === 0) await store.saveDocument('incident', incidentId(i), JSON.stringify(incidentNaming(text, i, at)));
    await store.saveDocument('note', `n-${i}`, JSON.stringify({ on: { kind: 'organization', id: 'quillmark' }, text, by: text, at }));
    await store.saveDocument('view', `v-${i}`, JSON.stringify({ name: text, url: `/?q=${encodeURIComponent(text)}`, by: text, at }));
  }
  const all = await findIds(store);
  ids = new Map([...all].map(([field, each]) => [field, each.filter((id) => !isNamed(id))]));
  const tokens = new Tokens(store);
  bound = await tokens.create({ name: 'bound', role: 'VIEWER', canExport: true, labs: ['aurelis'], expiresAt: null }, Date.now());
  administrator = await tokens.create({ name: 'all', role: 'ADMIN', canExport: true, labs: null, expiresAt: null }, Date.now());
  await store.close();
  await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
});
afterAll(() => serving.stopAndDelete());

/** Every second id is a spelling. */
const incidentId = (i: number) => (i % 8 === 0 ? `INC-${i}` : (spelledNames[i] as string));

const isNamed = createNamingTest(canaryTerms);

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object') for (const each of Object.values(value)) yield* textsOf(each);
}

/** The texts of a document: a text each line and cell. */
const partsOf = (document: string) => document.split(/[\n|,;"]+|\s{2,}/).filter((part) => part !== '');

async function get(token: string, path: string): Promise<Response> {
  return fetch(serving.url + path, { headers: { authorization: `Bearer ${token}` } });
}

async function ask(token: string, query: string): Promise<unknown> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, ...(query.includes('$after') && { variables: { after: null } }) }),
  });
  return response.json();
}

/** The deepest form of each question that the server answers. */
async function* answers(): AsyncGenerator<{ readonly name: string; readonly answer: unknown }> {
  for (const { name, queries } of everyQuestion(buildSchema(readFileSync('schema.graphql', 'utf8')), demoSubjects(ids))) {
    for (const query of queries) {
      const answer = (await ask(bound, query)) as { readonly errors?: unknown };
      yield { name, answer };
      if (answer.errors === undefined) break;
    }
  }
}

describe('a person bound to a lab', () => {
  it('[S480] reads no spelling of a hidden lab’s name in any answer', async () => {
    let count = 0;
    for await (const { name, answer } of answers()) {
      // A document in Markdown is read part by part.
      const texts = [...textsOf(answer)].flatMap((text) => (text.startsWith('# ') ? partsOf(text) : [text]));
      count += texts.length;
      expect([name, texts.filter(isNamed)]).toEqual([name, []]);
    }
    expect(count).toBeGreaterThan(5000);
  }, 300_000);

  it('[S480] reads none in an export', async () => {
    const settings = 'coreFrom=2026-08-19&coreTo=2026-10-01';
    const incidents = (await ask(bound, '{ incidents(first: 500) { edges { node { id } } } }')) as {
      data: { incidents: { edges: { node: { id: string } }[] } };
    };
    const visible = incidents.data.incidents.edges.map(({ node }) => node.id);
    expect(visible).toHaveLength(Math.ceil(spelledNames.length / 4));
    for (const path of [
      ...['blast-radius.csv', 'blast-radius.json', 'other-copies.csv', 'dependents.csv'].map(
        (list) => `${list}?origins=quillmark&${settings}`,
      ),
      ...[`ranking.csv?${settings}`, 'control-gaps.csv', 'findings.json', 'holdings.csv?holder=quillmark'],
      ...visible.slice(0, 6).map((id) => `notification-pack.csv?incident=${encodeURIComponent(id)}&lab=aurelis`),
    ]) {
      const response = await get(bound, `/api/${path}`);
      const body = await response.text();
      expect([path, response.status]).toEqual([path, 200]);
      expect([path, partsOf(body).filter(isNamed)]).toEqual([path, []]);
      expect(isNamed(response.headers.get('content-disposition') ?? '')).toBe(false);
    }
  });
});

describe('a notification pack', () => {
  it('[S481] has no spelling of a hidden lab’s name in a file of any format', async () => {
    for (const i of [0, 12, 28]) {
      const of = `incident=${encodeURIComponent(incidentId(i))}&lab=aurelis`;
      const read = async (format: string) =>
        Buffer.from(await (await get(administrator, `/api/notification-pack.${format}?${of}`)).arrayBuffer());
      const texts = [
        ...partsOf((await read('csv')).toString()),
        ...partsOf((await read('md')).toString()),
        ...readPdf(await read('pdf')).pages,
        ...partsOf(readDocx(await read('docx')).text),
      ];
      expect(texts.length).toBeGreaterThan(100);
      expect(texts.filter((text) => /canary|kanarien|金丝雀|yellowbird/i.test(text))).toEqual([]);
    }
  });
});
