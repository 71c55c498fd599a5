import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isEnumType, isObjectType } from 'graphql';
import { factFields } from '../../server/domain/fact-fields.ts';
import { factKinds } from '../../server/domain/facts.ts';
import { getOrInsert } from '../../server/domain/get-or-insert.ts';
import { hiddenColumns, hiddenFields, hiddenTexts, isFigureColumn, wordFields, wordsOfMixedFields } from '../../server/rules/redaction.ts';
import { Serving } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
const words = ['LAB', 'OTHER', 'NONE', 'EXPOSED', 'HELD', 'PLAINTEXT', 'TRANSFERRED', 'Organization', 'CUSTODY_GAP'];
const window = '{ from: "2025-01-01T00:00:00Z", to: "2025-02-01T00:00:00Z" }';

/** Organizations that have words of the schema as names. */
beforeAll(async () => {
  await serving.start();
  await serving.put({
    organizations: [
      { id: 'zorb', name: 'Zorblax', roles: ['LAB'] },
      ...words.map((name, i) => ({ id: `wuf-${i}`, name, roles: ['VENDOR'] })),
      { id: 'VENDOR', name: 'Wuffle', roles: ['SUBCONTRACTOR'] },
    ],
    artifacts: [{ id: 'zed', name: 'Zedguide', type: 'OTHER', owner: 'zorb', sensitivity: 4 }],
    transfers: [
      ...words.map((_, i) => ({ id: `t${i}`, artifact: 'zed', sender: 'zorb', recipient: `wuf-${i}`, sentAt: '2025-01-02T00:00:00Z' })),
      { id: 'gap', artifact: 'zed', sender: 'VENDOR', recipient: 'wuf-0' },
    ],
    access: [{ id: 'a', grantee: 'VENDOR', grantor: 'wuf-0', kind: 'OTHER' }],
  });
});
afterAll(() => serving.stopAndDelete());

async function hiddenAnswer(query: string) {
  const headers = { 'content-type': 'application/json', 'X-Exposure-Redact': 'names' };
  const answer = await fetch(`${serving.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (await answer.json()).data;
}

describe('with redact=names, the texts of a fact', () => {
  it('[R541] are hidden unless their row in the field table says SHOWN; names, ids and enums never are', () => {
    const shown = ['country', 'modelFamily', 'version', 'fragments', 'basis', 'advisory', 'summary', 'references', 'affected', 'claims'];
    for (const kind of factKinds) {
      for (const { name, column, type, isKey, isInternal } of factFields[kind]) {
        const isText = ['text', 'texts', 'attributes'].includes(type) && !isKey && name !== 'name' && isInternal !== true;
        const isHidden = isText && !shown.includes(name);
        expect([kind, name, hiddenFields.has(name), hiddenColumns.has(column)]).toEqual([kind, name, isHidden, isHidden]);
        const isFigure = ['number', 'integer', 'boolean', 'instant', 'endInstant'].includes(type);
        expect([kind, name, isFigureColumn(column)]).toEqual([kind, name, isFigure]);
      }
    }
    expect(hiddenTexts('ORGANIZATION')).toEqual(['website', 'contactEmail']);
    expect(hiddenTexts('TRANSFER')).toEqual(['channel']);
  });
});

describe('with redact=names, words of the schema', () => {
  it('[G375] are those of the fields that the schema says', () => {
    const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
    const always = new Set(['__typename']);
    const never = new Set<string>();
    const ofMixed = new Map<string, Set<string>>();
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      for (const field of Object.values(type.getFields())) {
        const of = getNamedType(field.type);
        (isEnumType(of) ? always : never).add(field.name);
        if (isEnumType(of)) for (const { name } of of.getValues()) getOrInsert(ofMixed, field.name, () => new Set()).add(name);
      }
    }
    expect([...wordFields].sort()).toEqual([...always].filter((name) => !never.has(name)).sort());
    expect(wordsOfMixedFields).toEqual(new Map([...ofMixed].filter(([name]) => never.has(name))));
  });

  it('[G375] stay in an answer, while the names that equal them are hidden', async () => {
    const query = `{
      organizations(first: 50) { edges { node { __typename roles status } } }
      access(id: "a") { __typename kind }
      copies(first: 50) { edges { node { kind form deletionState artifact { type } } } }
      blastRadius(input: { origins: ["wuf-0"], core: ${window} }) { artifacts { edges { node { t: tier b: basis } } } }
    }`;
    expect(await hiddenAnswer(query)).toEqual(await serving.get(query));
    const named = JSON.stringify(await hiddenAnswer('{ organizations(first: 50) { edges { node { id name } } } }'));
    for (const word of [...words, 'VENDOR']) expect(named).not.toContain(`"${word}"`);
  });

  it('[G375] are not what an alias makes of a name', async () => {
    const query = '{ organization(id: "wuf-0") { tier: name type: id kind: __typename } access(id: "a") { tier: kind } }';
    expect(await hiddenAnswer(query)).toEqual({
      organization: { tier: 'Vendor 1', type: 'hidden-vendor-1', kind: 'Organization' },
      access: { tier: expect.stringMatching(/^Vendor \d$/) },
    });
  });

  it.each(['blast-radius', 'other-copies', 'findings'])('[G375] stay in %s.csv and .json', async (list) => {
    const columns = ['kind', 'type', 'tier', 'basis', 'form', 'deletion_state'];
    const rowsOf = async (more: string) => {
      const address = `${serving.url}/api/${list}.json?${list === 'findings' ? '' : 'origins=wuf-0&coreFrom=2025-01-01&coreTo=2025-02-01'}${more}`;
      const rows: Record<string, unknown>[] = await (await fetch(address)).json();
      const [header, ...cells] = (await (await fetch(address.replace('.json', '.csv'))).text()).trim().split('\n');
      const wanted = (header as string).split(',').flatMap((name, at) => (columns.includes(name) ? [at] : []));
      return [
        rows.map((row) => columns.map((name) => row[name])),
        cells.map((line) => wanted.filter((at) => at < 7).map((at) => line.split(',')[at])),
      ];
    };
    const shown = await rowsOf('');
    expect(shown[0]?.length).toBeGreaterThan(0);
    expect(await rowsOf('&redact=names')).toEqual(shown);
  });
});
