import { joinNames } from '../../../shared/format/count.ts';
import {
  type BlastRadiusInput,
  BlindSpotsDocument,
  type DependentRowFragment,
  DependentsDocument,
} from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { type Connection, useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { OrganizationIcon } from '../../../shared/marks/kind-icon.tsx';
import { SourceNote } from '../../../shared/ui/source-note.tsx';
import { ExploreLink } from '../explore-link.tsx';
import classes from './plain-list.module.css';

type Dependent = DependentRowFragment;

interface DependentListProps {
  readonly first: Connection<Dependent>;
  readonly input: BlastRadiusInput;
  /** The blind spots. Otherwise the others: blind spots are listed above them. */
  readonly isBlindSpots: boolean;
}

/** The blind spots, or the other dependents of reached organizations, with their rank and the path that leads to them. */
export function DependentList({ first, input, isBlindSpots }: DependentListProps) {
  const list = useMoreRows(first, async (after) => {
    const query = isBlindSpots ? BlindSpotsDocument : DependentsDocument;
    const { data } = await client.query({ query, variables: { input, after } });
    return data?.blastRadius?.dependents ?? null;
  });
  const shown = list.rows.filter((row) => row.isBlindSpot === isBlindSpots);
  if (shown.length === 0 && list.rows.length >= list.totalCount) {
    const others = list.totalCount > 0 ? 'No other organization' : 'No organization';
    return <p className={classes.none}>{isBlindSpots ? 'There is no blind spot.' : `${others} depends on a reached organization.`}</p>;
  }
  return (
    <>
      <ul className={classes.list}>
        {shown.map((row) => (
          <li key={row.organization.id} className={classes.item}>
            <div className={classes.line}>
              <OrganizationIcon roles={row.organization.roles} />
              <ExploreLink className={classes.name} node={`organization:${row.organization.id}`}>
                {row.organization.name}
              </ExploreLink>
              {row.isBlindSpot && <span className={classes.flag}>Blind spot</span>}
              <span className={classes.tag}>Rank {row.rank}</span>
              {row.isFormer && <span className={classes.tag}>Former</span>}
            </div>
            <p className={classes.detail}>{dependentSentence(row)}</p>
            {row.isBlindSpot && row.organization.contactEmail !== null && <p className={classes.detail}>{row.organization.contactEmail}</p>}
            {row.path[0] !== undefined && (
              <p className={classes.sourceLine}>
                <SourceNote provenance={row.path[0].provenance} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <MoreRowsLine list={list} noun={isBlindSpots ? 'blind spots' : 'dependents, blind spots included'} />
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
