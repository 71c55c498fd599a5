import { join } from 'node:path';
import { attachResults } from '../../server/batch/attached-result.ts';
import { batchQuestionNames } from '../../server/batch/batch-questions.ts';
import { runBatch } from '../../server/batch/run-batch.ts';
import { writePack } from '../../server/batch/write-pack.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { edit, say } from '../store/assertions-for-tests.ts';
import { patient } from '../support/neo4j/neo4j-for-tests.ts';
import type { Serving } from './serving.ts';

export const source = 'batch { name revision instant behind }';
/** Every list that a result may answer, in every form in which a result answers it. */
export const lists = (batch: string) => `{
  ranking(first: 100) { totalCount ${batch} edges { node { organization { id name } position reachedCount artifactCount exposedCount possibleCount containedCount labCount dependentCount worstCaseLossUsd weightedLossUsd } } }
  reach: ranking(orderBy: REACH, roles: [VENDOR], first: 100) { totalCount ${batch} edges { node { organization { id } position reachedCount } } }
  artifactExposures(first: 100) { totalCount ${batch} edges { node { artifact { id } count share } } }
  findings(first: 500) { totalCount ${batch} edges { node { id kind message } } }
  evidence: findings(kinds: [SENT_AFTER_DELETION, EXPIRED_EVIDENCE, NO_AUDIT_RIGHT, NO_VALUE], first: 30) { totalCount ${batch} edges { node { facts { __typename ... on Transfer { id } ... on Organization { id } ... on Control { control } ... on Engagement { id } ... on Artifact { id } } } } }
  gone: findings(kinds: [NO_NOTICE_TERM, CUSTODY_GAP], first: 20) { totalCount ${batch} edges { cursor node { id } } }
  controlGaps(first: 20) { totalCount ${batch} edges { node { organization { id } highestSensitivity because required met missing { control leastEvidence reason held { control evidenceType } } } } }
  concentration(first: 100) { totalCount ${batch} edges { node { lab { id } herfindahlIndex holderCount holders { holder { id } share } } } }
  labSafeguards(first: 100) { totalCount ${batch} edges { node { lab { id } providerCount valueUsd auditRight { providerCount valueUsd } noticeTerm { providerCount valueUsd } encryption { providerCount valueUsd } } } }
  sharedHolders(first: 100) { totalCount ${batch} edges { node { holder { id } labs { id } labCount artifactCount } } }
}`;

export type Answer = Record<string, { batch?: { name: string; revision: number; behind: number } | null }>;

export const withoutSource = (answer: Answer) =>
  JSON.parse(JSON.stringify(answer, (key, value) => (key === 'batch' || key === 'cursor' ? undefined : value)));

/** Packs the store of a server, answers every question, and attaches the answers. */
export async function attachAll(serving: Serving, url: string): Promise<string[]> {
  const store = await openStore(url, patient);
  try {
    const pack = join(serving.folder, `pack-${Math.random()}`);
    await writePack(store, { folder: pack, knownAt: null, now: Date.now(), policy: defaultPolicy, transfersAPart: 20 });
    await runBatch({ folder: pack, questions: batchQuestionNames, parameters: {}, threads: 1 }, () => undefined);
    return (await attachResults(store, dataOf(serving), pack, Date.now())).map(({ name }) => name);
  } finally {
    await store.close();
  }
}

export async function change(url: string): Promise<void> {
  const store = await openStore(url, patient);
  try {
    await store.commit(edit([say('ORGANIZATION', { id: `new-${Date.now()}`, name: 'New' })], { at: Date.now() }));
  } finally {
    await store.close();
  }
}

export const dataOf = (serving: Serving) => join(serving.folder, 'data');
export const urlOf = (serving: Serving) => `sqlite:${join(serving.folder, 'exposure.db')}`;
export const namesOf = (answer: Answer) => Object.values(answer).map(({ batch }) => batch?.name.replace(/-[0-9a-f]{12}$/, '') ?? null);
export const everyName = [
  'ranking',
  'ranking',
  'exposures',
  'findings',
  'findings',
  'findings',
  'control-gaps',
  'concentration',
  'safeguards',
  'shared-holders',
];
