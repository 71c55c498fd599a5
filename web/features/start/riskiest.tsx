import { KindMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { kindLooks } from '../../canvas/cytoscape/kinds.ts';
import { countOf } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { mainRole } from '../../shared/format/words.ts';
import { RiskiestDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { HelpCard } from '../../shared/ui/help-card.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import classes from './start.module.css';

const BY_LOSS = { orderBy: 'WEIGHTED_LOSS' } as const;
const BY_DEPENDENTS = { orderBy: 'DEPENDENTS' } as const;

/** The five organizations whose compromise would cost the most. If no loss is known, those with the most dependents. */
export function Riskiest() {
  const byLoss = useQuestion(RiskiestDocument, BY_LOSS);
  const isLossKnown = (byLoss.data?.ranking?.edges[0]?.node.weightedLossUsd ?? 0) > 0;
  const byDependents = useQuestion(RiskiestDocument, byLoss.data !== null && !isLossKnown ? BY_DEPENDENTS : null);
  const asked = isLossKnown || byLoss.data === null ? byLoss : byDependents;
  return (
    <AnswerFrame asked={asked} waiting="Computing the radius of every organization">
      {({ ranking }) => (
        <>
          <p className={classes.faint}>
            {isLossKnown ? (
              <>
                <HelpCard term="weightedLoss">Weighted loss</HelpCard> if compromised, as held now
              </>
            ) : (
              'By organizations that depend on them'
            )}
          </p>
          <ol className={classes.list}>
            {ranking?.edges.map(({ node }) => (
              <li key={node.organization.id} className={classes.risk}>
                <KindMark look={kindLooks[mainRole(node.organization.roles)]} size={20} />
                <span>
                  <Link href={exploreHref(`organization:${node.organization.id}`)}>{node.organization.name}</Link>
                  <small>
                    {isLossKnown
                      ? `${countOf(node.exposedCount + node.possibleCount, 'artifact', 'artifacts')} of ${countOf(node.labCount, 'lab', 'labs')}`
                      : `${countOf(node.dependentCount, 'organization depends', 'organizations depend')} on it`}
                  </small>
                </span>
                {isLossKnown && <strong>{formatMoney(node.weightedLossUsd)}</strong>}
              </li>
            ))}
          </ol>
        </>
      )}
    </AnswerFrame>
  );
}
