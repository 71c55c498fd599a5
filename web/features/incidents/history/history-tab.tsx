import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { formatInstantUtc } from '../../../shared/format/instant.ts';
import { AddNoteDocument, type HistoryEntryFragment, IncidentHistoryDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { Paged } from '../../../shared/lists/paged.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import { askChange } from '../ask-change.ts';
import classes from '../incidents.module.css';
import { changeWords } from './change-words.ts';
import { TotalsLine } from './totals-line.tsx';

/** How the radius changed, which facts and decisions changed it, and what people noted. */
export function HistoryTab({ incident }: { readonly incident: string }) {
  const asked = useQuestion(
    IncidentHistoryDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  return (
    <section className={classes.card} aria-label="History">
      {canWrite() && <AddNote incident={incident} />}
      <AnswerFrame asked={asked} waiting="Reading the history">
        {(data) =>
          data.incident === null ? null : (
            <Paged
              first={data.incident.entries}
              load={async (after) =>
                (await client.query({ query: IncidentHistoryDocument, variables: { incident, after } })).data?.incident?.entries ?? null
              }
            >
              {(list) => (
                <>
                  <TotalsLine entries={list.rows} isWhole={list.rows.length === list.totalCount} />
                  <ol className={classes.entries}>
                    {list.rows.map((entry) => (
                      <Entry key={`${entry.at} ${entry.text}`} entry={entry} />
                    ))}
                  </ol>
                  <MoreRowsLine list={list} noun="entries" />
                </>
              )}
            </Paged>
          )
        }
      </AnswerFrame>
    </section>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntryFragment }) {
  const change = changeWords(entry);
  return (
    <li data-changed={change !== null || undefined}>
      <p className={classes.when}>
        <time dateTime={entry.at}>{formatInstantUtc(entry.at)}</time>
        {entry.by !== '' && <span>{entry.by}</span>}
      </p>
      <p className={classes.text}>{entry.text}</p>
      {change !== null && <p className={classes.note}>{change}</p>}
    </li>
  );
}

function AddNote({ incident }: { readonly incident: string }) {
  const announce = useAnnounce();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    const saved = await askChange(AddNoteDocument, { input: { incident, text } }, (data) => data.addIncidentNote);
    setSaving(false);
    if (typeof saved === 'string') return setProblem(saved);
    // Text that was typed meanwhile stays.
    setText((now) => (now === text ? '' : now));
    setProblem(null);
    announce('Note added.');
  };
  return (
    <form className={classes.noteForm} onSubmit={save}>
      <Textarea
        aria-label="Note"
        placeholder="Write a note: what was found out, decided or said"
        autosize
        minRows={1}
        maxRows={8}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={text.trim() === ''} loading={isSaving}>
        Add note
      </Button>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
