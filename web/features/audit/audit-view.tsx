import { Menu } from '@mantine/core';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { countOf } from '../../shared/format/count.ts';
import { formatInstantUtc } from '../../shared/format/instant.ts';
import { type AuditRowFragment, AuditTrailDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { Paged } from '../../shared/lists/paged.tsx';
import { FramedTable } from '../../shared/ui/framed-table.tsx';
import classes from './audit.module.css';

const NOTHING = {};
const COLUMNS = ['When', 'Who', 'What', 'On what', 'Outcome', 'From'] as const;

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
          {({ auditEntries }) =>
            auditEntries.totalCount === 0 ? (
              <p className={classes.faint}>Nothing is recorded yet.</p>
            ) : (
              <Paged
                first={auditEntries}
                load={async (after) => (await client.query({ query: AuditTrailDocument, variables: { after } })).data?.auditEntries ?? null}
              >
                {(list) => (
                  <>
                    <p className={classes.faint}>{countOf(auditEntries.totalCount, 'entry', 'entries')}, the latest first</p>
                    <FramedTable label="Entries">
                      <thead>
                        <tr>
                          {COLUMNS.map((title) => (
                            <th key={title} scope="col">
                              {title}
                            </th>
                          ))}
                        </tr>
                      </thead>
                      <tbody>
                        {list.rows.map((row, place) => (
                          // biome-ignore lint/suspicious/noArrayIndexKey: entries never change, and two may be equal.
                          <Entry key={place} row={row} />
                        ))}
                      </tbody>
                    </FramedTable>
                    <MoreRowsLine list={list} noun="entries" />
                  </>
                )}
              </Paged>
            )
          }
        </AnswerFrame>
      </div>
    </div>
  );
}

function Entry({ row: { at, by, from, action, subject, outcome } }: { readonly row: AuditRowFragment }) {
  return (
    <tr className={classes.entry}>
      <td className={classes.when}>{formatInstantUtc(at)}</td>
      <td className={classes.who}>{by}</td>
      <td>{action}</td>
      <td className={`${classes.faint} ${classes.subject}`}>{subject}</td>
      <td className={outcome === 'ok' ? undefined : classes.failed}>{outcome}</td>
      <td className={classes.faint}>{from}</td>
    </tr>
  );
}
