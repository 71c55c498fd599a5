import fc from 'fast-check';
import type { RecordedFact } from '../../server/domain/assertions.ts';
import { factKinds } from '../../server/domain/facts.ts';
import { hasHidden } from '../../server/domain/text/hidden-characters.ts';
import { exportFacts } from '../../server/export/export-facts.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { Bench, smallFiles } from '../import/import-for-tests.ts';
import { edit, readAll, say } from '../store/assertions-for-tests.ts';
import { describe, expect, it } from '../support/test.ts';
import { anyCharacter } from '../support/worlds/any-character.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';

async function exportAll(store: FactStore): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { file, text } of exportFacts(store)) files[file] = (files[file] ?? '') + text;
  return files;
}

/** The values of a fact with its `assertedAt` and `source`. The rest of its provenance is from its import. */
const sayings = (facts: readonly RecordedFact[]) =>
  facts.map(({ kind, key, values, provenance }) => [kind, key, values, provenance.assertedAt, provenance.source]);

async function withTwo<T>(act: (from: Bench, to: Bench) => Promise<T>): Promise<T> {
  const [from, to] = [await Bench.open(), await Bench.open()];
  try {
    return await act(from, to);
  } finally {
    await from.close();
    await to.close();
  }
}

const text = fc.oneof(
  fc.string({ unit: anyCharacter, minLength: 1, maxLength: 12 }).filter((one) => !/\p{Cs}|\0/u.test(one)),
  fc.constantFrom("'", "'=1", '=1', "''-", '-', '@x', '\tx', '\r', 'a"b', 'a,b', 'a\r\nb', ' x ', '\\', ';', '\\;', 'ü', '😀'),
);
/** New names, aliases, channels and sources hold no hidden characters, and ids are not blank. */
const names = text.filter((one) => !hasHidden(one));
const ids = names.filter((one) => one.trim() !== '');
const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2090, 0, 1) });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

describe('an export', () => {
  it('[F25] has a file for every kind, with every column, even from an empty store', async () => {
    await withTwo(async (from) => {
      const files = await exportAll(from.store);
      expect(Object.keys(files)).toHaveLength(factKinds.length + 3);
      expect(files['transfers.csv']).toBe(
        'id,artifact,sender,recipient,sent_at,portion,fragments,form,deletion_state,deleted_at,channel,engagement,confidence,records,bytes,asserted_at,source\n',
      );
    });
  });

  it('[F25] imported into an empty store gives the same facts, with the same assertion times and sources', async () => {
    const organization = fc.record({
      id: ids,
      name: names,
      website: maybe(text),
      aliases: maybe(fc.array(names, { minLength: 1, maxLength: 3 })),
      attributes: maybe(
        fc.uniqueArray(fc.record({ name: text, value: text }), { selector: (one) => one.name, minLength: 1, maxLength: 3 }),
      ),
      roles: fc.constant(['LAB', 'VENDOR']),
    });
    const world = fc.record({
      organizations: fc.uniqueArray(organization, { selector: (one) => one.id, minLength: 2, maxLength: 5 }),
      artifact: ids,
      transfers: fc.uniqueArray(
        fc.tuple(
          ids,
          maybe(instants),
          maybe(fc.double({ min: 1e-9, max: 1, noNaN: true })),
          maybe(fc.array(text, { minLength: 1, maxLength: 3 })),
          maybe(names),
        ),
        {
          selector: ([id]) => id,
          maxLength: 5,
        },
      ),
      assertedAt: instants,
      source: fc.option(names),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ organizations, artifact, transfers, assertedAt, source }) => {
        const more = { assertedAt, source };
        const [a, b] = organizations.map(({ id }) => ({ id })) as [{ id: string }, { id: string }];
        const assertions = [
          ...organizations.map((one) => say('ORGANIZATION', one, more)),
          say('ARTIFACT', { id: artifact, name: artifact, type: 'OTHER', owner: a.id, sensitivity: 3 }, more),
          ...transfers.map(([id, sentAt, portion, fragments, channel]) =>
            say('TRANSFER', { id, artifact, sender: a.id, recipient: b.id, sentAt, portion, fragments, channel }, more),
          ),
          say('CONTROL', { organization: a.id, control: artifact, evidenceType: 'TESTED', expiresAt: assertedAt, issuer: b.id }, more),
        ];
        await withTwo(async (from, to) => {
          expect((await from.store.commit(edit(assertions))).isWritten).toBe(true);
          const files = await exportAll(from.store);
          expect((await to.import(files)).rejections).toEqual([]);
          expect(sayings(await readAll(to.store))).toEqual(sayings(await readAll(from.store)));
          expect(await exportAll(to.store)).toEqual(files);
        });
      }),
      { numRuns: generatedRuns(40) },
    );
  });

  it('[F25] carries incidents, their windows and scopes', async () => {
    await withTwo(async (from, to) => {
      const head =
        'id,name,state,discovered_at,origins,core_from,core_to,widest_from,widest_to,max_hops,transfer_likelihood,min_degree,scope,cause\n';
      const row =
        '=INC,"A, b",CLOSED,2025-05-04T01:02:03Z,kite;moss,2025-05-01,2025-05-02,2025-04-01,2025-06-01,2,0.5,0.1,kite artifact guidelines;kite engagement E%3B1;moss,ERROR\n';
      const engagements = { 'engagements.csv': 'id,client,provider\nE;1,vega,kite\n' };
      expect((await from.import({ ...smallFiles, ...engagements, 'incidents.csv': head + row })).rejections).toEqual([]);
      const files = await exportAll(from.store);
      expect((await to.import(files)).rejections).toEqual([]);
      const strip = (json: string) => ({ ...(JSON.parse(json) as object), createdAt: 0, updatedAt: 0 });
      const [before] = await from.store.listDocuments('incident');
      const [after] = await to.store.listDocuments('incident');
      expect(strip(after?.json ?? '')).toEqual(strip(before?.json ?? ''));
    });
  });
});
