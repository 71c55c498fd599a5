import { formatInstant } from '../../shared/format/instant.ts';
import { type Column, DataTable } from '../../shared/lists/data-table.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import classes from './advisory.module.css';
import { packageName, type StripMatch } from './grade-words.ts';
import { type ChangeStatements, Statements } from './statements.tsx';

interface BecauseProps {
  readonly match: StripMatch;
  readonly onOpenList: (list: string) => void;
  readonly changeStatements: ChangeStatements;
}

/** The reasons for a row's grade: the sentence, the lists with file and place, and when each version was there, with what is not known. */
export function Because({ match, onOpenList, changeStatements }: BecauseProps) {
  const { because, sightings, presences, organization } = match;
  return (
    <>
      <p>{because}</p>
      <Statements match={match} change={changeStatements} />
      {sightings.length > 0 && (
        <DataTable
          look="plain"
          label="What its lists say of the package"
          hasCaption
          columns={sightingColumns(onOpenList)}
          rows={sightings}
          // Two rows of a list may be equal.
          keyOf={(_, place) => place}
        />
      )}
      {presences.length > 0 && (
        <DataTable
          look="plain"
          label="When it was there"
          hasCaption
          columns={presenceColumns(presences)}
          rows={presences}
          keyOf={(_, place) => place}
        />
      )}
      <p>
        <Link href={exploreHref(`organization:${organization.id}`)}>Open {organization.name}</Link>
      </p>
    </>
  );
}

type Sighting = StripMatch['sightings'][number];
type Presence = StripMatch['presences'][number];

function sightingColumns(onOpenList: BecauseProps['onOpenList']): readonly Column<Sighting>[] {
  return [
    {
      key: 'list',
      title: 'List of',
      cell: ({ list }) =>
        list.format === 'ACCESS_FACT' ? (
          'an access fact'
        ) : (
          <button type="button" className={classes.link} onClick={() => onOpenList(list.id)}>
            {list.describedAt === null ? 'unknown date' : formatInstant(list.describedAt)}
          </button>
        ),
    },
    {
      key: 'names',
      title: 'Names',
      cell: (sighting) =>
        `${packageName(sighting.package)} ${sighting.version ?? sighting.constraint ?? 'without version'}${
          sighting.isAffected ? ' · affected' : sighting.isVersionUnknown ? ' · version unknown' : ''
        }`,
    },
    {
      key: 'place',
      title: 'File and place',
      cell: ({ provenance: { file, line } }) => (file === null ? 'entered by hand' : line === null ? file : `${file}, line ${line}`),
    },
  ];
}

function presenceColumns(all: readonly Presence[]): readonly Column<Presence>[] {
  return [
    {
      key: 'version',
      title: 'Version',
      cell: ({ subject, version, constraint, isAffected }) => (
        <>
          {version ?? constraint ?? 'unknown'}
          {isAffected ? ' · affected' : ''}
          {subject !== '' && all.some((other) => other.subject !== subject) && <small>in {packageName(subject)}</small>}
        </>
      ),
    },
    {
      key: 'definite',
      title: 'Certainly',
      cell: ({ definite }) => (definite.length === 0 ? 'at no time' : definite.map(({ from, to }) => spanInWords(from, to)).join('; ')),
    },
    {
      key: 'possible',
      title: 'Possibly',
      cell: ({ possible }) =>
        possible
          .map(
            ({ from, until }) =>
              `${from === null ? 'unknown beginning' : `after ${formatInstant(from)}`}, ${until === null ? 'unknown end' : `before ${formatInstant(until)}`}`,
          )
          .join('; '),
    },
  ];
}

function spanInWords(from: string, to: string): string {
  return from === to ? formatInstant(from) : `${formatInstant(from)} to ${formatInstant(to)}`;
}
