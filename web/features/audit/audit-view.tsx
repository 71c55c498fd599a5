import { Menu } from '@mantine/core';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { countOf } from '../../shared/format/count.ts';
import { formatSecondUtc } from '../../shared/format/instant.ts';
import { type AuditRowFragment, AuditTrailDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { type Column, PagedTable } from '../../shared/lists/data-table.tsx';
import classes from './audit.module.css';

const NOTHING = {};
const COLUMNS: readonly Column<AuditRowFragment>[] = [
  { key: 'at', title: 'When', className: classes.when, cell: ({ at }) => formatSecondUtc(at) },
  { key: 'by', title: 'Who', className: classes.who, cell: ({ by }) => by },
  { key: 'action', title: 'What', cell: ({ action }) => action },
  { key: 'subject', title: 'On what', className: `${classes.faint} ${classes.subject}`, cell: ({ subject }) => subject },
  {
    key: 'outcome',
    title: 'Outcome',
    cell: ({ outcome }) => <span className={outcome === 'ok' ? undefined : classes.failed}>{outcome}</span>,
  },
  { key: 'from', title: 'From', className: classes.faint, cell: ({ from }) => from },
];

/** Log-ins, refusals, changes, exports and reads of the most sensitive artifacts, the latest first. For administrators. */
export function AuditView() {
  const asked = useQuestion(AuditTrailDocument, NOTHING);
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <div>
            <h1>Audit trail</h1>
            <p>
              Log-ins, refusals, changes, exports, and reads of artifacts of sensitivity 5. To check that nothing was changed, run{' '}
              <code>exposure audit verify</code>.
            </p>
          </div>
          <ExportMenu name="audit" operation={{ document: AuditTrailDocument, variables: NOTHING }}>
            <Menu.Item component="a" href="/api/audit.jsonl" download>
              Whole trail as JSON lines
            </Menu.Item>
          </ExportMenu>
        </header>
        <AnswerFrame asked={asked} waiting="Reading the trail">
          {({ auditEntries }) => (
            <>
              {auditEntries.totalCount > 0 && (
                <p className={classes.faint}>{countOf(auditEntries.totalCount, 'entry', 'entries')}, the latest first</p>
              )}
              <PagedTable
                first={auditEntries}
                load={async (after) => (await client.query({ query: AuditTrailDocument, variables: { after } })).data?.auditEntries ?? null}
                isStacked
                label="Entries"
                noun="entries"
                columns={COLUMNS}
                // Entries never change, and two may be equal.
                keyOf={(_, place) => place}
                none="Nothing is recorded yet."
              />
            </>
          )}
        </AnswerFrame>
      </div>
    </div>
  );
}
