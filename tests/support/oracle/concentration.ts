import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import type { OracleCopy } from './custody.ts';
import { meets, oracleCopies } from './custody.ts';
import { meanValue } from './lognormal-mean.ts';
import { byKeys, largestFirst } from './order.ts';

/** §9: copies possibly live at the instant, without those in their owner's custody. */
export function liveCopies(world: World, instant: number): OracleCopy[] {
  return oracleCopies(world).filter(
    (copy) => meets({ from: instant, to: instant }, copy.possible) && copy.kind !== 'OWNED' && copy.holder !== copy.owner,
  );
}

export interface OracleConcentration {
  readonly lab: string;
  readonly herfindahlIndex: number | null;
  readonly holders: readonly { readonly holder: string; readonly share: number }[];
}

/** §9, concentration. All holders, not only the largest 20. */
export function oracleConcentration(world: World, instant: number): OracleConcentration[] {
  const copies = liveCopies(world, instant);
  const values = new Map(factsOf(world, 'ARTIFACT').map((artifact) => [artifact.id, meanValue(artifact)]));
  const labs = factsOf(world, 'ORGANIZATION').filter(({ roles }) => roles.includes('LAB'));
  const rows = labs.map(({ id: lab }) => {
    const direct = copies.filter(({ owner, rank }) => owner === lab && rank === 1);
    const holders = [...new Set(direct.map(({ holder }) => holder))].sort(byKeys((id) => id));
    const amounts = holders.map((holder) => {
      const held = [...new Set(direct.filter((copy) => copy.holder === holder).map(({ artifact }) => artifact))].sort(byKeys((id) => id));
      return held.reduce((sum, artifact) => sum + (values.get(artifact) as number), 0);
    });
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    const shares = holders.map((holder, i) => ({ holder, share: total === 0 ? 0 : (amounts[i] as number) / total }));
    return {
      lab,
      herfindahlIndex: total === 0 ? null : shares.reduce((sum, { share }) => sum + share * share, 0),
      holders: shares.sort(
        byKeys(
          ({ share }) => largestFirst(share),
          ({ holder }) => holder,
        ),
      ),
    };
  });
  return rows.sort(
    byKeys(
      ({ herfindahlIndex }) => largestFirst(herfindahlIndex ?? -1),
      ({ lab }) => lab,
    ),
  );
}

export interface OracleSharedHolder {
  readonly holder: string;
  readonly labs: readonly string[];
  readonly artifactCount: number;
}

/** §9, shared holders: organizations with copies from at least two labs other than themselves. All labs, not only the first 20. */
export function oracleSharedHolders(world: World, instant: number): OracleSharedHolder[] {
  const copies = liveCopies(world, instant);
  const rows = factsOf(world, 'ORGANIZATION').map(({ id: holder }) => {
    const held = copies.filter((copy) => copy.holder === holder && copy.owner !== holder);
    return {
      holder,
      labs: [...new Set(held.map(({ owner }) => owner))].sort(byKeys((id) => id)),
      artifactCount: new Set(held.map(({ artifact }) => artifact)).size,
    };
  });
  return rows
    .filter(({ labs }) => labs.length >= 2)
    .sort(
      byKeys(
        ({ labs }) => -labs.length,
        ({ artifactCount }) => -artifactCount,
        ({ holder }) => holder,
      ),
    );
}
