import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatInstantUtc } from '../../../shared/format/instant.ts';
import {
  ChangeNoticeDocument,
  type IncidentNoticeFragment,
  IncidentNoticesDocument,
  type NoticeState,
} from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { Paged } from '../../../shared/lists/paged.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { packHref } from '../../../shared/url/incidents-url.ts';
import { exportHref } from '../../../shared/url/redaction.ts';
import { canExport, canWrite } from '../../../shared/viewer/viewer.ts';
import { askChange } from '../ask-change.ts';
import { NOTICE_WORDS, optionsOf } from '../incident-words.ts';
import classes from '../incidents.module.css';
import { DueMark } from './due-mark.tsx';
import { VendorsToAsk } from './vendors-to-ask.tsx';

/** Lists the notices: who tells whom by when. The earliest due comes first. */
export function NoticesTab({ incident }: { readonly incident: string }) {
  const asked = useQuestion(
    IncidentNoticesDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  const calendar = exportHref(`/api/notices.ics?${new URLSearchParams({ incident })}`);
  return (
    <>
      <section className={classes.card} aria-label="Notices">
        <div className={classes.tools}>
          <p className={classes.note}>
            The direct provider of each affected lab and of each blind spot must tell it. Terms run from the discovery. Click a state to
            change it.
          </p>
          {canExport() && (
            <Button variant="default" component="a" href={calendar} download data-screen-only>
              Calendar (.ics)
            </Button>
          )}
        </div>
        <AnswerFrame asked={asked} waiting="Finding whom to tell">
          {(data) =>
            data.incident === null ? null : data.incident.notices.totalCount === 0 ? (
              <p className={classes.note}>No lab must be told: none is affected, and none is a blind spot.</p>
            ) : (
              <Paged
                first={data.incident.notices}
                load={async (after) =>
                  (await client.query({ query: IncidentNoticesDocument, variables: { incident, after } })).data?.incident?.notices ?? null
                }
              >
                {(list) => (
                  <>
                    <ScrollBox label="List of notices" className={classes.tableBox}>
                      <table className={classes.table}>
                        <thead>
                          <tr>
                            <th scope="col">Lab</th>
                            <th scope="col">Must be told by</th>
                            <th scope="col">Due</th>
                            <th scope="col">State</th>
                            <th scope="col">Pack</th>
                          </tr>
                        </thead>
                        <tbody>
                          {list.rows.map((notice) => (
                            <Row key={`${notice.lab.id} ${notice.notifier?.id}`} incident={incident} notice={notice} />
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
      </section>
      <VendorsToAsk incident={incident} />
    </>
  );
}

function Row({ incident, notice }: { readonly incident: string; readonly notice: IncidentNoticeFragment }) {
  const { lab, notifier, engagement, dueAt, state, note, toldAt, answeredAt, by } = notice;
  const [isChanging, setChanging] = useState(false);
  return (
    <>
      <tr>
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
          {dueAt === null ? (
            <span className={classes.note}>no term agreed</span>
          ) : state === 'TO_TELL' ? (
            <DueMark dueAt={dueAt} />
          ) : (
            formatInstantUtc(dueAt)
          )}
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
        <td>
          <Link href={packHref(incident, lab.id)}>Open</Link>
        </td>
      </tr>
      {isChanging && (
        <tr>
          <td colSpan={5}>
            <NoticeForm incident={incident} notice={notice} onDone={() => setChanging(false)} />
          </td>
        </tr>
      )}
    </>
  );
}

interface NoticeFormProps {
  readonly incident: string;
  readonly notice: IncidentNoticeFragment;
  readonly onDone: () => void;
}

function NoticeForm({ incident, notice, onDone }: NoticeFormProps) {
  const announce = useAnnounce();
  const [state, setState] = useState<NoticeState>(notice.state === 'TO_TELL' ? 'TOLD' : notice.state);
  const [note, setNote] = useState(notice.note ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const input = { incident, lab: notice.lab.id, notifier: notice.notifier?.id ?? null, state, note: note.trim() || null };
    setSaving(true);
    const saved = await askChange(ChangeNoticeDocument, { input }, (data) => data.setNotice);
    setSaving(false);
    if (typeof saved === 'string') return setProblem(saved);
    announce(`${notice.lab.name}: ${NOTICE_WORDS[state].toLowerCase()}.`);
    onDone();
  };
  return (
    <form className={classes.inline} onSubmit={save} aria-label={`Notice to ${notice.lab.name}`}>
      <NativeSelect
        label="State"
        data={optionsOf(NOTICE_WORDS)}
        value={state}
        onChange={(event) => setState(event.currentTarget.value as NoticeState)}
      />
      <TextInput
        label="Note"
        placeholder="How, and to whom"
        maxLength={10_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" loading={isSaving}>
        Record
      </Button>
      <Button variant="default" onClick={onDone}>
        Cancel
      </Button>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
