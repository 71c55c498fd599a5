import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { oracleRadius } from './confidentiality.ts';
import type { Question } from './question.ts';

export interface OracleNotice {
  readonly lab: string;
  /** Null: nobody but the incident's owner. */
  readonly notifier: string | null;
  readonly dueAt: number | null;
}

const hourMs = 3_600_000;

/** §10, for an incident that was discovered at an instant. In no order. */
export function oracleNotices(world: World, question: Question, discoveredAt: number): OracleNotice[] {
  const { artifacts, copies, dependents, labs } = oracleRadius(world, question);
  const engagements = factsOf(world, 'ENGAGEMENT');
  const transfers = factsOf(world, 'TRANSFER');
  const affected = labs.map(({ lab }) => lab);
  const blind = dependents.filter(({ isBlindSpot }) => isBlindSpot).map(({ organization }) => organization);
  return [...affected, ...blind].flatMap((lab) => {
    const ways = artifacts.filter(({ owner }) => owner === lab).flatMap((artifact) => artifact.ways);
    const firstTransfers = ways.filter(({ tier }) => tier !== 'CONTAINED').map((way) => copies.find(({ id }) => id === way.copy)?.chain[0]);
    const holders = firstTransfers.flatMap((first) => transfers.filter(({ id }) => id === first).map(({ recipient }) => recipient));
    const path = dependents.find(({ organization }) => organization === lab)?.path ?? [];
    const provider = engagements.find(({ id }) => id === path[0])?.provider ?? null;
    const rankOne = [...new Set(holders)].filter((holder) => holder !== lab);
    return (rankOne.length > 0 ? rankOne : [provider]).map((notifier) => {
      const hours = engagements
        .filter((one) => one.client === lab && one.provider === notifier)
        .filter(({ startsAt }) => startsAt === null || startsAt <= discoveredAt)
        .filter(({ endsAt }) => endsAt === null || endsAt > discoveredAt)
        .flatMap(({ noticeHours }) => noticeHours ?? []);
      return { lab, notifier, dueAt: hours.length === 0 ? null : discoveredAt + Math.min(...hours) * hourMs };
    });
  });
}
