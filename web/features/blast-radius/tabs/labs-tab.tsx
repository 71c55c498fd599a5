import { formatCount } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { TIER_WORDS } from '../../../shared/format/words.ts';
import { type BlastRadiusInput, MoreLabsDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { TierDisc } from '../../../shared/marks/tier-disc.tsx';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './plain-list.module.css';

interface LabsTabProps {
  readonly radius: RadiusAnswer;
  readonly input: BlastRadiusInput | null;
  readonly state: BlastState;
  readonly change: ChangeBlast;
}

/** The affected labs with their losses. A lab can be set as the only filter of canvas and list. */
export function LabsTab({ radius, input, state, change }: LabsTabProps) {
  const list = useMoreRows(radius.labs, (after) => loadMore(input, after));
  const labs = list.rows;
  if (labs.length === 0) return <p className={classes.none}>No lab has an exposed or possible artifact.</p>;
  return (
    <section className={classes.scroll} aria-label="Affected labs">
      <ul className={classes.list}>
        {labs.map((row) => {
          const isOnly = state.labs.length === 1 && state.labs[0] === row.lab.id;
          return (
            <li key={row.lab.id} className={classes.item}>
              <div className={classes.line}>
                <strong>{row.lab.name}</strong>
                <span className={classes.amount}>{formatMoney(row.worstCaseLossUsd)}</span>
              </div>
              <div className={classes.line}>
                <span className={classes.tiers}>
                  <TierCount tier="EXPOSED" count={row.exposedCount} />
                  <TierCount tier="POSSIBLE" count={row.possibleCount} />
                  <TierCount tier="CONTAINED" count={row.containedCount} />
                </span>
                <span className={classes.detail}>{formatMoney(row.weightedLossUsd)} weighted</span>
              </div>
              <button
                type="button"
                className={classes.action}
                aria-pressed={isOnly}
                onClick={() => change({ labs: isOnly ? [] : [row.lab.id], ...(isOnly ? {} : { tab: 'affected' }) })}
              >
                {isOnly ? 'Show all labs' : 'Show only these artifacts'}
              </button>
            </li>
          );
        })}
      </ul>
      <MoreRowsLine list={list} noun="labs" />
    </section>
  );
}

async function loadMore(input: BlastRadiusInput | null, after: string) {
  if (input === null) return null;
  const { data } = await client.query({ query: MoreLabsDocument, variables: { input, after } });
  return data?.blastRadius?.labs ?? null;
}

export function TierCount({ tier, count }: { readonly tier: keyof typeof TIER_WORDS; readonly count: number }) {
  return (
    <span className={classes.count}>
      <TierDisc tier={tier} size={11} />
      {formatCount(count)}
      <span className="visually-hidden"> {TIER_WORDS[tier].word.toLowerCase()}</span>
    </span>
  );
}
