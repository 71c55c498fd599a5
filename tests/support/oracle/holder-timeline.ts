import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import type { OracleRadius } from './confidentiality.ts';
import type { OracleCopy, OracleWindow } from './custody.ts';
import { isReadableCopy, meets } from './custody.ts';
import { highValue } from './lognormal-mean.ts';
import { byCodePoint } from './order.ts';
import { boundsOfCopies } from './portion.ts';

/** The holdings of each reached organization in each stretch [edges[i], edges[i + 1]), counted one stretch and one artifact after another. */
export function oracleHolderTimelines(
  world: World,
  radius: OracleRadius,
  widest: OracleWindow,
  edges: readonly number[],
  { byLab, owners }: { readonly byLab: boolean; readonly owners: readonly string[] | null },
) {
  const artifacts = factsOf(world, 'ARTIFACT');
  const labs = byLab ? [...new Set(artifacts.map(({ owner }) => owner))].sort(byCodePoint) : [null];
  const stretches = edges.slice(1).map((until, i) => ({ from: edges[i] as number, to: until - 1 }));
  return radius.reached.flatMap(({ organization }) =>
    labs.flatMap((lab) => {
      const isListed = (copy: OracleCopy) =>
        copy.holder === organization && (lab === null || copy.owner === lab) && (owners === null || owners.includes(copy.owner));
      const copies = radius.copies.filter(isListed);
      if (copies.length === 0) return [];
      return [{ holder: organization, lab, ...countBuckets(copies, artifacts, stretches), ...countEvents(copies, widest, stretches) }];
    }),
  );
}

function countBuckets(
  copies: readonly OracleCopy[],
  artifacts: ReturnType<typeof factsOf<'ARTIFACT'>>,
  stretches: readonly OracleWindow[],
) {
  const rows = stretches.map((stretch) => {
    const sums = { definite: 0, possible: 0, unreadable: 0, worst: 0, definiteWorst: 0 };
    for (const artifact of artifacts) {
      const live = copies.filter((copy) => copy.artifact === artifact.id && meets(stretch, copy.possible));
      const readable = live.filter(isReadableCopy);
      const worst = highValue(artifact) * boundsOfCopies(readable, artifact.fragmentCount).high;
      if (readable.some((copy) => meets(stretch, copy.definite))) {
        sums.definite++;
        sums.definiteWorst += worst;
      } else if (readable.length > 0) sums.possible++;
      else if (live.length > 0) sums.unreadable++;
      sums.worst += worst;
    }
    return sums;
  });
  return {
    definiteCounts: rows.map(({ definite }) => definite),
    possibleCounts: rows.map(({ possible }) => possible),
    unreadableCounts: rows.map(({ unreadable }) => unreadable),
    worstCaseUsd: rows.map(({ worst }) => worst),
    definiteWorstCaseUsd: rows.map(({ definiteWorst }) => definiteWorst),
  };
}

/** A copy that a scenario encrypts is two copies. The later one tells when it ended. */
function countEvents(copies: readonly OracleCopy[], widest: OracleWindow, stretches: readonly OracleWindow[]) {
  const transferred = copies.filter(({ id, kind }) => kind === 'TRANSFERRED' && !copies.some((other) => other.id === `${id}:encrypted`));
  const received = transferred.flatMap(({ transfer }) => (transfer?.sentAt == null ? [] : [transfer.sentAt]));
  const deleted = transferred.map(({ definite }) => definite.until).filter((at) => Number.isFinite(at));
  const isIn =
    ({ from, to }: OracleWindow) =>
    (at: number) =>
      at >= from && at <= to;
  const before = deleted.filter((at) => at < widest.from);
  return {
    receivedCounts: stretches.map((stretch) => received.filter(isIn(stretch)).length),
    deletedCounts: stretches.map((stretch) => deleted.filter(isIn(stretch)).length),
    firstReceivedAt: received.length === 0 ? null : Math.min(...received),
    undatedCount: transferred.length - received.length,
    receivedInWindowCount: received.filter(isIn(widest)).length,
    deletedInWindowCount: deleted.filter(isIn(widest)).length,
    deletedBeforeCount: before.length,
    lastDeletedBeforeAt: before.length === 0 ? null : Math.max(...before),
  };
}
