import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { askChange, Refused } from '../../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../../shared/changes/change-form.tsx';
import { countOf, formatCount, joinSome } from '../../../shared/format/count.ts';
import { formatDuration } from '../../../shared/format/instant.ts';
import { formatTypedDate, parseTypedDate } from '../../../shared/format/typed-date.ts';
import type { IncidentNoticeFragment, NoticeState } from '../../../shared/generated/operations.ts';
import { ChangeNoticesDocument, UndoNoticeChangeDocument } from '../../../shared/generated/operations.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { NOTICE_WORDS, optionsOf } from '../incident-words.ts';
import classes from '../incidents.module.css';
import own from './notices.module.css';

export function noticeName({ lab, notifier }: IncidentNoticeFragment): string {
  return `the notice to ${lab.name} by ${notifier?.name ?? 'the owner of this incident'}`;
}

interface NoticeFormProps {
  readonly incident: string;
  readonly notices: readonly IncidentNoticeFragment[];
  /** The form begins with who sees to them, and states nothing else. */
  readonly isAssigning?: boolean;
  readonly onCancel: () => void;
  readonly onChanged: (change: string | null, text: string) => void;
}

/** The most notices that one change may name. */
const MOST_AT_ONCE = 1000;
/** Notices whose terms are named one by one. */
const MOST_NAMED = 5;

/** Changes one notice, or several alike. The fields of one are filled in; of several, what stays empty stays as it is. */
export function NoticeForm({ incident, notices, isAssigning = false, onCancel, onChanged }: NoticeFormProps) {
  const announce = useAnnounce();
  const [one] = notices.length === 1 ? notices : [];
  // The time that the form begins with; unless another is typed, that of the record, or of saving, counts.
  const [shown] = useState(() => formatTypedDate(one?.toldAt ?? new Date().toISOString(), 'start'));
  const toldAtOf = (told: string) => (told === shown ? (one?.toldAt ?? new Date().toISOString()) : parseTypedDate(told, 'start'));
  const isTold = (state: string) => state === 'TOLD' || state === 'ANSWERED';
  const states = optionsOf(NOTICE_WORDS);
  const owner = { name: 'owner', label: 'Who sees to it', maxLength: 500 } as const;
  return (
    <ChangeForm
      label={one === undefined ? countOf(notices.length, 'notice', 'notices') : `Notice to ${one.lab.name}`}
      look="bar"
      isOpened
      fields={({ state }) => [
        ...(isAssigning ? [owner] : []),
        { name: 'state', label: 'State', choices: one === undefined ? [...states, { value: '', label: 'Leave as it is' }] : states },
        ...(isTold(state)
          ? [{ name: 'told' as const, label: 'Told at, in UTC', note: 'It proves that the term was kept.', edge: 'start' as const }]
          : []),
        { name: 'note', label: 'Note', placeholder: 'How, and who can prove it', maxLength: 10_000 },
        ...(isAssigning ? [] : [owner]),
      ]}
      start={{
        state: isAssigning ? (one?.state ?? '') : one === undefined || one.state === 'TO_TELL' ? 'TOLD' : one.state,
        told: shown,
        note: one?.note ?? '',
        owner: one?.owner ?? '',
      }}
      submit={notices.length > 1 ? `Record ${formatCount(notices.length)}` : 'Record'}
      save={async ({ state, told, note, owner }) => {
        if (notices.length > MOST_AT_ONCE) {
          const message = `${formatCount(notices.length)} notices are selected; at most ${formatCount(MOST_AT_ONCE)} are changed at once.`;
          return new Refused({ message });
        }
        const text = (value: string, before: string | null | undefined) => (value !== '' ? value : before === undefined ? undefined : null);
        const input = {
          incident,
          notices: notices.map(({ lab, notifier }) => ({ lab: lab.id, notifier: notifier?.id ?? null })),
          ...(state === '' ? {} : { state: state as NoticeState }),
          ...(isTold(state) && told !== parseTypedDate(shown, 'start') ? { toldAt: told === '' ? null : told } : {}),
          note: text(note, one?.note),
          owner: text(owner, one?.owner),
        };
        const saved = await askChange(ChangeNoticesDocument, { input }, (data) => data.setNotices);
        if (saved instanceof Refused) return saved;
        const what = one === undefined ? countOf(notices.length, 'notice', 'notices') : one.lab.name;
        const sentence = `${what}: ${state === '' ? 'changed' : NOTICE_WORDS[state as NoticeState].toLowerCase()}.`;
        announce(sentence);
        onChanged(saved.change, sentence);
      }}
      onCancel={onCancel}
    >
      {({ state, told }) => {
        const toldAt = toldAtOf(told);
        return isTold(state) && toldAt !== null && <Terms notices={notices} toldAt={toldAt} />;
      }}
    </ChangeForm>
  );
}

/** Whether the time of telling keeps the term of each notice. */
function Terms({ notices, toldAt }: { readonly notices: readonly IncidentNoticeFragment[]; readonly toldAt: string }) {
  const withTerm = notices.flatMap(({ lab, notifier, dueAt }) => (dueAt === null ? [] : { lab, notifier, dueAt }));
  const late = withTerm.filter(({ dueAt }) => Date.parse(toldAt) > Date.parse(dueAt));
  return (
    <div className={own.terms}>
      {notices.length > MOST_NAMED && (
        <p>
          {[
            `${formatCount(withTerm.length - late.length)} in time`,
            `${formatCount(late.length)} late`,
            `${formatCount(notices.length - withTerm.length)} without a term`,
          ].join(', ')}
        </p>
      )}
      {notices.length <= MOST_NAMED && (
        <ul>
          {notices.map(({ lab, notifier, dueAt }) => (
            <li key={JSON.stringify([lab.id, notifier?.id])}>
              {`${notifier?.name ?? 'The owner of this incident'} to ${lab.name}: ${dueAt === null ? 'no term runs' : keptTerm(dueAt, toldAt)}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface BulkBarProps {
  readonly incident: string;
  readonly notices: readonly IncidentNoticeFragment[];
  readonly form: BulkForm | null;
  readonly onForm: (form: BulkForm | null) => void;
  readonly onClear: () => void;
  readonly onChanged: (change: string | null, text: string) => void;
}

/** The field that the form of the selected notices begins with. */
export type BulkForm = 'told' | 'owner';

/** The selected notices, and the form that changes all of them alike. */
export function BulkBar({ incident, notices, form, onForm, onClear, onChanged }: BulkBarProps) {
  // The form goes with the last tick.
  useEffect(() => () => onForm(null), [onForm]);
  const labs = [...new Map(notices.map(({ lab }) => [lab.id, lab.name])).values()];
  return (
    <section className={own.bulk} aria-label="Selected notices" data-screen-only>
      <div>
        <strong>{`${formatCount(notices.length)} selected`}</strong>
        <small>{`${joinSome(labs, 2)}, told by ${formatCount(new Set(notices.map(({ notifier }) => notifier?.id)).size)}`}</small>
        <Button aria-expanded={form === 'told'} aria-keyshortcuts="D" onClick={() => onForm(form === 'told' ? null : 'told')}>
          Record …
        </Button>
        <Button
          variant="default"
          aria-expanded={form === 'owner'}
          aria-keyshortcuts="A"
          onClick={() => onForm(form === 'owner' ? null : 'owner')}
        >
          Assign …
        </Button>
        <Button variant="default" onClick={onClear}>
          Clear
        </Button>
      </div>
      {form !== null && (
        <NoticeForm
          key={form}
          incident={incident}
          notices={notices}
          isAssigning={form === 'owner'}
          onCancel={() => onForm(null)}
          onChanged={onChanged}
        />
      )}
    </section>
  );
}

interface UndoLineProps {
  readonly incident: string;
  readonly change: string;
  readonly text: string;
  readonly onDone: (text: string) => void;
}

/** The change that was recorded last, and its undo. */
export function UndoLine({ incident, change, text, onDone }: UndoLineProps) {
  const announce = useAnnounce();
  const [problem, setProblem] = useState<string | null>(null);
  const undo = async () => {
    const saved = await askChange(UndoNoticeChangeDocument, { input: { incident, change } }, (data) => data.undoNotices);
    if (saved instanceof Refused) return setProblem(saved.sentence);
    announce('Undone.');
    onDone('Undone.');
  };
  return (
    <p className={classes.outcome}>
      {text}{' '}
      <Button variant="default" size="compact-sm" data-result="notices:undo" onClick={undo}>
        Undo
      </Button>
      {problem !== null && <span role="alert">{problem}</span>}
    </p>
  );
}

/** "In time, 25 minutes before the term", "11 hours late". */
export function keptTerm(dueAt: string, toldAt: string): string {
  const [due, told] = [Date.parse(dueAt), Date.parse(toldAt)];
  if (told === due) return 'In time, at the end of the term';
  if (told < due) return `In time, ${formatDuration({ from: toldAt, to: dueAt })} before the term`;
  return `${formatDuration({ from: dueAt, to: toldAt })} late`;
}
