import type { ComponentType } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { MostDependedOnDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { Link } from '../../../shared/ui/link.tsx';
import { blastHref } from '../../../shared/url/blast-radius-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { heldNow } from '../../../shared/windows/held-now.ts';
import classes from './outcome.module.css';

/** Finds one organization. */
export type OrganizationFinder = ComponentType<{ readonly label: string; readonly onPick: (id: string) => void }>;

const NOTHING = {};

/** The question that a list of vendors can answer at once: who depends on one of them. */
export function WhoDepends({ Finder }: { readonly Finder: OrganizationFinder }) {
  const { data } = useQuestion(MostDependedOnDocument, NOTHING);
  // Where everything has one dependent, none stands out.
  const most = (data?.ranking?.edges ?? []).map(({ node }) => node).filter(({ dependentCount }) => dependentCount > 1);
  return (
    <section className={classes.next} aria-labelledby="who-depends">
      <h2 id="who-depends">Who depends on …</h2>
      <div className={classes.finder}>
        <Finder label="Organization that others depend on" onPick={(id) => navigate(blastHref([id], heldNow()))} />
      </div>
      {most.length > 0 && (
        <p>
          Most depended on:{' '}
          {most.map(({ organization, dependentCount }, place) => (
            <span key={organization.id}>
              {place > 0 && ' · '}
              <Link href={blastHref([organization.id], heldNow())}>{organization.name}</Link> (
              {countOf(dependentCount, 'organization', 'organizations')})
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
