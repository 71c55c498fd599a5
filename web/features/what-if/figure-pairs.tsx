import { formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { TIER_WORDS } from '../../shared/format/words.ts';
import type { WhatIfSumsFragment } from '../../shared/generated/operations.ts';
import { HelpCard } from '../../shared/help/help-card.tsx';
import { TIER_TERMS } from '../../shared/help/help-terms.ts';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import classes from './what-if.module.css';
import { differenceInWords, shareOfLoss } from './what-if-words.ts';

type Sums = WhatIfSumsFragment['summary'];

/** The six figures of a radius, before and after. */
export function FigurePairs({ before, after: now }: { readonly before: Sums; readonly after: Sums }) {
  const tiers = [
    ['EXPOSED', before.exposedCount, now.exposedCount],
    ['POSSIBLE', before.possibleCount, now.possibleCount],
    ['CONTAINED', before.containedCount, now.containedCount],
  ] as const;
  return (
    <dl className={classes.figures}>
      {tiers.map(([tier, was, is]) => (
        <div key={tier}>
          <dt>
            <TierDisc tier={tier} size={12} />
            <HelpCard term={TIER_TERMS[tier]}>{TIER_WORDS[tier].word}</HelpCard>
          </dt>
          <Pair was={formatCount(was)} is={formatCount(is)} note={differenceInWords(was, is)} />
        </div>
      ))}
      <div>
        <dt>Labs affected</dt>
        <Pair
          was={formatCount(before.affectedLabCount)}
          is={formatCount(now.affectedLabCount)}
          note={differenceInWords(before.affectedLabCount, now.affectedLabCount)}
        />
      </div>
      <div>
        <dt>
          <HelpCard term="worstCase">Worst-case loss</HelpCard>
        </dt>
        <Pair
          was={formatMoney(before.worstCaseLossUsd)}
          is={formatMoney(now.worstCaseLossUsd)}
          note={shareOfLoss(before.worstCaseLossUsd, now.worstCaseLossUsd)}
        />
      </div>
      <div>
        <dt>
          <HelpCard term="weightedLoss">Weighted loss</HelpCard>
        </dt>
        <Pair
          was={formatMoney(before.weightedLossUsd)}
          is={formatMoney(now.weightedLossUsd)}
          note={shareOfLoss(before.weightedLossUsd, now.weightedLossUsd)}
        />
      </div>
    </dl>
  );
}

function Pair({ was, is, note }: { readonly was: string; readonly is: string; readonly note: string }) {
  return (
    <>
      <dd className={classes.pair}>
        <span className={classes.was}>{was}</span> <span aria-hidden="true">→</span>
        <span className="visually-hidden"> becomes </span> {is}
      </dd>
      <dd className={classes.note}>{note}</dd>
    </>
  );
}
