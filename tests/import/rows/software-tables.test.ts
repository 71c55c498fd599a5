import fc from 'fast-check';
import { softwareKinds } from '../../../server/domain/facts.ts';
import { unpackRows } from '../../../server/domain/text/row-text.ts';
import { exportFacts } from '../../../server/export/export-facts.ts';
import { exportDora } from '../../../server/export/export-format.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { importOf, readAll, vendor } from '../../store/assertions-for-tests.ts';
import { softwareAssertions } from '../../store/software-facts.contract.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, places } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const organizations = 'id,name\nquill,Quill\n';
const lists =
  'id,organization,subject,subject_version,described_at,lifecycle,is_complete,format\nquill/1,quill,pkg:oci/gateway,1.0,2026-03-20,BUILD,true,CYCLONEDX\n';
const components =
  'list,name,package,version,constraint,scope,depth,hashes\nquill/1,openai,pkg:pypi/openai,,>=1.13,,,\nquill/1,litellm,pkg:pypi/Lite_LLM,1.82.7,,,DIRECT,sha256:ab;sha1:cd\nquill/1,litellm,pkg:pypi/lite-llm,1.82.7,,,DIRECT,sha256:ab;sha1:cd\n';

async function exported(store: FactStore): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { file, text } of exportFacts(store)) files[file] = (files[file] ?? '') + text;
  return files;
}

describe('canonical files of software', () => {
  it('[F870] the components of a list are one assertion with it, by package, each once, with canonical package URLs', async () => {
    const files = { 'software_components.csv': components, 'organizations.csv': organizations, 'software_lists.csv': lists };
    const outcome = await bench.import(files);
    expect(outcome.rejections).toEqual([]);
    const [list] = await bench.store.readFactsByKey('SOFTWARE_LIST', ['quill/1']);
    expect(list?.provenance).toMatchObject({ file: 'software_lists.csv', line: 2 });
    expect(unpackRows('COMPONENT', list?.values[8] as string)).toEqual([
      ['litellm', 'pkg:pypi/lite-llm', '1.82.7', null, null, 'DIRECT', ['sha256:ab', 'sha1:cd']],
      ['openai', 'pkg:pypi/openai', null, '>=1.13', null, 'UNKNOWN', []],
    ]);
    const { changes } = await bench.store.readHistory({ kind: 'SOFTWARE_LIST', key: 'quill/1' }, 0, 5);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.fields).toContainEqual({ field: 'components', before: null, after: '2 rows' });
    // The same files change nothing; other rows replace those of the list.
    const revision = await bench.store.readRevision();
    await bench.import(files);
    expect(await bench.store.readRevision()).toBe(revision);
    await bench.import({ 'software_components.csv': 'list,name,version,package\nquill/1,litellm,1.83.0,pkg:pypi/litellm\n' });
    const [replaced] = await bench.store.readFactsByKey('SOFTWARE_LIST', ['quill/1']);
    expect(unpackRows('COMPONENT', replaced?.values[8] as string)).toHaveLength(1);
    expect(replaced?.values[2]).toBe('pkg:oci/gateway');
  });

  it('[F871] a fact with a rejected row is left out as a whole, with its other rows, and a list without a file of components is refused', async () => {
    const wrong = `${components}quill/1,broken,litellm,1,,,,\nquill/1,broken,pkg:pypi/a@1,,,,,\n`;
    const outcome = await bench.preview({
      'organizations.csv': organizations,
      'software_lists.csv': lists,
      'software_components.csv': wrong,
    });
    expect(places(outcome.rejections)).toEqual([
      'software_components.csv:2: REFERS_TO_REJECTED',
      'software_components.csv:5: package: BAD_VALUE',
      'software_components.csv:6: package: BAD_VALUE',
      'software_lists.csv:2: REFERS_TO_REJECTED',
    ]);
    expect(outcome.rejections[0]?.lines).toEqual([2, 3, 4]);
    expect(outcome.rejections[1]?.message).toContain('expected a package URL such as pkg:pypi/litellm');
    expect(outcome.rejections[2]?.message).toContain('has a version');
    const alone = await bench.preview({ 'organizations.csv': organizations, 'software_lists.csv': lists });
    expect(places(alone.rejections)).toEqual(['software_lists.csv:2: components: MISSING_VALUE']);
  });

  it('[F872] claims of one source stand together and are replaced together; a claim that ends before it begins is rejected', async () => {
    const advisories = 'id,kind,summary\nMAL-1,MALWARE,Poisoned\n';
    const packages = 'advisory,package,versions,ranges\nMAL-1,pkg:pypi/litellm,1.82.7;1.82.8,\n';
    const claims =
      'advisory,package,source,versions,from,until\nMAL-1,pkg:pypi/litellm,blog,,2026-03-24T08:30:00Z,\nMAL-1,pkg:pypi/litellm,blog,1.82.7,,2026-03-24T11:58:00Z\n';
    const outcome = await bench.import({ 'advisories.csv': advisories, 'advisory_packages.csv': packages, 'availabilities.csv': claims });
    expect(outcome.rejections).toEqual([]);
    const claimsNow = async () => (await readAll(bench.store)).filter(({ kind }) => kind === 'AVAILABILITY');
    expect(
      (await claimsNow()).map(({ values, provenance }) => [unpackRows('CLAIM', values[3] as string).length, provenance.source]),
    ).toEqual([[2, 'blog']]);
    await bench.import({ 'availabilities.csv': 'advisory,package,source,from\nMAL-1,pkg:pypi/litellm,blog,2026-03-24\n' });
    expect((await claimsNow()).map(({ values }) => unpackRows('CLAIM', values[3] as string).length)).toEqual([1]);
    const late = await bench.preview({
      'availabilities.csv': 'advisory,package,source,from,until\nMAL-1,pkg:pypi/a,b,2026-03-25,2026-03-24\n',
    });
    expect(places(late.rejections)).toEqual(['availabilities.csv:2: until: ENDS_BEFORE_START']);
  });

  it('[F873] random facts of software give the same facts after an export and an import, and the DORA export leaves them out', async () => {
    await fc.assert(
      fc.asyncProperty(softwareAssertions, fc.option(fc.constantFrom('ledger')), async (assertions, source) => {
        const [from, to] = [await Bench.open(), await Bench.open()];
        try {
          const withSource = assertions.map((one) => {
            const claimant = one.kind === 'AVAILABILITY' ? one.values[2] : one.kind === 'SOFTWARE_STATEMENT' ? one.values[3] : source;
            return { ...one, source: claimant as string | null, assertedAt: Date.UTC(2026, 1, 1) };
          });
          await from.store.commit(importOf('i', [...['quill', 'sable', 'vega'].map((id) => vendor(id)), ...withSource]));
          const files = await exported(from.store);
          expect((await to.import(files)).rejections).toEqual([]);
          const plain = async (store: FactStore) =>
            (await readAll(store))
              .filter(({ kind }) => (softwareKinds as readonly string[]).includes(kind))
              .map(({ kind, key, values, provenance }) => [kind, key, values, provenance.source, provenance.assertedAt]);
          expect(await plain(to.store)).toEqual(await plain(from.store));
          const dora: string[] = [];
          for await (const { file } of exportDora(from.store)) dora.push(file);
          expect(dora.some((file) => /software|advisor|availab/.test(file))).toBe(false);
        } finally {
          await from.close();
          await to.close();
        }
      }),
      { numRuns: 12 },
    );
  });
});
