import { useMemo } from 'react';
import {
  type BlastRadiusInput,
  BlindSpotsDocument,
  DependentsDocument,
  NotifiersDocument,
  type NotifiersQuery,
} from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { HelpCard } from '../../../shared/help/help-card.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { type Connection, useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { OrganizationIcon } from '../../../shared/marks/kind-icon.tsx';
import { ExploreLink } from '../explore-link.tsx';
import { DependentList } from './dependent-list.tsx';
import { ListAnswer } from './list-answer.tsx';
import classes from './plain-list.module.css';

type Notifier = NonNullable<NotifiersQuery['blastRadius']>['notifiers']['edges'][number]['node'];

/** Dependents of reached organizations, blind spots first, and the notifiers. */
export function WhomToAskTab({ input }: { readonly input: BlastRadiusInput }) {
  const variables = useMemo(() => ({ input }), [input]);
  const blindSpots = useQuestion(BlindSpotsDocument, variables);
  const dependents = useQuestion(DependentsDocument, variables);
  const notifiers = useQuestion(NotifiersDocument, variables);
  return (
    <section className={classes.scroll} aria-label="Whom to ask">
      <h2 className={classes.heading}>
        No record says what a reached organization{' '}
        <span style={{ whiteSpace: 'nowrap' }}>
          holds <HelpCard term="blindSpot" />
        </span>
      </h2>
      <ListAnswer asked={blindSpots}>
        {({ blastRadius }) => blastRadius && <DependentList first={blastRadius.dependents} input={input} isBlindSpots />}
      </ListAnswer>
      <h2 className={classes.heading}>
        Depend on a reached organization <HelpCard term="dependents" />
      </h2>
      <ListAnswer asked={dependents}>
        {({ blastRadius }) => blastRadius && <DependentList first={blastRadius.dependents} input={input} isBlindSpots={false} />}
      </ListAnswer>
      <h2 className={classes.heading}>
        Must notify upstream <HelpCard term="notifier" />
      </h2>
      <p className={classes.lead}>
        Each of these organizations received an exposed or possible copy. Each must notify the organization that sent it.
      </p>
      <ListAnswer asked={notifiers}>
        {({ blastRadius }) => blastRadius && <NotifierList first={blastRadius.notifiers} input={input} />}
      </ListAnswer>
    </section>
  );
}

function NotifierList({ first, input }: { readonly first: Connection<Notifier>; readonly input: BlastRadiusInput }) {
  const list = useMoreRows(first, async (after) => {
    const { data } = await client.query({ query: NotifiersDocument, variables: { input, after } });
    return data?.blastRadius?.notifiers ?? null;
  });
  if (list.totalCount === 0) return <p className={classes.none}>No organization has to notify another.</p>;
  return (
    <>
      <ul className={classes.list}>
        {list.rows.map((organization) => (
          <li key={organization.id} className={classes.item}>
            <div className={classes.line}>
              <OrganizationIcon roles={organization.roles} />
              <ExploreLink className={classes.name} node={`organization:${organization.id}`}>
                {organization.name}
              </ExploreLink>
              {organization.contactEmail !== null && <span className={classes.detail}>{organization.contactEmail}</span>}
            </div>
          </li>
        ))}
      </ul>
      <MoreRowsLine list={list} noun="organizations" />
    </>
  );
}
