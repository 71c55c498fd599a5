import { readConfig } from '../../server/configuration/config.ts';
import { runExposure } from '../cli/run-exposure.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';
import { lists, source, withoutSource } from './batch-lists.ts';
import { localRadius, localRecords } from './local-queries.ts';
import { Serving } from './serving.ts';

const serving = new Serving();
afterAll(() => serving.stopAndDelete());

const widest = { from: '2026-01-01T00:00:00Z', to: '2026-10-01T00:00:00Z' };
const printRadius = (projection: string) =>
  runExposure(serving.folder, ['radius', 'quillmark', '--widest', '2026-01-01/2026-10-01', '--format', 'json'], {
    ...serving.environment(),
    EXPOSURE_PROJECTION: projection,
  });

/** Answers of the server that runs now. */
async function answers(): Promise<unknown[]> {
  const found = await serving.get(`{ engagements(first: 1) { edges { node { id } } } accessFacts(first: 1) { edges { node { id } } }
    organization(id: "quillmark") { received(first: 1) { edges { node { id artifact { id } } } } } }`);
  const [transfer] = found.organization.received.edges;
  const [engagement, access] = [found.engagements.edges[0].node.id, found.accessFacts.edges[0].node.id];
  const variables = { organization: 'quillmark', transfer: transfer.node.id, artifact: transfer.node.artifact.id, engagement, access };
  const input = { origins: ['quillmark'], widest, options: { transferLikelihood: 0.2 } };
  return [
    await serving.get(localRadius, { input }),
    await serving.get(localRecords, variables),
    withoutSource(await serving.get(lists(source))),
  ];
}

describe('a server over SQLite that holds no transfers', () => {
  it('[G73] [G1033] gives the answers of one that holds all facts, also after edits and in the command line', async () => {
    const environment = { EXPOSURE_PROJECTION: 'local' };
    await serving.start({ demo: true, environment });
    const first = await answers();
    // A badge of the page must not read all facts.
    expect(await serving.get('{ about { openFindings } }')).toEqual({ about: { openFindings: null } });
    const { artifacts } = await serving.get('{ artifacts(first: 1) { edges { node { id owner { id } } } } }');
    const { id: artifact, owner } = artifacts.edges[0].node;
    const transfer = { id: 'new', artifact, sender: owner.id, recipient: 'quillmark', sentAt: '2026-05-01T00:00:00Z' };
    await serving.put({ transfers: [transfer] });
    const second = await answers();
    expect(second).not.toEqual(first);
    await serving.stop();
    await serving.start();
    expect(await answers()).toEqual(second);
    await serving.stop();
    const printed = await printRadius('whole');
    expect(await printRadius('local')).toEqual(printed);
    expect(printed).toMatchObject({ code: 0, err: '' });
    const doctor = await runExposure(serving.folder, ['doctor'], { ...serving.environment(), ...environment });
    expect(doctor.out).toContain('memory   all facts but the transfers, which each question reads (EXPOSURE_PROJECTION=local)\n');
  }, 240_000);

  it('[G73] takes the settings whole and local alone', () => {
    expect(readConfig({}, { EXPOSURE_STORE: 'sqlite:x.db', EXPOSURE_PROJECTION: 'local' }).projection).toBe('local');
    expect(() => readConfig({}, { EXPOSURE_PROJECTION: 'some' })).toThrow('EXPOSURE_PROJECTION is "some"; expected whole, or local');
  });
});
