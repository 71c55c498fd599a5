import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assertion } from '../../server/domain/assertions.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { CurrentProjection } from '../../server/projection/refresh/refresh.ts';
import { Asker } from '../../server/questions/asker.ts';
import { Questions } from '../../server/questions/questions.ts';
import { askImportEffect } from '../../server/questions/rankings/ask-import-effect.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import type { PlannedFact } from '../../server/store/planned-reader.ts';
import { artifact, edit, lab, retract, say, transfer, vendor } from '../store/assertions-for-tests.ts';
import { projectionInPlain } from '../support/answers/projection-in-plain.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-effect-'));
let count = 0;
const newStore = (): Promise<FactStore> => openStore(`sqlite:${join(folder, `${count++}.db`)}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const engagement = say('ENGAGEMENT', { id: 'e', client: 'lab', provider: 'v2' });
const controlOf = (organization: string, evidenceType: string) => say('CONTROL', { organization, control: 'MFA', evidenceType });
/** `w` comes right after `v` and `v2`: facts that named these must not count as its. */
const base = [lab('lab'), vendor('v'), vendor('v2'), vendor('w'), artifact('x', 'lab'), transfer('a', 'x', 'lab', 'w')];
const ofMember = [transfer('t', 'x', 'lab', 'v2', { engagement: 'e' }), engagement, controlOf('v2', 'QUESTIONNAIRE')];
const ofTarget = [
  transfer('u', 'x', 'v', 'v2'),
  say('ENGAGEMENT', { id: 'f', client: 'v', provider: 'v2' }),
  controlOf('v', 'AUDIT_REPORT'),
];
const merge = vendor('v2', { mergedInto: 'v' });

const mergedBase = base.map((fact) => (fact.key === 'v2' ? merge : fact));

const cases: Record<string, { readonly first: readonly Assertion[]; readonly planned: readonly Assertion[] }> = {
  'retracts the organization that another means': {
    first: [...mergedBase, ...ofMember],
    planned: [retract('ORGANIZATION', 'v'), vendor('z')],
  },
  'states a merge': { first: [...base, ...ofMember, ...ofTarget], planned: [merge, transfer('s', 'x', 'v2', 'w')] },
  'ends a merge': { first: [...mergedBase, ...ofMember, ...ofTarget], planned: [vendor('v2', { mergedInto: null })] },
  'renames a merged organization': {
    first: [...mergedBase, ...ofMember],
    planned: [vendor('v2', { name: 'Other', roles: ['TOOL_PROVIDER'] })],
  },
  'retracts the evidence that hid that of a merged organization': {
    first: [...mergedBase, ...ofMember, ...ofTarget],
    planned: [retract('CONTROL', 'v/MFA')],
  },
  'has no merges': { first: [...base, ...ofMember], planned: [retract('TRANSFER', 'a'), vendor('vx'), transfer('b', 'x', 'lab', 'vx')] },
};

/** Every fact as the commit of these assertions leaves it, from a twin of the store. */
async function planOf(first: readonly Assertion[], planned: readonly Assertion[]): Promise<PlannedFact[]> {
  const twin = await newStore();
  const unmerged = twin.unmerged;
  await twin.commit(edit(first));
  const read = async ({ kind, key }: Assertion) => (await unmerged.readFactsByKey(kind, [key]))[0];
  const before = await Promise.all(planned.map(read));
  expect((await twin.commit(edit(planned))).isWritten).toBe(true);
  const after = await Promise.all(planned.map(read));
  await twin.close();
  return planned.map((assertion, i) => ({ assertion, isCreated: before[i] === undefined, values: after[i]?.values }));
}

const withoutProvenance = (projection: Projection) =>
  JSON.parse(JSON.stringify(projectionInPlain(projection), (name, value) => (name === 'provenance' ? undefined : value)));

describe('[P274] the effect of an import under merges has the facts that its commit leaves', () => {
  it.each(Object.entries(cases))('if it %s', async (_, { first, planned }) => {
    const store = await newStore();
    await store.commit(edit(first));
    const plan = await planOf(first, planned);
    const { before, after } = await askImportEffect(new Asker(new Questions({ store, projection: 'whole' })), plan, 'plan');
    const as = async () => withoutProvenance((await new CurrentProjection(store).read()).projection);
    expect(withoutProvenance(before.projection)).toEqual(await as());
    await store.commit(edit(planned));
    expect(withoutProvenance(after.projection)).toEqual(await as());
    await store.close();
  });
});
