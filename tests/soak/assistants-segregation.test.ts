import { loadDemo } from '../../server/import/demo/demo-history.ts';
import { CurrentProjection } from '../../server/projection/refresh/refresh.ts';
import { selectVisibleFacts } from '../../server/questions/lab/visible-facts.ts';
import { stopGraphql, WorldAssistant } from '../mcp/world-assistant.ts';
import { edit, retract, transfer, vendor } from '../store/assertions-for-tests.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { findIds } from '../support/worlds/demo-subjects.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const lab = 'aurelis';
const random = randomFrom(seed);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const now = Date.parse('2026-11-20T00:00:00Z');
const widest = { from: '2026-09-19T00:00:00Z', to: '2026-10-01T00:00:00Z' };
const radius = { origins: ['quillmark'], widest, options: { transferLikelihood: 0.3 } };

let assistant: WorldAssistant;
/** Ids of facts outside the lab's view. */
let outside: Readonly<Record<'artifact' | 'organization' | 'transfer', readonly string[]>>;

beforeAll(async () => {
  assistant = await WorldAssistant.open(now);
  await loadDemo(assistant.store, Date.parse('2026-10-01T00:00:00Z'));
  const all = await findIds(assistant.store);
  const { whole, view } = await selectVisibleFacts(assistant.store, (await new CurrentProjection(assistant.store).read()).projection, [
    lab,
  ]);
  const hidden = (
    kind: 'artifact' | 'organization' | 'transfer',
    column: { readonly id: { find(id: string): number } },
    flags: Uint8Array,
  ) => (all.get(kind) ?? []).filter((id) => flags[column.id.find(id)] === 0);
  outside = {
    artifact: hidden('artifact', whole.artifacts, view.artifacts),
    organization: hidden('organization', whole.organizations, view.organizations),
    transfer: hidden('transfer', whole.transfers, view.transfers),
  };
});
afterAll(async () => {
  await assistant.close();
  await stopGraphql();
});

const calls = (): [string, object][] => [
  ['find', { text: 'quill' }],
  ['find', { text: outside.organization[0] }],
  ['describe', { organization: 'quillmark' }],
  ['describe', { organization: outside.organization[0] }],
  ['describe', { artifact: 'a-pref-p4' }],
  ['describe', { artifact: outside.artifact[0] }],
  ['blast_radius', radius],
  ['blast_radius', { ...radius, origins: ['quillmark', outside.organization[0]] }],
  ['blast_radius', { incident: 'INC-02' }],
  ['blast_radius', { origins: ['quillmark'] }],
  ['explain', { incident: 'INC-02', artifact: 'a-pref-p4' }],
  ['who_could_leak', { artifact: 'a-pref-p4', widest }],
  ['whom_to_ask', radius],
  ['compare', { before: radius, after: { ...radius, options: { maxHops: 0 } } }],
  ['what_if', { ...radius, actions: [{ suspend: { organization: 'quillmark', at: widest.from } }] }],
  ['best_cuts', { ...radius, budget: 2 }],
  ['ranking', { of: 'organizations', widest }],
  ['ranking', { of: 'shared_holders' }],
  ['findings', {}],
  ['incident', {}],
];

const answers = async () => {
  const all: string[] = [];
  for (const [name, args] of calls()) {
    const answer = await assistant.call(name, args, { budget: 24_000, labs: [lab] });
    // The answer says when it was made.
    all.push(`${name} ${JSON.stringify(answer).replace(/"answeredAt":"[^"]*"/g, '')}`);
  }
  return all;
};

async function changeOutside(i: number): Promise<void> {
  const [artifact, from, to] = [pick(outside.artifact), pick(outside.organization), pick(outside.organization)];
  const at = Date.parse('2026-10-02T00:00:00Z') + i;
  const isNew = random() < 0.7 || from === to;
  await assistant.store.commit(
    edit(isNew ? [vendor(`new-${i}`), transfer(`new-${i}`, artifact, from, `new-${i}`)] : [retract('TRANSFER', pick(outside.transfer))], {
      at,
      skipRefused: true,
    }),
  );
}

describe('an assistant of a lab', () => {
  it(
    '[S952] gets the same bytes from every tool when facts outside the view change',
    async () => {
      const turns = rounds(50);
      const count = counting('changes', turns);
      const before = await answers();
      expect(before.join('\n')).toContain('aurelis');
      for (const id of outside.artifact) expect(before.filter((text) => text.includes(`"id":"${id}"`))).toEqual([]);
      for (let i = 0; i < turns; i++) {
        await changeOutside(i);
        expect(await answers()).toEqual(before);
        count();
      }
    },
    limitMs,
  );
});
