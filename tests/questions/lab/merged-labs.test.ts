import { Tokens } from '../../../server/auth/tokens.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { Serving } from '../../graphql/serving.ts';
import { artifact, edit, importOf, lab, say, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';

const serving = new Serving();
let store: FactStore;
const keys = new Map<string, string>();
const times = { before: '', during: '' };

const merge = (id: string, into: string | null) => store.commit(edit([say('ORGANIZATION', { id, mergedInto: into })], { at: Date.now() }));
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
const nowAfter = async () => {
  await pause();
  const now = new Date().toISOString();
  await pause();
  return now;
};

/** A lab under two ids, each with an artifact at a vendor, and a third lab with the same vendor. */
beforeAll(async () => {
  store = await openStore(serving.environment().EXPOSURE_STORE as string);
  await store.commit(
    edit(
      [
        ...['vega', 'vega-old', 'third', 'third-old'].map((id) => lab(id, { name: `Lab ${id}` })),
        vendor('quill', { attributes: [{ name: 'note', value: 'as for third-old' }] }),
        artifact('rubric', 'vega'),
        artifact('guide', 'vega-old'),
        artifact('secret', 'third'),
        transfer('t1', 'rubric', 'vega', 'quill'),
        transfer('t2', 'guide', 'vega-old', 'quill'),
        transfer('t3', 'secret', 'third', 'quill'),
      ],
      { at: Date.now() },
    ),
  );
  for (const bound of ['vega', 'vega-old', 'third']) {
    const wanted = { name: bound, role: 'VIEWER', canExport: true, labs: [bound], expiresAt: null } as const;
    keys.set(bound, await new Tokens(store).create(wanted, Date.now()));
  }
  const wanted = { name: 'ada', role: 'ANALYST', canExport: true, labs: null, expiresAt: null } as const;
  keys.set('ada', await new Tokens(store).create(wanted, Date.now()));
  await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
  const save = 'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { userErrors { message } } }';
  await ask('ada', save, { input: { name: 'Break-in', origins: ['quill'] } });
});
afterAll(async () => {
  await store.close();
  await serving.stopAndDelete();
});

// biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
async function ask(who: string, query: string, variables: object = {}): Promise<any> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${keys.get(who)}` };
  const body = JSON.stringify({ query, variables });
  return (await fetch(`${serving.url}/graphql`, { method: 'POST', headers, body })).json();
}

const seen = 'artifacts { edges { node { id } } } viewer { labs { id } } incidents { totalCount } organization(id: "vega-old") { id }';
interface Seen {
  readonly artifacts: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  readonly viewer: { readonly labs: readonly { readonly id: string }[] };
  readonly incidents: { readonly totalCount: number };
  readonly organization: { readonly id: string } | null;
}
const tell = ({ artifacts, viewer, incidents, organization }: Seen) => ({
  artifacts: artifacts.edges.map(({ node }) => node.id),
  labs: viewer.labs.map(({ id }) => id),
  incidents: incidents.totalCount,
  old: organization?.id ?? null,
});
const sees = async (who: string) => tell((await ask(who, `{ ${seen} }`)).data);
const saw = async (who: string, instant: string) => {
  const { data, errors } = await ask(who, `{ asKnownAt(instant: "${instant}") { ${seen} } }`);
  return errors === undefined ? tell(data.asKnownAt) : errors[0].extensions.code;
};

const own = { artifacts: ['guide'], labs: ['vega-old'], incidents: 1, old: 'vega-old' };
const others = { artifacts: ['rubric'], labs: ['vega'], incidents: 1, old: null };
const both = { artifacts: ['guide', 'rubric'], labs: ['vega'], incidents: 1, old: 'vega' };

describe('a token that is bound to a merged lab', () => {
  it('[S286] sees what the lab that its id means may be told, and nothing of a third one', async () => {
    expect([await sees('vega-old'), await sees('vega')]).toEqual([own, others]);
    times.before = await nowAfter();
    await merge('vega-old', 'vega');
    times.during = await nowAfter();
    expect([await sees('vega-old'), await sees('vega')]).toEqual([both, both]);
    expect(await sees('third')).toEqual({ artifacts: ['secret'], labs: ['third'], incidents: 1, old: null });
    const pack = 'query($lab: ID!) { incidents { edges { node { id } } } neighborhood(of: [{ organization: $lab }]) { nodes { key } } }';
    const { data } = await ask('vega-old', pack, { lab: 'vega-old' });
    expect(data.neighborhood.nodes[0].key).toBe('organization:vega');
    const { data: found } = await ask('vega-old', 'query($i: ID!) { notificationPack(incident: $i, lab: "vega-old") { lab { id } } }', {
      i: data.incidents.edges[0].node.id,
    });
    expect(found.notificationPack.lab.id).toBe('vega');
  });

  it('[S286] sees of the time before the merge what its own id meant then', async () => {
    expect([await saw('vega-old', times.before), await saw('vega', times.before)]).toEqual([own, others]);
    expect([await saw('vega-old', times.during), await saw('vega', times.during)]).toEqual([both, both]);
  });

  it('[S286] sees its own again after the unmerge, and neither of the two sees what was known of both', async () => {
    await merge('vega-old', null);
    expect([await sees('vega-old'), await sees('vega')]).toEqual([own, others]);
    expect([await saw('vega-old', times.during), await saw('vega', times.during)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect([await saw('vega-old', times.before), await saw('vega', times.before)]).toEqual([own, others]);
    const { errors } = await ask('vega', `{ blastRadius(input: { origins: ["quill"], knownAt: "${times.during}" }) { revision } }`);
    expect(errors[0].message).toContain('merged with another organization');
  });
});

describe('a token that is bound to a lab that is gone', () => {
  it('[S286] sees what was known of it then', async () => {
    await store.commit(importOf('gone', [lab('gone', { name: 'Gone' })], { at: Date.now() }));
    const wanted = { name: 'gone', role: 'VIEWER', canExport: true, labs: ['gone'], expiresAt: null } as const;
    keys.set('gone', await new Tokens(store).create(wanted, Date.now()));
    const then = await nowAfter();
    await store.undoImport('gone', 'ada', Date.now());
    expect(await sees('gone')).toEqual({ artifacts: [], labs: [], incidents: 0, old: null });
    expect(await saw('gone', then)).toEqual({ artifacts: [], labs: ['gone'], incidents: 0, old: null });
  });
});

describe('the id of a merged lab that is hidden', () => {
  it('[S287] is withheld from texts, in the view of a bound token and in a pack', async () => {
    const query = '{ organization(id: "quill") { attributes { value } } incidents { edges { node { id } } } }';
    expect((await ask('vega', query)).data.organization.attributes).toEqual([]);
    await merge('third-old', 'third');
    const { organization, incidents } = (await ask('vega', query)).data;
    expect(organization.attributes).toEqual([]);
    const pack =
      'query($i: ID!) { notificationPack(incident: $i, lab: "vega") { recall { totalCount } radius { origins { attributes { value } } } } }';
    const { data } = await ask('ada', pack, { i: incidents.edges[0].node.id });
    expect(data.notificationPack.radius.origins).toEqual([{ attributes: [] }]);
    for (const who of ['vega', 'third']) {
      const { data: found } = await ask(who, '{ organization(id: "third-old") { id } }');
      expect(found.organization).toEqual(who === 'third' ? { id: 'third' } : null);
    }
  });
});
