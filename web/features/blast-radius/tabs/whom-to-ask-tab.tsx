import { useMemo } from 'react';
import { joinNames } from '../../../shared/format/count.ts';
import {
  type BlastRadiusInput,
  BlindSpotsDocument,
  type DependentRowFragment,
  DependentsDocument,
  NotifiersDocument,
  type NotifiersQuery,
} from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { type Connection, useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { OrganizationIcon } from '../../../shared/ui/kind-icon.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { SourceNote } from '../../../shared/ui/source-note.tsx';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { ListAnswer } from './list-answer.tsx';
import classes from './plain-list.module.css';

type Dependent = DependentRowFragment;
type Notifier = NonNullable<NotifiersQuery['blastRadius']>['notifiers']['edges'][number]['node'];

/** Dependents of reached organizations, blind spots first, and the notifiers. */
export function WhomToAskTab({ input }: { readonly input: BlastRadiusInput }) {
  const variables = useMemo(() => ({ input }), [input]);
  const blindSpots = useQuestion(BlindSpotsDocument, variables);
  const dependents = useQuestion(DependentsDocument, variables);
  const notifiers = useQuestion(NotifiersDocument, variables);
  return (
    <section className={classes.scroll} aria-label="Whom to ask">
      <h2 className={classes.heading}>No record says what a reached organization holds</h2>
      <ListAnswer asked={blindSpots}>
        {({ blastRadius }) => blastRadius && <DependentList first={blastRadius.dependents} input={input} isBlindSpots />}
      </ListAnswer>
      <h2 className={classes.heading}>Depend on a reached organization</h2>
      <ListAnswer asked={dependents}>
        {({ blastRadius }) => blastRadius && <DependentList first={blastRadius.dependents} input={input} isBlindSpots={false} />}
      </ListAnswer>
      <h2 className={classes.heading}>Must notify upstream</h2>
      <p className={classes.lead}>
        Each of these organizations received an exposed or possible copy. Each must notify the organization that sent it.
      </p>
      <ListAnswer asked={notifiers}>
        {({ blastRadius }) => blastRadius && <NotifierList first={blastRadius.notifiers} input={input} />}
      </ListAnswer>
    </section>
  );
}

interface DependentListProps {
  readonly first: Connection<Dependent>;
  readonly input: BlastRadiusInput;
  /** List only blind spots. */
  readonly isBlindSpots: boolean;
}

function DependentList({ first, input, isBlindSpots }: DependentListProps) {
  const list = useMoreRows(first, async (after) => {
    const query = isBlindSpots ? BlindSpotsDocument : DependentsDocument;
    const { data } = await client.query({ query, variables: { input, after } });
    return data?.blastRadius?.dependents ?? null;
  });
  if (list.totalCount === 0) {
    return (
      <p className={classes.none}>{isBlindSpots ? 'There is no blind spot.' : 'No organization depends on a reached organization.'}</p>
    );
  }
  return (
    <>
      <ul className={classes.list}>
        {list.rows.map((row) => (
          <li key={row.organization.id} className={classes.item}>
            <div className={classes.line}>
              <OrganizationIcon roles={row.organization.roles} />
              <Link className={classes.name} href={exploreHref(`organization:${row.organization.id}`)}>
                {row.organization.name}
              </Link>
              {row.isBlindSpot && <span className={classes.flag}>Blind spot</span>}
              {row.isFormer && <span className={classes.tag}>Former</span>}
            </div>
            <p className={classes.detail}>{dependentSentence(row)}</p>
            {row.path[0] !== undefined && (
              <p className={classes.sourceLine}>
                <SourceNote provenance={row.path[0].provenance} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <MoreRowsLine list={list} noun="organizations" />
    </>
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
              <Link className={classes.name} href={exploreHref(`organization:${organization.id}`)}>
                {organization.name}
              </Link>
              {organization.contactEmail !== null && <span className={classes.detail}>{organization.contactEmail}</span>}
            </div>
          </li>
        ))}
      </ul>
      <MoreRowsLine list={list} noun="organizations" />
    </>
  );
}

/** "Everholt AI depends on Quillmark through Harrowell. No record says what Quillmark holds of it. Ask Harrowell." */
function dependentSentence({ organization, path, isBlindSpot, isFormer }: Dependent): string {
  const reached = path.at(-1)?.provider.name ?? 'a reached organization';
  const between = path.slice(0, -1).map((engagement) => engagement.provider.name);
  const through = between.length === 0 ? '' : ` through ${joinNames(between)}`;
  const first = path[0]?.provider.name ?? reached;
  const depends = `${organization.name} ${isFormer ? 'depended' : 'depends'} on ${reached}${through}.`;
  const former = isFormer ? ' Only through ended engagements. Copies may remain.' : '';
  if (isBlindSpot) return `${depends}${former} No record says what ${reached} holds of it. Ask ${first}.`;
  return `${depends}${former}`;
}
