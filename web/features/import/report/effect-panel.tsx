import { countOf } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { ImportEffectDocument, type ImportEffectQuery } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import type { ImportDetail } from '../use-import.ts';
import classes from './effect-panel.module.css';

type Effect = NonNullable<NonNullable<ImportEffectQuery['import']>['effect']>;
type Ranked = Effect['rankingAfter'][number];

/** Names the first organization of the ranking, unless all are alike. */
function largestSentence([first]: readonly Ranked[], hasLoss: boolean): string {
  if (first === undefined) return '';
  if (hasLoss) return `Largest weighted loss afterwards: ${first.organization.name}.`;
  if (first.dependentCount < 2) return '';
  return `Most depended on afterwards: ${first.organization.name} (${countOf(first.dependentCount, 'organization', 'organizations')}).`;
}

/** The effect of a commit on findings and on the ten largest organizations. */
export function EffectPanel({ of }: { readonly of: ImportDetail }) {
  const { data, question, retry } = useQuestion(ImportEffectDocument, { id: of.id });
  const effect = data?.import?.effect;
  if (question.phase === 'failed') {
    return (
      <p className={classes.line} role="status">
        The effect on findings and rankings could not be computed.{' '}
        <button type="button" className={classes.retry} onClick={retry}>
          Try again
        </button>
      </p>
    );
  }
  if (effect == null)
    return question.phase === 'asking' ? <p className={classes.line}>Computing the effect on findings and rankings…</p> : null;
  const findings = `${countOf(effect.findingsAdded, 'finding', 'findings')} would be added, ${effect.findingsResolved.toLocaleString('en-US')} resolved.`;
  if (effect.rankingAfter.length === 0) return <p className={classes.line}>{findings}</p>;
  const hasLoss = effect.rankingAfter.some(({ weightedLossUsd }) => weightedLossUsd > 0);
  const figureOf = hasLoss
    ? (row: Ranked) => formatMoney(row.weightedLossUsd)
    : (row: Ranked) => countOf(row.dependentCount, 'dependent', 'dependents');
  const before = new Map(effect.rankingBefore.map((row) => [row.organization.id, row]));
  return (
    <details className={classes.panel}>
      <summary>
        {findings} {largestSentence(effect.rankingAfter, hasLoss)}
      </summary>
      <table>
        <caption>{hasLoss ? 'By weighted loss if compromised' : 'By the organizations that depend on them'}</caption>
        <thead>
          <tr>
            <th scope="col">Position</th>
            <th scope="col">Organization</th>
            <th scope="col">Now</th>
            <th scope="col">Afterwards</th>
          </tr>
        </thead>
        <tbody>
          {effect.rankingAfter.map((row) => {
            const was = before.get(row.organization.id);
            return (
              <tr key={row.organization.id}>
                <td>{row.position}</td>
                <th scope="row">{row.organization.name}</th>
                <td>{was === undefined ? 'not among the ten largest' : figureOf(was)}</td>
                <td>{figureOf(row)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
