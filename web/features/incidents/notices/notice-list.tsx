import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatInstantUtc } from '../../../shared/format/instant.ts';
import type { IncidentNoticeFragment, NoticeState, NoticeTerm } from '../../../shared/generated/operations.ts';
import { IncidentNoticesDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { type Column, PagedTable } from '../../../shared/lists/data-table.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { packHref } from '../../../shared/url/incidents-url.ts';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import { DueMark } from '../due-mark.tsx';
import { NOTICE_WORDS } from '../incident-words.ts';
import classes from '../incidents.module.css';
import { keptTerm, NoticeForm, noticeName } from './notice-forms.tsx';

export interface NoticeFilter {
  readonly states?: NoticeState[];
  readonly terms?: NoticeTerm[];
  readonly owners?: string[];
  readonly text?: string;
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
  const [changing, setChanging] = useState<ReadonlySet<string>>(new Set());
  const toggle = (notice: IncidentNoticeFragment) =>
    setChanging((before) => {
      const after = new Set(before);
      if (!after.delete(noticeKey(notice))) after.add(noticeKey(notice));
      return after;
    });
  return (
    <AnswerFrame asked={asked} waiting="Reading the notices">
      {(data) =>
        data.incident === null ? null : (
          <PagedTable
            first={data.incident.notices}
            load={async (after) =>
              (await client.query({ query: IncidentNoticesDocument, variables: { ...variables, after } })).data?.incident?.notices ?? null
            }
            look="plain"
            isStacked
            label="List of notices"
            noun="notices"
            columns={columnsFor(incident, selection, changing, toggle)}
            keyOf={noticeKey}
            isChosen={(notice) => selection.selected.has(noticeKey(notice))}
            detailOf={(notice) =>
              changing.has(noticeKey(notice)) && (
                <NoticeForm
                  incident={incident}
                  notices={[notice]}
                  onCancel={() => toggle(notice)}
                  onChanged={(change, text) => {
                    toggle(notice);
                    selection.onChanged(change, text);
                  }}
                />
              )
            }
            none="No notice fits these filters."
          />
        )
      }
    </AnswerFrame>
  );
}

function columnsFor(
  incident: string,
  { selected, select }: NoticeSelection,
  changing: ReadonlySet<string>,
  toggle: (notice: IncidentNoticeFragment) => void,
): readonly Column<IncidentNoticeFragment>[] {
  const pick: Column<IncidentNoticeFragment> = {
    key: 'pick',
    title: <span className="visually-hidden">Selected</span>,
    isScreenOnly: true,
    cell: (notice) => (
      <input
        type="checkbox"
        aria-label={`Select ${noticeName(notice)}`}
        checked={selected.has(noticeKey(notice))}
        onChange={(event) => select([notice], event.currentTarget.checked)}
      />
    ),
  };
  return [
    ...(canWrite() ? [pick] : []),
    {
      key: 'lab',
      title: 'Lab',
      isName: true,
      cell: ({ lab: { name, contactEmail } }) => (
        <>
          {name}
          {contactEmail !== null && (
            <small>
              <a href={`mailto:${contactEmail}`}>{contactEmail}</a>
            </small>
          )}
        </>
      ),
    },
    {
      key: 'notifier',
      title: 'Must be told by',
      cell: ({ notifier, engagement }) => (
        <>
          {notifier === null ? 'the owner of this incident' : notifier.name}
          <small>
            {engagement === null
              ? 'no engagement in force'
              : `${showHidden(engagement.id)}, ${engagement.noticeHours === null ? 'no notice term' : `${engagement.noticeHours} h`}`}
          </small>
        </>
      ),
    },
    { key: 'term', title: 'Term', cell: (notice) => <TermWords {...notice} /> },
    {
      key: 'state',
      title: 'State',
      cell: (notice) => (
        <>
          {canWrite() ? (
            <Button variant="default" size="compact-sm" aria-expanded={changing.has(noticeKey(notice))} onClick={() => toggle(notice)}>
              {NOTICE_WORDS[notice.state]}
            </Button>
          ) : (
            NOTICE_WORDS[notice.state]
          )}
          <small>{historyOf(notice)}</small>
        </>
      ),
    },
    { key: 'owner', title: 'Owner', cell: ({ owner }) => owner ?? <small>no owner</small> },
    { key: 'pack', title: 'Pack', cell: ({ lab }) => <Link href={packHref(incident, lab.id)}>Open pack</Link> },
  ];
}

function historyOf({ toldAt, answeredAt, by, note }: IncidentNoticeFragment): string {
  const told = toldAt === null ? null : `told ${formatInstantUtc(toldAt)}`;
  const answered = answeredAt === null ? null : `answered ${formatInstantUtc(answeredAt)}`;
  return [told, answered, by, note].filter((part) => part !== null).join(', ');
}

/** Says whether a notice is due, late, or was told in time. */
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
