import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving, smallWorld } from './serving.ts';

const root = resolve(import.meta.dirname, '../..');
const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

describe('the served API', () => {
  it('[G1] the running server prints schema.graphql', async () => {
    const query = getIntrospectionQuery({ specifiedByUrl: true, oneOf: true, inputValueDeprecation: true });
    const served = buildClientSchema(await serving.get(query));
    const written = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
    expect(printSchema(lexicographicSortSchema(served))).toBe(printSchema(lexicographicSortSchema(written)));
  });

  it('[G2] generated types match schema.graphql and the documents', () => {
    const program = join(root, 'server/graphql/generate.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--check'], { encoding: 'utf8' });
    expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
  });

  it('[G3] every audit of GraphQL over HTTP passes without an error', async () => {
    const audits = serverAudits({ url: `${serving.url}/graphql`, fetchFn: fetch });
    const results = await Promise.all(audits.map((audit) => audit.fn()));
    const failed = results.filter((result) => result.status === 'error').map((result) => [result.id, result.name]);
    expect(failed).toEqual([]);
  });

  it('[G4] every root field answers', async () => {
    const data = await serving.get(`{
      about { version store isDemo currentAt } viewer { name role labs { id } } revision
      counts { organizations artifacts transfers access engagements reveals controls }
      organization(id: "vendor") { name } organizations { totalCount } artifact(id: "guide") { name } artifacts { totalCount }
      transfer(id: "t-1") { sentAt } transfers { edges { node { id } } } access(id: "a-1") { kind } accessFacts { totalCount }
      engagement(id: "e-1") { noticeHours auditRight } engagements { totalCount } controls { edges { node { control issuer { id } } } }
      copies { totalCount } history { totalCount } search(text: "vendor") { found { __typename } matched }
      neighborhood(of: [{ organization: "vendor" }]) { omittedCount } blastRadius(input: { origins: ["vendor"] }) { revision }
      incident(id: "none") { id } incidents { totalCount } import(id: "none") { id } imports { totalCount }
      notes(on: { organization: "vendor" }) { totalCount } view(id: "none") { id } views { id }
    }`);
    expect(data).toMatchObject({
      about: { store: 'sqlite', isDemo: false },
      viewer: { name: 'local', role: 'ADMIN', labs: null },
      revision: 1,
      counts: { organizations: 6, artifacts: 3, transfers: 4, access: 1, engagements: 3, reveals: 1, controls: 1 },
      organization: { name: 'Vendor; one' },
      transfer: { sentAt: '2025-02-01T00:00:00Z' },
      transfers: { edges: ['t-4', 't-1', 't-3', 't-2'].map((id) => ({ node: { id } })) },
      engagement: { noticeHours: 72, auditRight: true },
      controls: { edges: [{ node: { control: 'MFA', issuer: { id: 'tool' } } }] },
      copies: { totalCount: 7 },
      history: { totalCount: 19 },
      incident: null,
      import: null,
      notes: { totalCount: 0 },
      view: null,
      views: [],
    });
  });

  it('[G5] every field of a fact is answered with its provenance', async () => {
    const data = await serving.get(`{
      organization(id: "lab-a") { id name roles aliases status website country contactEmail attributes { name value } provenance { import { id } file line assertedBy assertedAt source }
        artifacts { edges { node { id } } } sent { totalCount } received { totalCount } providers { edges { node { id } } } clients { totalCount } accessHeld { totalCount } accessGranted { totalCount } copies { totalCount } controls { totalCount } }
      artifact(id: "taxonomy") { type owner { id } sensitivity valueLowUsd valueHighUsd fragmentCount usefulPortion copies { edges { node { id kind rank portion fragments confidence definite { from until } possible { from until } chain { id } } } } revealedBy { edges { node { artifact { id } reveals { id } degree basis } } } }
      organization2: organization(id: "vendor") { custody(asOf: "2025-06-01T00:00:00Z") { copyCount readableCount labCount meanValueUsd lastReceivedAt } }
    }`);
    expect(data.organization).toMatchObject({
      id: 'lab-a',
      roles: ['LAB'],
      aliases: ['The First, Inc.'],
      status: 'ACTIVE',
      attributes: [{ name: 'region', value: 'Nordland' }],
      provenance: { import: null, file: null, line: null, assertedBy: 'local', source: null },
      artifacts: { edges: [{ node: { id: 'guide' } }, { node: { id: 'taxonomy' } }] },
      sent: { totalCount: 2 },
      providers: { edges: [{ node: { id: 'e-1' } }] },
    });
    expect(data.artifact.copies.edges.map(({ node }: { node: object }) => node)).toMatchObject([
      { id: 'owned:taxonomy', kind: 'OWNED', rank: 0, portion: 1, possible: { from: null, until: null }, chain: [] },
      {
        id: 't-4',
        kind: 'TRANSFERRED',
        rank: 1,
        portion: 1 / 3,
        fragments: ['one'],
        confidence: 0.3,
        possible: { from: null },
        chain: [{ id: 't-4' }],
      },
    ]);
    expect(data.artifact.revealedBy.edges[0].node).toEqual({
      artifact: { id: 'guide' },
      reveals: { id: 'taxonomy' },
      degree: 0.3,
      basis: 'cites it',
    });
    expect(data.organization2.custody).toMatchObject({
      copyCount: 3,
      readableCount: 2,
      labCount: 2,
      lastReceivedAt: '2025-02-02T00:00:00Z',
    });
  });
});
