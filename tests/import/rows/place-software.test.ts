import { placeSoftware } from '../../../server/import/rows/place-records.ts';
import { advisoryValues, listValues } from '../../../server/software/recorded-facts.ts';
import type { SoftwareList } from '../../../server/software/software-facts.ts';
import { edit, vendor } from '../../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
  await bench.store.commit(edit([vendor('quill')]));
});
afterEach(() => bench.close());

const origin = { assertedAt: 1, source: null, file: 'bom.json', line: null };
const listOf = (version: string): SoftwareList => ({
  ...{ id: 'quill/urn:uuid:1/1', organization: 'quill', subject: 'gateway', subjectVersion: null, describedAt: null },
  ...{ lifecycle: 'BUILD', isComplete: null, format: 'CYCLONEDX' },
  components: [{ package: 'pkg:pypi/litellm', name: 'litellm', version, constraint: null, scope: null, depth: 'DIRECT', hashes: [] }],
});
const place = async (...versions: string[]) => {
  const placed = await placeSoftware(
    bench.store,
    versions.map((version) => ({
      ...{ kind: 'SOFTWARE_LIST' as const, key: listOf(version).id, isRetraction: false, values: listValues(listOf(version)) },
      ...origin,
    })),
  );
  await bench.store.commit(edit(placed.assertions));
  return [placed.assertions.map(({ key }) => key), placed.warnings] as const;
};

describe('a read software list', () => {
  it('[F874] keeps its id where its content is recorded, and is the next edition where other content is', async () => {
    const id = 'quill/urn:uuid:1/1';
    expect(await place('1')).toEqual([[id], []]);
    expect(await place('1')).toEqual([[id], []]);
    const sentence = (next: string) =>
      `bom.json states another content under the id "${id}" than is recorded. It is kept as the next edition, "${id}${next}".`;
    expect(await place('2')).toEqual([[`${id}~2`], [sentence('~2')]]);
    expect(await place('2', '3', '3', '1')).toEqual([
      [`${id}~2`, `${id}~3`, id],
      [sentence('~2'), sentence('~3'), sentence('~3')],
    ]);
    expect(await bench.store.readRevision()).toBe(4);
  });
});

describe('a read record of an advisory', () => {
  const record = (modifiedAt: number | null, summary: string) => ({
    ...{ kind: 'ADVISORY' as const, key: 'MAL-1', isRetraction: false },
    values: advisoryValues({
      ...{ id: 'MAL-1', aliases: [], kind: 'MALWARE' as const, summary, affected: [], knownBy: null, withdrawnAt: null, references: [] },
      modifiedAt,
    }),
    ...origin,
  });
  it('[F875] replaces the recorded state of the same record unless that was modified later', async () => {
    const summaryAfter = async (...records: ReturnType<typeof record>[]) => {
      const { assertions, warnings } = await placeSoftware(bench.store, records);
      await bench.store.commit(edit(assertions));
      const [fact] = await bench.store.readFactsByKey('ADVISORY', ['MAL-1']);
      return [fact?.values[3], warnings.length];
    };
    expect(await summaryAfter(record(null, 'undated'))).toEqual(['undated', 0]);
    expect(await summaryAfter(record(5, 'five'), record(3, 'three'))).toEqual(['five', 1]);
    expect(await summaryAfter(record(4, 'four'))).toEqual(['five', 1]);
    expect(await summaryAfter(record(5, 'five again'))).toEqual(['five again', 0]);
  });
});
