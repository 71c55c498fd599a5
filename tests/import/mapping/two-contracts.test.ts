import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import type { RecordedFact } from '../../../server/domain/assertions.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { commitImport } from '../../../server/import/commit-import.ts';
import type { EditionDecision } from '../../../server/import/editions/last-edition.ts';
import { readFromStore } from '../../../server/import/read-from-store.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { toInput } from '../../support/answers/engine-answers.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const header = 'Contract number,Vendor,Service,Start date,End date,Breach notice hours\n';
const hosting = 'C-1,Zeta Cloud,Hosting,2023-01-01,2024-12-31,24\n';
const support = 'C-2,Zeta Cloud,Support,2025-01-01,2027-12-31,72\n';
const unnumbered = (text: string) => text.replaceAll(/^[^,\n]*,/gm, '');

async function take(text: string, flags: Readonly<Record<string, unknown>> = {}, edition: EditionDecision = {}, at = Date.UTC(2026, 2, 1)) {
  const decisions = readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs', ...flags } as never);
  const read = await readFromStore(bench.store, bench.write({ 'register.csv': text }), {
    assertedAt: at,
    source: 'register',
    edition,
    decisions,
  });
  const order = { id: `i${at}`, by: 'ada', at, createdAt: at, source: 'register', assertedAt: null };
  return { read, outcome: await commitImport(bench.store, read, order, 'ALL_OR_NOTHING') };
}

async function engagements(): Promise<unknown[]> {
  const found: unknown[] = [];
  const day = (value: unknown) => (typeof value === 'number' ? new Date(value).toISOString().slice(0, 10) : value);
  for await (const { facts } of bench.store.readFacts(undefined, ['ENGAGEMENT']))
    for (const { values } of facts) found.push([values[0], values[3], day(values[4]), day(values[5]), values[6]]);
  return found;
}

/** Whether the client is a former dependent of the vendor, for a compromise on a day. */
async function isFormer(date: string): Promise<boolean | undefined> {
  const facts: RecordedFact[] = [];
  for await (const { facts: some } of bench.store.readFacts()) for (const fact of some) facts.push({ ...fact });
  const projection = buildProjection(facts, 1);
  const at = Date.parse(date);
  const window = { from: at, to: at };
  const question = {
    origins: ['Zeta Cloud'],
    core: window,
    widest: window,
    scopes: [],
    maxHops: 3,
    transferLikelihood: 0,
    minDegree: 0.05,
  };
  return findBlastRadius(projection, toInput(projection, question)).dependents[0]?.isFormer;
}

describe('two contracts of one client and provider', () => {
  it('[I994] that the list numbers have their own terms; one that is no longer listed ends alone', async () => {
    const first = await take(header + hosting.replace('2024-12-31', '') + support);
    expect([first.read.questions, first.outcome.isWritten]).toEqual([[], true]);
    expect(await engagements()).toEqual([
      ['Vega Labs: C-1', 'Hosting', '2023-01-01', null, 24],
      ['Vega Labs: C-2', 'Support', '2025-01-01', '2028-01-01', 72],
    ]);
    const end = Date.UTC(2026, 3, 1);
    await take(header + support, {}, { unlisted: { policy: 'END', at: end }, evenIfMany: true }, end);
    expect(await engagements()).toEqual([
      ['Vega Labs: C-1', 'Hosting', '2023-01-01', '2026-04-01', 24],
      ['Vega Labs: C-2', 'Support', '2025-01-01', '2028-01-01', 72],
    ]);
    expect([await isFormer('2026-05-01'), await isFormer('2028-05-01')]).toEqual([false, true]);
  });

  it('[I994] without a number are one, and the report names the flag that keeps each service apart with its own end', async () => {
    const text = unnumbered(header + hosting + support);
    const joined = await take(text);
    expect(joined.read.warnings.join('\n')).toMatch(
      /1 engagement has rows with different ends: the latest counts\. If each service is a contract of its own, say so: by `--contracts apart`/,
    );
    expect(await engagements()).toEqual([['Vega Labs > Zeta Cloud', 'Hosting; Support', '2023-01-01', '2028-01-01', 24]]);
  });

  it('[I994] are apart by service if told so, and again in the next edition', async () => {
    const text = unnumbered(header + hosting + support);
    const { read } = await take(text, { contracts: 'apart' });
    expect(read.mappingDocument?.files[0]).toMatchObject({ contractsApart: true });
    const both = [
      ['Vega Labs > Zeta Cloud: Hosting', 'Hosting', '2023-01-01', '2025-01-01', 24],
      ['Vega Labs > Zeta Cloud: Support', 'Support', '2025-01-01', '2028-01-01', 72],
    ];
    expect(await engagements()).toEqual(both);
    const again = await take(text, {}, {}, Date.UTC(2026, 3, 1));
    expect([again.read.questions, again.outcome.report]).toMatchObject([[], { created: 0, updated: 0 }]);
    expect(await engagements()).toEqual(both);
  });
});
