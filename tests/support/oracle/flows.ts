import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import type { OracleRadius, OracleTier } from './confidentiality.ts';
import { highValue } from './lognormal-mean.ts';
import { byKeys } from './order.ts';
import { boundsOfCopies } from './portion.ts';

export interface OracleFlow {
  /** Null: the lab's artifacts that are only revealed. */
  readonly holder: string | null;
  readonly lab: string;
  /** EXPOSED, POSSIBLE, CONTAINED. */
  readonly counts: readonly [number, number, number];
  readonly worstCaseLossUsd: number;
  /** The part of the EXPOSED artifacts. */
  readonly exposedWorstCaseLossUsd: number;
}

const order: readonly OracleTier[] = ['EXPOSED', 'POSSIBLE', 'CONTAINED'];

/** The radius by holder and lab, one pair after another. */
export function oracleFlows(world: World, radius: OracleRadius): OracleFlow[] {
  const artifacts = factsOf(world, 'ARTIFACT');
  const holders = [...radius.reached.map(({ organization }) => organization), null];
  const labs = [...new Set(artifacts.map(({ owner }) => owner))].sort();
  const flows: OracleFlow[] = [];
  for (const holder of holders) {
    for (const lab of labs) {
      const tiers: OracleTier[] = [];
      let worstCaseLossUsd = 0;
      let exposedWorstCaseLossUsd = 0;
      const add = (tier: OracleTier, lossUsd: number) => {
        tiers.push(tier);
        worstCaseLossUsd += lossUsd;
        exposedWorstCaseLossUsd += tier === 'EXPOSED' ? lossUsd : 0;
      };
      for (const artifact of artifacts.filter(({ owner }) => owner === lab)) {
        const exposed = radius.artifacts.find((each) => each.artifact === artifact.id);
        if (exposed === undefined) continue;
        if (holder === null) {
          if (exposed.holders.length > 0) continue;
          add(exposed.tier, exposed.worstCaseLossUsd);
          continue;
        }
        const copies = radius.copies.filter((copy) => copy.artifact === artifact.id && copy.holder === holder && radius.tiers.has(copy.id));
        const tier = order.find((each) => copies.some(({ id }) => radius.tiers.get(id) === each));
        if (tier === undefined) continue;
        const open = copies.filter(({ id }) => radius.tiers.get(id) !== 'CONTAINED');
        add(tier, highValue(artifact) * boundsOfCopies(open, artifact.fragmentCount).high);
      }
      const count = (tier: OracleTier) => tiers.filter((each) => each === tier).length;
      if (tiers.length > 0)
        flows.push({
          holder,
          lab,
          counts: [count('EXPOSED'), count('POSSIBLE'), count('CONTAINED')],
          worstCaseLossUsd,
          exposedWorstCaseLossUsd,
        });
    }
  }
  const hopsOf = ({ holder }: OracleFlow) =>
    radius.reached.find(({ organization }) => organization === holder)?.hops ?? Number.MAX_SAFE_INTEGER;
  return flows.sort(
    byKeys(
      hopsOf,
      ({ holder }) => holder ?? '',
      ({ lab }) => lab,
    ),
  );
}

/** The copies with a tier and without a firm date: the sending date is unknown, or the deletion is only attested. */
export function oracleCertainty(radius: OracleRadius): { undatedCount: number; attestedCount: number } {
  const handedOver = radius.copies.filter(({ id, kind }) => kind === 'TRANSFERRED' && radius.tiers.has(id));
  return {
    undatedCount: handedOver.filter(({ transfer }) => transfer?.sentAt === null).length,
    attestedCount: handedOver.filter(({ transfer }) => transfer?.deletionState === 'ATTESTED').length,
  };
}
