import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { formatInstantUtc } from '../../shared/format/instant.ts';
import type { IncidentNoticeFragment, NoticeState, NoticeTerm } from '../../shared/generated/operations.ts';
import { IncidentNoticesDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { Paged } from '../../shared/lists/paged.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { packHref } from '../../shared/url/incidents-url.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import { DueMark } from './due-mark.tsx';
import { NOTICE_WORDS } from './incident-words.ts';
import classes from './incidents.module.css';
import { keptTerm, NoticeForm, noticeName } from './notice-forms.tsx';
import notices from './notices.module.css';

export interface NoticeFilter {
  readonly states?: NoticeState[];
  readonly terms?: NoticeTerm[];
  readonly owners?: string[];
}

export interface NoticeSelection {
  readonly selected: ReadonlyMap<string, IncidentNoticeFragment>;
  readonly select: (rows: readonly IncidentNoticeFragment[], isSelected: boolean) => void;
  /** @param change null: it cannot be undone */
  readonly onChanged: (change: string | null, text: string) => void;
}

export function noticeKey({ lab, notifier }: IncidentNoticeFragment): string {
  return JSON.stringify([lab.id, notifier?.id ?? null]);
}

interface NoticeListProps extends NoticeSelection {
  readonly incident: string;
  readonly filter: NoticeFilter & { readonly lab?: string; readonly notifier?: string | null };
}

export function NoticeList({ incident, filter, ...selection }: NoticeListProps) {
  const key = JSON.stringify(filter);
  const variables = useMemo(() => ({ incident, ...(JSON.parse(key) as NoticeFilter) }), [incident, key]);
  const asked = useQuestion(IncidentNoticesDocument, variables);
  return (
    <AnswerFrame asked={asked} waiting="Reading the notices">
      {(data) =>
        data.incident === null ? null : data.incident.notices.totalCount === 0 ? (
          <p className={classes.note}>No notice fits these filters.</p>
        ) : (
          <Paged
            first={data.incident.notices}
            load={async (after) =>
              (await client.query({ query: IncidentNoticesDocument, variables: { ...variables, after } })).data?.incident?.notices ?? null
            }
          >
            {(list) => (
              <>
                <ScrollBox label="List of notices" className={classes.tableBox}>
                  <table className={classes.table}>
                    <thead>
                      <tr>
                        {canWrite() && (
                          <th scope="col" data-screen-only>
                            <span className={notices.spoken}>Selected</span>
                          </th>
                        )}
                        <th scope="col">Lab</th>
                        <th scope="col">Must be told by</th>
                        <th scope="col">Term</th>
                        <th scope="col">State</th>
                        <th scope="col">Owner</th>
                        <th scope="col">Pack</th>
                      </tr>
                    </thead>
                    <tbody>
                      {list.rows.map((notice) => (
                        <Row key={noticeKey(notice)} incident={incident} notice={notice} {...selection} />
                      ))}
                    </tbody>
                  </table>
                </ScrollBox>
                <MoreRowsLine list={list} noun="notices" />
              </>
            )}
          </Paged>
        )
      }
    </AnswerFrame>
  );
}

function Row({
  incident,
  notice,
  selected,
  select,
  onChanged,
}: NoticeSelection & { readonly incident: string; readonly notice: IncidentNoticeFragment }) {
  const { lab, notifier, engagement, dueAt, state, note, toldAt, answeredAt, owner, by } = notice;
  const [isChanging, setChanging] = useState(false);
  const isSelected = selected.has(noticeKey(notice));
  return (
    <>
      <tr data-picked={isSelected || undefined}>
        {canWrite() && (
          <td data-screen-only>
            <input
              type="checkbox"
              aria-label={`Select ${noticeName(notice)}`}
              checked={isSelected}
              onChange={(event) => select([notice], event.currentTarget.checked)}
            />
          </td>
        )}
        <th scope="row">
          {lab.name}
          {lab.contactEmail !== null && (
            <small>
              <a href={`mailto:${lab.contactEmail}`}>{lab.contactEmail}</a>
            </small>
          )}
        </th>
        <td>
          {notifier === null ? 'the owner of this incident' : notifier.name}
          <small>
            {engagement === null
              ? 'no engagement in force'
              : `${showHidden(engagement.id)}, ${engagement.noticeHours === null ? 'no notice term' : `${engagement.noticeHours} h`}`}
          </small>
        </td>
        <td>
          <TermWords dueAt={dueAt} toldAt={toldAt} />
        </td>
        <td>
          {canWrite() ? (
            <Button variant="default" size="compact-sm" aria-expanded={isChanging} onClick={() => setChanging((open) => !open)}>
              {NOTICE_WORDS[state]}
            </Button>
          ) : (
            NOTICE_WORDS[state]
          )}
          <small>
            {[
              toldAt === null ? null : `told ${formatInstantUtc(toldAt)}`,
              answeredAt === null ? null : `answered ${formatInstantUtc(answeredAt)}`,
              by,
              note,
            ]
              .filter((part) => part !== null)
              .join(', ')}
          </small>
        </td>
        <td>{owner ?? <small>no owner</small>}</td>
        <td>
          <Link href={packHref(incident, lab.id)}>Open</Link>
        </td>
      </tr>
      {isChanging && (
        <tr>
          <td colSpan={canWrite() ? 7 : 6}>
            <NoticeForm
              incident={incident}
              notices={[notice]}
              onCancel={() => setChanging(false)}
              onChanged={(change, text) => {
                setChanging(false);
                onChanged(change, text);
              }}
            />
          </td>
        </tr>
      )}
    </>
  );
}

/** How a notice stands to its term. */
function TermWords({ dueAt, toldAt }: { readonly dueAt: string | null; readonly toldAt: string | null }) {
  if (dueAt === null) return <span className={classes.note}>no term runs</span>;
  if (toldAt === null) return <DueMark dueAt={dueAt} />;
  return (
    <span>
      {keptTerm(dueAt, toldAt)}
      <small>term ended {formatInstantUtc(dueAt)}</small>
    </span>
  );
}
