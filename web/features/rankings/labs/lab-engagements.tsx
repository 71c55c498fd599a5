import { useMemo } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { formatDay } from '../../../shared/format/instant.ts';
import { LabEngagementsDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { Paged } from '../../../shared/lists/paged.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { SourceNote } from '../../../shared/ui/source-note.tsx';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import classes from '../rankings.module.css';
import { OrganizationMark } from '../row-name.tsx';

/** The engagements behind a lab's shares, each with its terms and its source. */
export function LabEngagements({ lab }: { readonly lab: { readonly id: string; readonly name: string } }) {
  const asked = useQuestion(
    LabEngagementsDocument,
    useMemo(() => ({ lab: lab.id }), [lab.id]),
  );
  return (
    <AnswerFrame asked={asked} waiting="Listing engagements">
      {({ engagements }) => (
        <section className={classes.block}>
          <h2>{lab.name}</h2>
          <p className={classes.note}>
            {countOf(engagements.totalCount, 'engagement', 'engagements')}, ended ones too. A holder without one is under no term.
          </p>
          <p className={classes.links}>
            <Link href={exploreHref(`organization:${lab.id}`)}>Open in Explore</Link>
          </p>
          <Paged
            key={lab.id}
            first={engagements}
            load={async (after) =>
              (await client.query({ query: LabEngagementsDocument, variables: { lab: lab.id, after } })).data?.engagements ?? null
            }
          >
            {(list) => (
              <>
                <ul className={classes.facts}>
                  {list.rows.map((row) => (
                    <li key={row.id} className={classes.fact}>
                      <OrganizationMark roles={row.provider.roles} size={20} />
                      <span className={classes.rowName}>
                        <Link href={exploreHref(`organization:${row.provider.id}`)}>{row.provider.name}</Link>
                        <small>
                          {[
                            row.service,
                            row.auditRight === true ? 'audit right' : 'no audit right',
                            row.noticeHours === null ? 'no notice term' : `notice within ${row.noticeHours} h`,
                            row.endsAt === null ? null : `ends ${formatDay(row.endsAt)}`,
                          ]
                            .filter((part) => part !== null)
                            .join(' · ')}
                        </small>
                      </span>
                      <span className={classes.end}>
                        <SourceNote provenance={row.provenance} />
                      </span>
                    </li>
                  ))}
                </ul>
                <MoreRowsLine list={list} noun="engagements" />
              </>
            )}
          </Paged>
        </section>
      )}
    </AnswerFrame>
  );
}
