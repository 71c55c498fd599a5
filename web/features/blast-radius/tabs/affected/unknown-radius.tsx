import { useMemo } from 'react';
import { type BlastRadiusInput, BlindSpotsDocument, DependentsDocument } from '../../../../shared/generated/operations.ts';
import { useQuestion } from '../../../../shared/graphql/use-question.ts';
import type { RadiusAnswer } from '../../lanes-radius.ts';
import { unknownSentence } from '../../sentences.ts';
import { DependentList } from '../dependent-list.tsx';
import { ListAnswer } from '../list-answer.tsx';
import classes from '../plain-list.module.css';

/** The list of an unknown radius: whom to ask, by rank, with the path to each. */
export function UnknownRadius({ radius, input }: { readonly radius: RadiusAnswer; readonly input: BlastRadiusInput }) {
  const variables = useMemo(() => ({ input }), [input]);
  const blindSpots = useQuestion(BlindSpotsDocument, variables);
  const hasMore = radius.dependents.totalCount > radius.summary.blindSpotCount;
  const dependents = useQuestion(DependentsDocument, hasMore ? variables : null);
  return (
    <section className={classes.scroll} aria-label="Whom to ask first">
      <div className={classes.unknown} role="note">
        <strong>{unknownSentence(radius)}</strong>
        <p>The figures stay unknown until somebody says what was handed over. An empty list does not mean that nothing was.</p>
      </div>
      <ListAnswer asked={blindSpots}>
        {({ blastRadius }) => blastRadius && <DependentList first={blastRadius.dependents} input={input} isBlindSpots />}
      </ListAnswer>
      {hasMore && (
        <>
          <h2 className={classes.heading}>Others who depend on a reached organization</h2>
          <ListAnswer asked={dependents}>
            {({ blastRadius }) => blastRadius && <DependentList first={blastRadius.dependents} input={input} isBlindSpots={false} />}
          </ListAnswer>
        </>
      )}
    </section>
  );
}
