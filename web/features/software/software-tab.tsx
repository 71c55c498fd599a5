import { useMemo, useState } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { GRADE_WORDS } from '../../shared/format/grade-words.ts';
import type { SoftwareEditionFragment } from '../../shared/generated/operations.ts';
import { SoftwareMatchesOfDocument, SoftwareOfDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { advisoryHref } from '../../shared/url/incidents-url.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './software.module.css';
import { ageOf, changesInWords, editionTitle } from './software-edition.tsx';
import { SoftwareListDialog } from './software-list-dialog.tsx';

/** The software of an organization: what the recorded advisories say of it, and its lists by subject, the latest edition first. */
export function SoftwareTab({ organization }: { readonly organization: string }) {
  const variables = useMemo(() => ({ organization }), [organization]);
  const lists = useQuestion(SoftwareOfDocument, variables);
  const matches = useQuestion(SoftwareMatchesOfDocument, variables);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div className={classes.tab}>
      <AnswerFrame asked={matches} waiting="Comparing lists with the advisories">
        {({ softwareMatches }) => (
          <Paged
            first={softwareMatches}
            load={async (after) =>
              (await client.query({ query: SoftwareMatchesOfDocument, variables: { organization, after } })).data?.softwareMatches ?? null
            }
          >
            {(list) => (
              <section>
                <h3>
                  {list.totalCount === 0
                    ? 'No advisory is known to concern it'
                    : `${countOf(list.totalCount, 'advisory', 'advisories')} about it`}
                </h3>
                {list.totalCount === 0 && (lists.data?.softwareLists.totalCount ?? 0) > 0 && (
                  <p className={classes.note}>Its lists name no package of a recorded advisory.</p>
                )}
                <ul className={classes.matches}>
                  {list.rows.map(({ advisory, match }) => (
                    <li key={advisory.id}>
                      <p>
                        <Link href={advisoryHref({ advisory: advisory.id, selected: organization })}>{advisory.id}</Link>{' '}
                        <span className={classes.grade} data-grade={match.grade}>
                          {GRADE_WORDS[match.grade]}
                        </span>
                      </p>
                      {advisory.summary !== '' && <p>{advisory.summary}</p>}
                      <p className={classes.note}>{match.because}</p>
                    </li>
                  ))}
                </ul>
                <MoreRowsLine list={list} noun="advisories" />
              </section>
            )}
          </Paged>
        )}
      </AnswerFrame>
      <AnswerFrame asked={lists} waiting="Listing its software lists">
        {({ softwareLists }) => (
          <Paged
            first={softwareLists}
            load={async (after) =>
              (await client.query({ query: SoftwareOfDocument, variables: { organization, after } })).data?.softwareLists ?? null
            }
          >
            {(list) => (
              <section>
                <h3>{list.totalCount === 0 ? 'No software list' : countOf(list.totalCount, 'software list', 'software lists')}</h3>
                {list.totalCount === 0 && (
                  <p className={classes.note}>
                    Nothing says what its software is made of. Ask for a list in CycloneDX or SPDX.{' '}
                    {canWrite() && <Link href="/import">Import a list</Link>}
                  </p>
                )}
                {bySubject(list.rows).map(({ subject, editions }) => (
                  <div key={subject} className={classes.subject}>
                    <h4>{subject === '' ? 'No subject stated' : subject}</h4>
                    <ul>
                      {editions.map((edition) => (
                        <li key={edition.id}>
                          <button type="button" onClick={() => setOpen(edition.id)}>
                            {editionTitle(edition)}
                          </button>
                          <small>
                            {countOf(edition.componentCount, 'component', 'components')}
                            {edition.describedAt !== null && ` · ${ageOf(edition.describedAt, Date.now())} old`}
                            {edition.changes.totalCount > 0 && ` · ${changesInWords(edition.changes)}`}
                          </small>
                          <small>{edition.provenance.file ?? 'entered by hand'}</small>
                        </li>
                      ))}
                    </ul>
                  </div>
                ))}
                <MoreRowsLine list={list} noun="software lists" />
                {list.totalCount > 0 && canWrite() && (
                  <p>
                    <Link href="/import">Import a newer list</Link>
                  </p>
                )}
              </section>
            )}
          </Paged>
        )}
      </AnswerFrame>
      {open !== null && <SoftwareListDialog list={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Editions of each subject, the latest first; those of unknown date last. */
function bySubject(lists: readonly SoftwareEditionFragment[]) {
  const subjects = new Map<string, SoftwareEditionFragment[]>();
  for (const list of lists) subjects.set(list.subject, [list, ...(subjects.get(list.subject) ?? [])]);
  return [...subjects].map(([subject, editions]) => ({ subject, editions }));
}
