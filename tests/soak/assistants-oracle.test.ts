import fc from 'fast-check';
import { formatInstant } from '../../server/domain/instants.ts';
import { stopGraphql, WorldAssistant } from '../mcp/world-assistant.ts';
import { edit, toAssertion } from '../store/assertions-for-tests.ts';
import { oracleRadius } from '../support/oracle/confidentiality.ts';
import type { OracleWindow } from '../support/oracle/custody.ts';
import { seed } from '../support/seed.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';
import { cases } from '../support/worlds/arbitraries.ts';
import { factsOf, toRecordedFacts } from '../support/worlds/world.ts';
import { counting, limitMs, rounds } from './scale.ts';

const now = 40;
const all = rounds(300);

afterAll(stopGraphql);

const windowOf = ({ from, to }: OracleWindow) => ({ from: formatInstant(from), to: formatInstant(to) });

/** Lists as arrays, whatever their form: connections of GraphQL, and rows of a tool. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { edges, rows, ...rest } = value as { edges?: { node: unknown }[]; rows?: unknown[] };
  if (edges !== undefined) return edges.map(({ node }) => plain(node));
  if (rows !== undefined) return rows.map(plain);
  return Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, plain(item)]));
}

const summary =
  'summary { reachedCount exposedCount possibleCount containedCount affectedLabCount blindSpotCount worstCaseLossUsd weightedLossUsd }';
const exposed = `artifact { id owner { id } } tier basis portion { low high } isUsable likelihood worstCaseLossUsd weightedLossUsd`;
const asked =
  '($input: BlastRadiusInput!, $second: BlastRadiusInput!, $actions: [ActionInput!]!, $id: ID!, $organization: ID!, $core: WindowInput, $widest: WindowInput, $options: RadiusOptions, $asOf: DateTime)';

/** GraphQL queries for all that a tool is asked, written apart from the tools. */
const queries: Readonly<Record<string, string>> = {
  blast_radius: `{ blastRadius(input: $input) { core { from to } widest { from to } ${summary} artifacts(first: 500) { edges { node { ${exposed} wayCount } } }
    labs(first: 500) { edges { node { lab { id } exposedCount possibleCount containedCount worstCaseLossUsd weightedLossUsd } } }
    reached(first: 500) { edges { node { organization { id } hops likelihood } } } } }`,
  whom_to_ask: `{ blastRadius(input: $input) { blindSpots: dependents(first: 500, blindSpotsOnly: true) { edges { node { organization { id } rank } } }
    notifiers(first: 500) { edges { node { id } } } dependents(first: 500) { edges { node { organization { id } rank isFormer isBlindSpot } } }
    otherCopies(first: 500) { edges { node { id artifact { id } holder { id } } } } } }`,
  explain: `{ blastRadius(input: $input) { artifacts(first: 1, ids: [$id]) { edges { node { ${exposed} exposedPortion { low high } weightedShare wayCount ways(first: 10) { tier chance yieldShare
    copy { id kind rank chain { id sender { id } recipient { id } sentAt } } holder { organization { id } path { from { id } to { id } likelihood } } reveals { artifact { id } reveals { id } degree } } } } } } }`,
  compare: `{ compareRadius(before: $input, after: $second) { before { ${summary} } after { ${summary} } changeCounts { kind count }
    changes(first: 500, kinds: [LEFT, WEAKENED, STRENGTHENED, JOINED]) { edges { node { kind artifact { id } before { tier worstCaseLossUsd } after { tier worstCaseLossUsd } } } } } }`,
  what_if: `{ whatIf(input: $input, actions: $actions) { baseline { ${summary} } scenario { ${summary} } changeCounts { kind count }
    changes(first: 500, kinds: [LEFT, WEAKENED, STRENGTHENED, JOINED]) { edges { node { kind artifact { id } } } } stopped(first: 500) { edges { node { id } } } } }`,
  best_cuts:
    '{ bestCuts(input: $input, budget: 3) { position action { kind organization { id } access { id } at } removedWeightedLossUsd remainingWeightedLossUsd } }',
  who_could_leak:
    '{ artifact(id: $id) { exposure(core: $core, widest: $widest, options: $options) { count share organizations(first: 500) { edges { node { organization { id } tier likelihood } } } } } }',
  ranking: `{ ranking(core: $core, widest: $widest, options: $options, first: 500) { edges { node { organization { id } position reachedCount artifactCount labCount dependentCount worstCaseLossUsd weightedLossUsd } } } }`,
  'ranking artifacts':
    '{ artifactExposures(core: $core, widest: $widest, options: $options, first: 500) { edges { node { artifact { id } count share } } } }',
  'ranking shared_holders': '{ sharedHolders(asOf: $asOf, first: 500) { edges { node { holder { id } labCount artifactCount } } } }',
  'ranking concentration':
    '{ concentration(asOf: $asOf, first: 500) { edges { node { lab { id } herfindahlIndex holders { holder { id } share } } } } }',
  findings: '{ findings(asOf: $asOf, first: 500) { edges { node { id kind } } } findingCounts(asOf: $asOf) { kind open } }',
  'findings control_gaps':
    '{ controlGaps(asOf: $asOf, first: 500) { edges { node { organization { id } highestSensitivity required met missing { control reason } } } } }',
  describe:
    '{ organization(id: $organization) { id custody { copyCount readableCount labCount meanValueUsd } copies(first: 500, orderBy: VALUE) { edges { node { id rank } } } } }',
  'describe artifact':
    '{ artifact(id: $id) { id copies(first: 500) { edges { node { id kind rank } } } revealedBy(first: 500) { edges { node { artifact { id } degree } } } } }',
  find: '{ search(text: "1", first: 20) { matched score } }',
  incident: '{ incidents(first: 500) { edges { node { id } } } }',
};

describe('tools of assistants', () => {
  it(
    '[S950] say what GraphQL says, and of a radius what the oracle says, on generated worlds',
    async () => {
      const count = counting('worlds', all);
      await fc.assert(
        fc.asyncProperty(cases, async ({ world, question }) => {
          const assistant = await WorldAssistant.open(now);
          try {
            await assistant.store.commit(edit(toRecordedFacts(world).map(toAssertion), { at: 0, skipRefused: true }));
            const { origins, suspected = [], hasCore = true, maxHops, transferLikelihood, minDegree } = question;
            const [core, widest] = [windowOf(question.core), windowOf(question.widest)];
            const options = { maxHops, transferLikelihood, minDegree };
            const suspectedOrigins = suspected.map(({ organization, likelihood }) => ({ organization, likelihood }));
            const input = { origins, suspectedOrigins, hasCore, ...(hasCore && { core }), widest, options };
            const second = { ...input, options: { ...options, maxHops: 0 } };
            const holder = [...origins, ...suspected.map(({ organization }) => organization)][0] as string;
            const actions = [{ recall: { holder, at: widest.from } }];
            const asOf = formatInstant(30);
            const id = factsOf(world, 'ARTIFACT')[0]?.id ?? '';
            const args: Readonly<Record<string, object>> = {
              blast_radius: input,
              whom_to_ask: input,
              explain: { ...input, artifact: id },
              compare: { before: input, after: second },
              what_if: { ...input, actions },
              best_cuts: { ...input, budget: 3 },
              who_could_leak: { artifact: id, core, widest, options },
              ranking: { of: 'organizations', core, widest, options },
              'ranking artifacts': { of: 'artifacts', core, widest, options },
              'ranking shared_holders': { of: 'shared_holders', asOf },
              'ranking concentration': { of: 'concentration', asOf },
              findings: { asOf },
              'findings control_gaps': { of: 'control_gaps', asOf },
              describe: { organization: holder },
              'describe artifact': { artifact: id },
              find: { text: '1' },
              incident: {},
            };
            const variables = { input, second, actions, id, organization: holder, core, widest, options, asOf };
            for (const [key, query] of Object.entries(queries)) {
              if (id === '' && /explain|who_could_leak|artifact$/.test(key)) continue;
              const { structuredContent } = await assistant.call(key.split(' ')[0] as string, args[key] as object);
              const used = [...asked.matchAll(/(\$\w+): ([\w![\]]+)/g)].filter(([, name]) => new RegExp(`\\${name}\\b`).test(query));
              const parameters = used.length === 0 ? '' : `(${used.map(([declared]) => declared).join(', ')})`;
              const names = used.map(([, name]) => (name as string).slice(1));
              const picked = Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name)));
              const data = await assistant.ask(`query${parameters} ${query}`, picked);
              expect({ key, answer: plain(structuredContent.answer) }).toMatchObject({ key, answer: plain(data) as object });
            }
            const radius = await assistant.call('blast_radius', input);
            const expected = oracleRadius(world, { ...question, scopes: [] });
            const rows = plain(radius.structuredContent.answer.blastRadius.artifacts) as { artifact: { id: string }; tier: string }[];
            expect(new Map(rows.map(({ artifact, tier }) => [artifact.id, tier]))).toEqual(
              new Map(expected.artifacts.map(({ artifact, tier }) => [artifact, tier])),
            );
          } finally {
            await assistant.close();
          }
          count();
        }),
        { numRuns: all, seed, endOnFailure: true },
      );
    },
    limitMs,
  );
});
