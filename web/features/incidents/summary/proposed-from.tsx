import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { GRADE_WORDS } from '../../../shared/format/grade-words.ts';
import { formatInstant } from '../../../shared/format/instant.ts';
import { IncidentProposalDocument, type IncidentProposalQuery } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { type Column, DataTable } from '../../../shared/lists/data-table.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { advisoryHref } from '../../../shared/url/incidents-url.ts';
import classes from '../incidents.module.css';

type Match = NonNullable<NonNullable<IncidentProposalQuery['incident']>['proposal']>['matches'][number];

const COLUMNS: readonly Column<Match>[] = [
  {
    key: 'organization',
    title: 'Organization',
    isName: true,
    cell: ({ organization: { id, name } }) => <Link href={exploreHref(`organization:${id}`)}>{name}</Link>,
  },
  { key: 'then', title: 'Then', cell: ({ grade }) => GRADE_WORDS[grade] },
  { key: 'today', title: 'Today', cell: ({ grade, gradeNow }) => (grade === gradeNow ? 'same' : <strong>{GRADE_WORDS[gradeNow]}</strong>) },
  { key: 'because', title: 'Because, then', cell: ({ because }) => because },
];

const shownAtFirst = 5;

/** The advisory that an incident was proposed from, and each organization's grade then and today. A changed grade changes no incident by itself. */
export function ProposedFrom({ incident, advisory }: { readonly incident: string; readonly advisory: string }) {
  const [isWhole, setWhole] = useState(false);
  const asked = useQuestion(
    IncidentProposalDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  return (
    <section className={classes.card} aria-label="Proposed from">
      <header className={classes.tools}>
        <p>
          Proposed from <Link href={advisoryHref({ advisory })}>{advisory}</Link>
        </p>
      </header>
      <AnswerFrame asked={asked} waiting="Comparing lists with the advisory">
        {({ incident: found }) => {
          const proposal = found?.proposal ?? null;
          if (proposal === null) return <p className={classes.note}>What it was proposed from was not kept with it.</p>;
          const changed = proposal.matches.filter(({ grade, gradeNow }) => grade !== gradeNow);
          const rows = [...changed, ...proposal.matches.filter((match) => !changed.includes(match))];
          const shown = isWhole ? rows : rows.slice(0, Math.max(shownAtFirst, changed.length));
          return (
            <>
              <p>
                {changed.length === 0
                  ? 'Today’s lists and records give the same grades.'
                  : `${countOf(changed.length, 'organization has', 'organizations have')} another grade today. Nothing in the incident changes by itself.`}
              </p>
              <DataTable label="Grades then and today" columns={COLUMNS} rows={shown} keyOf={({ organization }) => organization.id} />
              <p className={classes.note}>
                {rows.length > shown.length && (
                  <>
                    <Button variant="default" size="compact-xs" onClick={() => setWhole(true)}>
                      Show all {formatCount(rows.length)}
                    </Button>{' '}
                  </>
                )}
                {proposal.treatAsCompromise && 'The vulnerability was treated as a compromise. '}
                {proposal.availabilities.length === 0
                  ? 'Nobody said when the affected versions could be installed.'
                  : `Could be installed, as claimed then: ${proposal.availabilities.map(claimInWords).join('; ')}.`}
              </p>
            </>
          );
        }}
      </AnswerFrame>
    </section>
  );
}

function claimInWords({
  source,
  from,
  until,
}: {
  readonly source: string;
  readonly from: string | null;
  readonly until: string | null;
}): string {
  if (from === null) return `until ${formatInstant(until as string)} (${source})`;
  if (until === null) return `from ${formatInstant(from)} (${source})`;
  return from === until ? `at ${formatInstant(from)} (${source})` : `${formatInstant(from)} to ${formatInstant(until)} (${source})`;
}
