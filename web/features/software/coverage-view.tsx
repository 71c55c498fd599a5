import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { capitalize, rolesInWords } from '../../shared/format/words.ts';
import { SoftwareCoverageDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { Paged } from '../../shared/lists/paged.tsx';
import { FramedTable } from '../../shared/ui/framed-table.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { advisoryHref } from '../../shared/url/incidents-url.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './software.module.css';
import { ageOf } from './software-edition.tsx';

const NOTHING = {};

/** Who has software lists, how old the last one is, and who has none: what an advisory cannot tell. */
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
          {({ softwareCoverage }) =>
            softwareCoverage.totalCount === 0 ? (
              <p className={classes.note}>No organization is recorded, or its lists are not shown to you.</p>
            ) : (
              <Paged
                first={softwareCoverage}
                load={async (after) =>
                  (await client.query({ query: SoftwareCoverageDocument, variables: { after } })).data?.softwareCoverage ?? null
                }
              >
                {(list) => (
                  <>
                    <FramedTable label="Organizations and their software lists">
                      <thead>
                        <tr>
                          <th scope="col">Organization</th>
                          <th scope="col" data-number>
                            Lists
                          </th>
                          <th scope="col">Last list</th>
                          <th scope="col">Age</th>
                        </tr>
                      </thead>
                      <tbody>
                        {list.rows.map(({ organization, listCount, lastDescribedAt }) => (
                          <tr key={organization.id}>
                            <th scope="row">
                              <Link href={exploreHref(`organization:${organization.id}`)}>{organization.name}</Link>
                              <small>{capitalize(rolesInWords(organization.roles))}</small>
                            </th>
                            <td data-number>{listCount === 0 ? 'none' : formatCount(listCount)}</td>
                            <td>{lastDescribedAt !== null ? formatDay(lastDescribedAt) : listCount === 0 ? '–' : 'unknown date'}</td>
                            <td>{lastDescribedAt === null ? '–' : ageOf(lastDescribedAt, Date.now())}</td>
                          </tr>
                        ))}
                      </tbody>
                    </FramedTable>
                    <p className={classes.note}>{countOf(list.totalCount, 'organization', 'organizations')}.</p>
                    <MoreRowsLine list={list} noun="organizations" />
                  </>
                )}
              </Paged>
            )
          }
        </AnswerFrame>
      </div>
    </ScrollBox>
  );
}
