import type { BatchQuestionName } from '../../server/batch/batch-questions.ts';
import type { Config } from '../../server/configuration/config.ts';
import { controlGapRows, findingRows, rankingRows } from '../../server/export/list-rows.ts';
import { Asker } from '../../server/questions/asker.ts';
import { batchSourceOf } from '../../server/questions/batch/find-batch.ts';
import type { AnswerOptions } from '../../server/questions/questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import { askConcentration, askSafeguards, askSharedHolders } from '../../server/questions/rankings/ask-concentration.ts';
import { askControlGaps } from '../../server/questions/rankings/ask-control-gaps.ts';
import { askExposures, type SettingsQuestion, settingsAt } from '../../server/questions/rankings/ask-exposures.ts';
import { askListedFindings } from '../../server/questions/rankings/ask-findings.ts';
import { askRanking } from '../../server/questions/rankings/ask-ranking.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import { expect } from '../support/test.ts';

export interface AskedOfServer extends SettingsQuestion {
  /** The time of the request. */
  readonly now: number;
  readonly asOf?: number;
  readonly knownAt?: number;
  /** The folder of attached results. Every answer must then come from one. */
  readonly batchFolder?: string;
}

/** The answers of a server to the questions of a batch, in the order of its lists, as lines of JSON. */
export async function serverAnswers(
  store: WholeStore,
  names: readonly BatchQuestionName[],
  asked: AskedOfServer,
  options: AnswerOptions & Pick<Config, 'projection'> = { projection: 'whole' },
): Promise<Map<BatchQuestionName, string[]>> {
  const batched = asked.batchFolder === undefined ? {} : { batchFolder: asked.batchFolder };
  const questions = new Questions({ store, ...options, clock: () => asked.now, ...batched });
  try {
    const asker = new Asker(questions, undefined, asked.knownAt ?? null);
    const answers = new Map<BatchQuestionName, string[]>();
    for (const name of names)
      answers.set(
        name,
        (await answer(asker, name, asked)).map((row) => JSON.stringify(row)),
      );
    return answers;
  } finally {
    await questions.close();
  }
}

async function answer(
  asker: Asker,
  name: BatchQuestionName,
  { now: _, knownAt: _known, asOf, batchFolder, ...windows }: AskedOfServer,
): Promise<object[]> {
  const isBatched = batchFolder !== undefined;
  const checked = <T extends object>(rows: T): T => {
    if (isBatched) expect([name, batchSourceOf(rows)]).toEqual([name, expect.objectContaining({ behind: 0 })]);
    return rows;
  };
  const projection = await asker.facts();
  const organization = (index: number) => projection.organizations.id.get(index);
  const instant = asOf ?? asker.now;
  const settings = settingsAt(windows, asker.now);
  switch (name) {
    case 'ranking': {
      const rows = checked(await askRanking(asker, projection, { settings, roles: null, orderBy: 'WEIGHTED_LOSS' }));
      // The position follows from the order.
      return rankingRows(projection, rows)
        .rowsAt(0, rows.length)
        .map(({ position: _, ...row }) => row);
    }
    case 'exposures': {
      const rows = checked(await askExposures(asker, projection, settings, null));
      return rows.map(({ artifact, ...row }) => ({ artifact: projection.artifacts.id.get(artifact), ...row }));
    }
    case 'findings': {
      const found = checked(await askListedFindings(asker, projection, instant));
      // Acceptances are the server's.
      const kinds = Array.from(found.slice(0, found.length), (one) => ('keys' in one ? one.keys : one.facts).map(({ kind }) => kind));
      return findingRows(projection, found, new Map())
        .rowsAt(0, found.length)
        .map(({ acceptance: _, ...row }, i) => ({ ...row, fact_kinds: kinds[i] }));
    }
    case 'control-gaps': {
      const gaps = checked(await askControlGaps(asker, projection, instant, {}));
      return controlGapRows(projection, gaps).rowsAt(0, gaps.length);
    }
    case 'concentration':
      return checked(await askConcentration(asker, projection, instant)).map(({ lab, herfindahlIndex, holderCount, holders }) => ({
        lab: organization(lab),
        herfindahl_index: herfindahlIndex,
        holder_count: holderCount,
        holders: holders.map(({ holder }) => organization(holder)),
        shares: holders.map(({ share }) => share),
      }));
    case 'safeguards':
      return checked(await askSafeguards(asker, projection, instant)).map(({ lab, providerCount, valueUsd, ...covers }) => ({
        lab: organization(lab),
        provider_count: providerCount,
        value_usd: valueUsd,
        audit_right_provider_count: covers.auditRight.providerCount,
        audit_right_value_usd: covers.auditRight.valueUsd,
        no_audit_right_provider_count: covers.noAuditRight.providerCount,
        no_audit_right_value_usd: covers.noAuditRight.valueUsd,
        notice_term_provider_count: covers.noticeTerm.providerCount,
        notice_term_value_usd: covers.noticeTerm.valueUsd,
        encryption_provider_count: covers.encryption.providerCount,
        encryption_value_usd: covers.encryption.valueUsd,
      }));
    case 'shared-holders':
      return checked(await askSharedHolders(asker, projection, instant)).map(({ holder, labs, artifactCount }) => ({
        holder: organization(holder),
        lab_count: labs.length,
        labs: labs.map(organization),
        artifact_count: artifactCount,
      }));
  }
}
