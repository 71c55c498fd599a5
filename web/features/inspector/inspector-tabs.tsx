import { Tabs } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { Refused, sendChange } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDay } from '../../shared/format/instant.ts';
import type { NodeRef, NotesQuery } from '../../shared/generated/operations.ts';
import { DeleteNoteDocument, NotesDocument, SaveNoteDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { canWrite, seesNotes } from '../../shared/viewer/viewer.ts';
import classes from './inspector.module.css';
import { Section } from './inspector-panel.tsx';

interface InspectorTab {
  readonly value: string;
  readonly title: string;
  readonly count?: number | string;
  readonly content: ReactNode;
}

interface InspectorTabsProps {
  readonly tabs: readonly InspectorTab[];
  /** The record that the notes are about; absent: nobody writes notes about it. */
  readonly notesOn?: ComponentProps<typeof NotesTab>['on'];
}

/** The tabs of a record, the first one open. Notes come last, for those who may see them. */
export function InspectorTabs({ tabs, notesOn }: InspectorTabsProps) {
  const notes =
    notesOn !== undefined && seesNotes() ? [{ value: 'notes', title: 'Notes', count: undefined, content: <NotesTab on={notesOn} /> }] : [];
  const all = [...tabs, ...notes];
  return (
    <Tabs defaultValue={tabs[0]?.value ?? null} className={classes.tabs} keepMounted={false}>
      <Tabs.List className={classes.tabList}>
        {all.map(({ value, title, count }) => (
          <Tabs.Tab key={value} value={value} className={classes.tab}>
            {title}
            {count !== undefined && (
              <>
                {' '}
                <span className={classes.count}>{typeof count === 'number' ? formatCount(count) : count}</span>
              </>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {all.map(({ value, title, content }) => (
        <Tabs.Panel key={value} value={value} className={classes.tabPanel}>
          <ScrollBox label={title} className={classes.scroll}>
            {content}
          </ScrollBox>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

type Note = NotesQuery['notes']['edges'][number]['node'];

/** The notes on an organization or an artifact, the latest first. A note changes no figure. */
function NotesTab({ on }: { readonly on: NodeRef }) {
  const announce = useAnnounce();
  const key = JSON.stringify(on);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the record.
  const variables = useMemo(() => ({ on }), [key]);
  const asked = useQuestion(NotesDocument, variables);
  const [edited, setEdited] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const done = (words: string) => {
    setEdited(null);
    announce(words);
    asked.retry();
  };
  const remove = async (id: string) => {
    try {
      await client.mutate({ mutation: DeleteNoteDocument, variables: { id } });
      done('Note deleted.');
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };
  return (
    <>
      {canWrite() && <NoteForm label="New note" submit="Add note" on={on} onSaved={() => done('Note added.')} />}
      {problem !== null && <p role="alert">{problem}</p>}
      <AnswerFrame asked={asked} waiting="Listing notes">
        {({ notes }) => (
          <Paged
            first={notes}
            load={async (after) => (await client.query({ query: NotesDocument, variables: { on, after } })).data?.notes ?? null}
          >
            {(list) => (
              <Section title={list.totalCount === 0 ? 'No notes yet' : countOf(list.totalCount, 'note', 'notes')}>
                <ul>
                  {list.rows.map((note) => (
                    <li key={note.id} className={classes.note}>
                      {edited === note.id ? (
                        <NoteForm label="Edit note" submit="Save note" on={on} note={note} onSaved={() => done('Note saved.')} />
                      ) : (
                        <NoteText note={note} onEdit={() => setEdited(note.id)} onDelete={() => remove(note.id)} />
                      )}
                    </li>
                  ))}
                </ul>
                <MoreRowsLine list={list} noun="notes" />
              </Section>
            )}
          </Paged>
        )}
      </AnswerFrame>
    </>
  );
}

interface NoteTextProps {
  readonly note: Note;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function NoteText({ note, onEdit, onDelete }: NoteTextProps) {
  return (
    <>
      <p className={classes.noteText}>{note.text}</p>
      <small>
        {note.by}, {formatDay(note.at)}{' '}
        {canWrite() && (
          <>
            <button type="button" onClick={onEdit}>
              Edit
            </button>{' '}
            <button type="button" onClick={onDelete}>
              Delete
            </button>
          </>
        )}
      </small>
    </>
  );
}

interface NoteFormProps {
  readonly label: string;
  readonly submit: string;
  readonly on: NodeRef;
  /** The note to edit. Absent: a new one. */
  readonly note?: Note;
  readonly onSaved: () => void;
}

function NoteForm({ label, submit, on, note, onSaved }: NoteFormProps) {
  return (
    <div className={classes.noteForm}>
      <ChangeForm
        isSmall
        isOpened={note !== undefined}
        fields={[{ name: 'text', label, lines: 2, needed: 'Write something first.' }]}
        start={{ text: note?.text ?? '' }}
        submit={submit}
        isKept
        save={async ({ text }) => {
          const saved = await sendChange(SaveNoteDocument, { input: { id: note?.id ?? null, on, text } }, (data) => data.saveNote);
          if (saved instanceof Refused) return saved;
          onSaved();
        }}
      />
    </div>
  );
}
