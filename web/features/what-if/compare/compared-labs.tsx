import type { FlowLab } from '../../../canvas/flows/flow-radius.ts';
import { labsOfTiers } from '../../../canvas/flows/flow-sums.ts';
import { formatCount } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import type { Tier, WhatIfSumsFragment } from '../../../shared/generated/operations.ts';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { TIER_WORDS } from '../../../shared/ui/tier.ts';
import { TierDisc } from '../../../shared/ui/tier-disc.tsx';
import classes from './compare.module.css';

type LabTiers = WhatIfSumsFragment['labTiers'];
const TIERS: readonly Tier[] = ['EXPOSED', 'POSSIBLE', 'CONTAINED'];

/** The sums of each lab, before and after; the largest difference of the worst case first. */
export function ComparedLabs({ before, after }: { readonly before: LabTiers; readonly after: LabTiers }) {
  const was = new Map(labsOfTiers(before).map((lab) => [lab.id, lab]));
  const is = new Map(labsOfTiers(after).map((lab) => [lab.id, lab]));
  const labs = [...new Map([...was, ...is])].map(([id, { name }]) => ({ id, name, was: was.get(id), is: is.get(id) }));
  if (labs.length === 0) return null;
  const distance = ({ was, is }: (typeof labs)[number]) => Math.abs(lossOf(is) - lossOf(was));
  const rows = labs.toSorted((a, b) => distance(b) - distance(a) || lossOf(b.is) - lossOf(a.is) || (a.id < b.id ? -1 : 1));
  return (
    <section className={classes.part} aria-labelledby="compared-labs">
      <h2 id="compared-labs">By lab</h2>
      <ScrollBox className={classes.scroll} label="Labs, before and after">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Lab</th>
              {TIERS.map((tier) => (
                <th key={tier} scope="col" className={classes.number}>
                  <span className={classes.tier}>
                    <TierDisc tier={tier} size={11} /> {TIER_WORDS[tier].word}
                  </span>
                </th>
              ))}
              <th scope="col" className={classes.number}>
                Worst case
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, was, is }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {TIERS.map((tier) => (
                  <td key={tier} className={classes.number}>
                    <Change was={formatCount(was?.counts[tier] ?? 0)} is={formatCount(is?.counts[tier] ?? 0)} />
                  </td>
                ))}
                <td className={classes.number}>
                  <Change was={formatMoney(lossOf(was))} is={formatMoney(lossOf(is))} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function lossOf(lab: FlowLab | undefined): number {
  return lab === undefined ? 0 : TIERS.reduce((sum, tier) => sum + lab.lossUsd[tier], 0);
}

/** "14 → 4", or the one value if both are the same. */
function Change({ was, is }: { readonly was: string; readonly is: string }) {
  if (was === is) return <span className={classes.same}>{is}</span>;
  return (
    <>
      <span className={classes.was}>{was}</span> <span aria-hidden="true">→</span>
      <span className="visually-hidden"> becomes </span> <strong>{is}</strong>
    </>
  );
}
