import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { capitalize, rolesInWords } from '../../shared/format/words.ts';
import { SoftwareCoverageDocument, type SoftwareCoverageQuery } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { type Column, PagedTable } from '../../shared/lists/data-table.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { advisoryHref } from '../../shared/url/incidents-url.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './software.module.css';
import { ageOf } from './software-edition.tsx';

const NOTHING = {};

type Row = SoftwareCoverageQuery['softwareCoverage']['edges'][number]['node'];

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'organization',
    title: 'Organization',
    isName: true,
    cell: ({ organization }) => (
      <>
        <Link href={exploreHref(`organization:${organization.id}`)}>{organization.name}</Link>
        <small>{capitalize(rolesInWords(organization.roles))}</small>
      </>
    ),
  },
  { key: 'lists', title: 'Lists', isNumber: true, cell: ({ listCount }) => (listCount === 0 ? 'none' : formatCount(listCount)) },
  {
    key: 'last',
    title: 'Last list',
    cell: ({ listCount, lastDescribedAt }) =>
      lastDescribedAt !== null ? formatDay(lastDescribedAt) : listCount === 0 ? '–' : 'unknown date',
  },
  { key: 'age', title: 'Age', cell: ({ lastDescribedAt }) => (lastDescribedAt === null ? '–' : ageOf(lastDescribedAt, Date.now())) },
];

/** Organizations with and without software lists, and the age of the last list: what an advisory cannot tell. */
export function CoverageView() {
  const asked = useQuestion(SoftwareCoverageDocument, NOTHING);
  return (
    <ScrollBox label="Software lists" className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <p className={classes.crumb}>
            <Link href="/quality">Data quality</Link>
          </p>
          <h1>Software lists</h1>
          <p>
            An advisory can only be compared with lists. Those without one come first, then the oldest.{' '}
            <Link href={advisoryHref()}>From an advisory</Link>
            {canWrite() && (
              <>
                {' · '}
                <Link href="/import">Import lists</Link>
              </>
            )}
          </p>
        </header>
        <AnswerFrame asked={asked} waiting="Looking for software lists">
          {({ softwareCoverage }) => (
            <>
              <PagedTable
                first={softwareCoverage}
                load={async (after) =>
                  (await client.query({ query: SoftwareCoverageDocument, variables: { after } })).data?.softwareCoverage ?? null
                }
                label="Organizations and their software lists"
                noun="organizations"
                columns={COLUMNS}
                keyOf={({ organization }) => organization.id}
                none="No organization is recorded, or its lists are not shown to you."
              />
              {softwareCoverage.totalCount > 0 && (
                <p className={classes.note}>{countOf(softwareCoverage.totalCount, 'organization', 'organizations')}.</p>
              )}
            </>
          )}
        </AnswerFrame>
      </div>
    </ScrollBox>
  );
}
