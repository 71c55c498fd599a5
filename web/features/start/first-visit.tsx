import { useMemo, useState } from 'react';
import { countOf, formatCount, joinNames } from '../../shared/format/count.ts';
import { FirstRadiusDocument, type Tier } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { IconX } from '../../shared/ui/icons.tsx';
import { useLocation } from '../../shared/url/location.ts';
import { setFirstVisit } from '../../shared/viewer/first-visit.ts';
import classes from './first-visit.module.css';

/** Three sentences on the radius of the incident in the address, for a person who sees the program for the first time. They stay until closed. */
export function FirstVisit() {
  const incident = useLocation().params.get('incident');
  const [isClosed, setClosed] = useState(false);
  const { data } = useQuestion(
    FirstRadiusDocument,
    useMemo(() => (incident === null || isClosed ? null : { incident }), [incident, isClosed]),
  );
  const found = data?.incident;
  const summary = found?.blastRadius?.summary;
  if (isClosed || found == null || summary === undefined) return null;
  const close = () => {
    setFirstVisit('over');
    setClosed(true);
  };
  const origins = found.origins.map(({ name }) => name);
  return (
    <section className={classes.sentences} aria-label="Three sentences on this page">
      <ol>
        <li>
          <strong>
            {joinNames(origins)} {origins.length === 1 ? 'was' : 'were'} compromised.
          </strong>{' '}
          <Mark tier="EXPOSED" words={countOf(summary.exposedCount, 'artifact', 'artifacts')} /> of{' '}
          {countOf(summary.affectedLabCount, 'lab', 'labs')} could be read,{' '}
          <Mark tier="POSSIBLE" words={formatCount(summary.possibleCount)} /> more cannot be ruled out, and{' '}
          <Mark tier="CONTAINED" words={formatCount(summary.containedCount)} /> were held but not readable.
        </li>
        <li>
          <strong>A line is the way to an artifact</strong>, through subcontractors, too. Select a line, an artifact or an organization to
          see the records that say so.
        </li>
        <li>
          <strong>The figures follow the records.</strong> Move the time window, play the spread, ask <em>What if</em> access is cut off, or{' '}
          <em>Compare</em> with what was known a week ago.
        </li>
      </ol>
      <IconButton label="Close these sentences" onClick={close}>
        <IconX size={16} />
      </IconButton>
    </section>
  );
}

function Mark({ tier, words }: { readonly tier: Tier; readonly words: string }) {
  return (
    <span className={classes.mark}>
      <TierDisc tier={tier} size={12} /> {words}
    </span>
  );
}
