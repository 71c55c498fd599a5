import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { ARTIFACT_TYPE_WORDS, capitalize } from '../../../shared/format/words.ts';
import type { ArtifactType, RadiusSumBy, RadiusSumsQuery } from '../../../shared/generated/operations.ts';
import { RadiusSumsDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { type BlastState, COUNTRY_CODE } from '../../../shared/url/blast-radius-url.ts';
import { isRedacting } from '../../../shared/url/shared-parameters.ts';
import { questionOf } from '../question-variables.ts';
import { stepOfUsd, stepsInWords } from '../sentences.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import { TierCount } from './labs-tab.tsx';
import { ListAnswer } from './list-answer.tsx';
import classes from './plain-list.module.css';

const KEYS: Readonly<Record<RadiusSumBy, string>> = {
  TYPE: 'Type',
  SENSITIVITY: 'Sensitivity',
  WORST_CASE: 'Worst case',
  COUNTRY: 'Country of the holder',
  CHANNEL: 'Channel',
};

type Sum = NonNullable<RadiusSumsQuery['blastRadius']>['sums'][number];

interface SumsTabProps {
  readonly state: BlastState;
  readonly text: string;
  readonly change: ChangeBlast;
}

/** Counts and losses by a key, of what the filters leave. Each key can filter the list. */
export function SumsTab({ state, text, change }: SumsTabProps) {
  const [by, setBy] = useState<RadiusSumBy>('TYPE');
  const question = useMemo(() => {
    const asked = questionOf(state, text);
    if (asked === null) return null;
    const { orderBy: _, buckets: __, ...filters } = asked;
    return { ...filters, by };
  }, [state, text, by]);
  const asked = useQuestion(RadiusSumsDocument, question);
  // The rows are of the key that was answered, until the next answer comes.
  const shown = (asked.question.phase === 'idle' ? null : asked.question.last)?.variables.by ?? by;
  const overlaps = by === 'COUNTRY' || by === 'CHANNEL';
  return (
    <section className={classes.scroll} aria-label="Sums of the radius">
      <div className={classes.lead}>
        <NativeSelect
          label="Sum by"
          size="xs"
          data={(Object.entries(KEYS) as [RadiusSumBy, string][]).map(([value, label]) => ({ value, label }))}
          value={by}
          onChange={(event) => setBy(event.currentTarget.value as RadiusSumBy)}
        />
        <p>
          {overlaps
            ? 'An artifact counts once under each of these, with what the copies there alone give. So the sums overlap.'
            : 'Each artifact counts once, with its own figures.'}
        </p>
      </div>
      <ListAnswer asked={asked}>
        {({ blastRadius }) =>
          blastRadius === null || blastRadius.sums.length === 0 ? (
            <p className={classes.none}>No artifact matches these filters.</p>
          ) : (
            <ul className={classes.list}>
              {blastRadius.sums.map((sum) => {
                const filter = filterOf(shown, sum.key);
                return (
                  <li key={sum.key ?? '-'} className={classes.item}>
                    <div className={classes.line}>
                      <strong>{keyName(shown, sum.key)}</strong>
                      <span className={classes.amount}>{formatMoney(sum.worstCaseLossUsd)}</span>
                    </div>
                    <div className={classes.line}>
                      <span className={classes.tiers}>
                        <TierCount tier="EXPOSED" count={sum.exposedCount} />
                        <TierCount tier="POSSIBLE" count={sum.possibleCount} />
                        <TierCount tier="CONTAINED" count={sum.containedCount} />
                      </span>
                      <span className={classes.detail}>{formatMoney(sum.weightedLossUsd)} weighted</span>
                    </div>
                    {filter !== null && (
                      <button type="button" className={classes.action} onClick={() => change({ ...filter, tab: 'affected' })}>
                        Show only these artifacts
                      </button>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </ListAnswer>
    </section>
  );
}

function keyName(by: RadiusSumBy, key: Sum['key']): string {
  if (key === null) return by === 'COUNTRY' ? 'Country not known, or only revealed' : 'Channel not known, or only revealed';
  if (by === 'TYPE') return capitalize(ARTIFACT_TYPE_WORDS[key as ArtifactType] ?? key);
  if (by === 'WORST_CASE') return stepsInWords(stepOfUsd(Number(key)));
  return by === 'SENSITIVITY' ? `Sensitivity ${key}` : showHidden(key);
}

/** The filter that shows the artifacts of a key; null: what is not known, or hidden, cannot be asked for. */
function filterOf(by: RadiusSumBy, key: Sum['key']): Partial<BlastState> | null {
  if (key === null) return null;
  switch (by) {
    case 'TYPE':
      return { types: [key as ArtifactType] };
    case 'SENSITIVITY':
      return { sensitivities: [Number(key)] };
    case 'WORST_CASE':
      return { worstCaseSteps: [stepOfUsd(Number(key))] };
    case 'COUNTRY':
      return COUNTRY_CODE.test(key) ? { countries: [key] } : null;
    case 'CHANNEL':
      return isRedacting() ? null : { channels: [key] };
  }
}
