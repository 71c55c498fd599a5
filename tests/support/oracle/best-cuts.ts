import type { CutOrder } from '../../../server/exposure/cuts/best-cuts.ts';
import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { byKeys, toCents } from './order.ts';
import type { Question } from './question.ts';
import type { OracleAction } from './what-if.ts';
import { oracleScenario } from './what-if.ts';

export interface OracleCut {
  readonly action: OracleAction;
  readonly removedWeightedLossUsd: number;
  readonly removedWorstCaseLossUsd: number;
  readonly remainingWeightedLossUsd: number;
}

/** §8, best cuts: tries every organization and every access fact after the cuts chosen before. */
export function oracleBestCuts(world: World, question: Question, at: number, budget: number, by: CutOrder): OracleCut[] {
  const candidates: OracleAction[] = [
    ...factsOf(world, 'ORGANIZATION').map(({ id }) => ({ kind: 'ENCRYPT' as const, organization: id, owner: null, at })),
    ...factsOf(world, 'ACCESS').map(({ id }) => ({ kind: 'REVOKE_ACCESS' as const, access: id, at })),
  ];
  const lossesAfter = (actions: readonly OracleAction[]) => oracleScenario(world, question, actions).radius.summary;
  const figureOf = ({ weightedLossUsd, worstCaseLossUsd, affectedLabCount }: ReturnType<typeof lossesAfter>) =>
    by === 'LABS' ? affectedLabCount : toCents(by === 'WORST_CASE_LOSS' ? worstCaseLossUsd : weightedLossUsd);
  const chosen: OracleAction[] = [];
  const cuts: OracleCut[] = [];
  let before = lossesAfter([]);
  while (cuts.length < budget) {
    const tried = candidates.map((action) => ({ action, after: lossesAfter([...chosen, action]) }));
    const best = tried.sort(
      byKeys(
        ({ after }) => figureOf(after),
        ({ after }) => toCents(after.weightedLossUsd),
        ({ after }) => toCents(after.worstCaseLossUsd),
        ({ action }) => (action.kind === 'ENCRYPT' ? 0 : 1),
        ({ action }) => (action.kind === 'REVOKE_ACCESS' ? action.access : action.organization),
      ),
    )[0];
    if (best === undefined || figureOf(best.after) >= figureOf(before)) break;
    chosen.push(best.action);
    cuts.push({
      action: best.action,
      removedWeightedLossUsd: before.weightedLossUsd - best.after.weightedLossUsd,
      removedWorstCaseLossUsd: before.worstCaseLossUsd - best.after.worstCaseLossUsd,
      remainingWeightedLossUsd: best.after.weightedLossUsd,
    });
    before = best.after;
  }
  return cuts;
}
