import { Serving } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Assistant } from './assistant.ts';

/*
 * Ten questions of README's tour, by a script that does what an assistant is told to do: it looks up ids, asks, and asks again with what an error offers.
 */

const serving = new Serving();
let assistant: Assistant;
beforeAll(async () => {
  await serving.start({ demo: true });
  assistant = await Assistant.connect(serving.url);
});
afterAll(async () => {
  await assistant.close();
  await serving.stopAndDelete();
});

// biome-ignore lint/suspicious/noExplicitAny: the form of an answer depends on its tool.
type Data = any;
const idsOf = (list: Data, key: string): string[] => list.rows.map((row: Data) => row[key].id);

const questions: readonly { readonly question: string; answer(assistant: Assistant): Promise<unknown>; readonly expected: unknown }[] = [
  {
    question: 'What is exposed if Quillmark is compromised?',
    async answer(a) {
      const found = await a.get('find', { text: 'quill', kinds: ['VENDOR'] });
      const origins = [found.answer.search.rows[0].found.id];
      const when = await a.call('blast_radius', { origins });
      const { answer } = await a.get('blast_radius', { incident: when.data.incidents[0].id });
      const { exposedCount, possibleCount, containedCount, affectedLabCount } = answer.blastRadius.summary;
      return [exposedCount, possibleCount, containedCount, affectedLabCount, idsOf(answer.blastRadius.blindSpots, 'organization')];
    },
    expected: [14, 6, 5, 4, ['everholt']],
  },
  {
    question: 'What could it cost?',
    async answer(a) {
      const { worstCaseLossUsd, weightedLossUsd } = (await a.get('blast_radius', { incident: 'INC-02' })).answer.blastRadius.summary;
      return [worstCaseLossUsd, Math.round(weightedLossUsd / 1e5) / 10];
    },
    expected: [53_200_000, 29.9],
  },
  {
    question: 'Why is Preference scheme P4 exposed, and where is that recorded?',
    async answer(a) {
      const found = await a.get('find', { text: 'Preference scheme P4', kinds: ['ARTIFACT'] });
      const { answer } = await a.get('explain', { incident: 'INC-02', artifact: found.answer.search.rows[0].found.id });
      const [{ tier, ways }] = answer.blastRadius.artifacts.rows;
      const { file, line } = ways.rows[0].copy.chain.rows[0].provenance;
      return [tier, `${file}:${line}`];
    },
    expected: ['EXPOSED', 'transfers.csv:107'],
  },
  {
    question: 'And if compromise did not spread?',
    async answer(a) {
      const { answer } = await a.get('blast_radius', { incident: 'INC-02', options: { maxHops: 0 } });
      return [answer.blastRadius.maxHops, answer.blastRadius.summary.reachedCount];
    },
    expected: [0, 1],
  },
  {
    question: 'Which single action would help most, and how much?',
    async answer(a) {
      const { answer } = await a.get('best_cuts', { incident: 'INC-02', budget: 1 });
      const [{ action, removedWeightedLossUsd }] = answer.bestCuts.rows;
      return [action.kind, action.organization.id, removedWeightedLossUsd > 20e6];
    },
    expected: ['ENCRYPT', 'quillmark', true],
  },
  {
    question: 'What if Quillmark had deleted the copies of Aurelis in time?',
    async answer(a) {
      const actions = [{ recall: { holder: 'quillmark', owner: 'aurelis', at: '2026-09-18T00:00:00Z' } }];
      const { baseline, scenario } = (await a.get('what_if', { incident: 'INC-02', actions })).answer.whatIf;
      return [baseline.summary.exposedCount, scenario.summary.exposedCount];
    },
    expected: [14, 8],
  },
  {
    question: 'Whom do we have to ask?',
    async answer(a) {
      const { blastRadius } = (await a.get('whom_to_ask', { incident: 'INC-02' })).answer;
      return [idsOf(blastRadius.blindSpots, 'organization'), blastRadius.notifiers.total];
    },
    expected: [['everholt'], 8],
  },
  {
    question: 'Who else could leak that artifact?',
    async answer(a) {
      const { core, widest } = (await a.get('incident', { incident: 'INC-02' })).answer.incident;
      const { exposure } = (await a.get('who_could_leak', { artifact: 'a-pref-p4', core, widest })).answer.artifact;
      return [exposure.count, idsOf(exposure.organizations, 'organization').includes('proxyline')];
    },
    expected: [7, true],
  },
  {
    question: 'Who ran the poisoned release, and what follows from it?',
    async answer(a) {
      const { advisoryMatches, proposeIncident } = (await a.get('incident', { advisory: 'MAL-2026-990924' })).answer;
      const as = (kind: string) => advisoryMatches.rows.filter((row: Data) => row.proposedAs === kind).length;
      const { core, blastRadius } = proposeIncident;
      const minutes = (Date.parse(core.to) - Date.parse(core.from)) / 60_000;
      const { exposedCount, possibleCount, affectedLabCount } = blastRadius.summary;
      return [as('ORIGIN'), as('SUSPECTED'), minutes, exposedCount, possibleCount, affectedLabCount];
    },
    expected: [2, 2, 100, 14, 16, 5],
  },
  {
    question: 'Whose compromise would matter most in these days?',
    async answer(a) {
      const widest = { from: '2026-09-19T00:00:00Z', to: '2026-10-01T00:00:00Z' };
      const { ranking } = (await a.get('ranking', { of: 'organizations', widest })).answer;
      return [ranking.total, ranking.rows[0].organization.id, ranking.rows[1].organization.id];
    },
    expected: [32, 'proxyline', 'quillmark'],
  },
];

describe("the questions of README's tour", () => {
  it('[G957] are answered by a scripted assistant in at most three calls each, with the figures of the page', async () => {
    expect(questions).toHaveLength(10);
    for (const { question, answer, expected } of questions) {
      const before = assistant.calls;
      expect({ question, answer: await answer(assistant) }).toEqual({ question, answer: expected });
      expect({ question, isShort: assistant.calls - before <= 3 }).toEqual({ question, isShort: true });
    }
  });
});
