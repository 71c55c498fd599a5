import { type ReactNode, useMemo } from 'react';
import type { FactName } from '../facts/fact-tools.tsx';
import { authorOf, enteredBy } from '../format/author.ts';
import { FACT_KIND_WORDS } from '../format/fact-name.ts';
import { showHidden } from '../format/hidden-characters.ts';
import { formatInstant } from '../format/instant.ts';
import { capitalize } from '../format/words.ts';
import { FACT_FIELDS, type FactField } from '../generated/fact-fields.ts';
import {
  type ChangeOfFactFragment,
  type FactChangeKind,
  FactHistoryDocument,
  type FactKind,
  type FactRef,
} from '../generated/operations.ts';
import { client } from '../graphql/client.ts';
import { useQuestion } from '../graphql/use-question.ts';
import { AnswerFrame } from '../lists/answer-frame.tsx';
import type { Column } from '../lists/data-table.tsx';
import { MoreRowsLine, Paged } from '../lists/more-rows.tsx';
import { Link } from '../ui/link.tsx';
import classes from './fact-history.module.css';

const VERBS: Readonly<Record<FactChangeKind, string>> = {
  CREATED: 'recorded',
  UPDATED: 'changed',
  RETRACTED: 'retracted',
  MERGED: 'merged',
  UNMERGED: 'unmerged',
};

/** All changes of one fact, the latest first: both values, who stated them when, and the source or the reason. */
export function FactHistory({ fact }: { readonly fact: FactName }) {
  const key = JSON.stringify(fact);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the fact.
  const variables = useMemo(() => ({ of: refOf(fact) }), [key]);
  const asked = useQuestion(FactHistoryDocument, variables);
  return (
    <AnswerFrame asked={asked} waiting="Reading the history">
      {({ history }) => (
        <Paged
          first={history}
          load={async (after) =>
            (await client.query({ query: FactHistoryDocument, variables: { ...variables, after } })).data?.history ?? null
          }
        >
          {(list) => (
            <>
              <ol className={classes.history}>
                {list.rows.map((change) => (
                  <li key={`${change.revision} ${change.kind}`}>
                    <p>
                      <strong>{capitalize(VERBS[change.kind])}</strong> {whenOf(change)}
                    </p>
                    <ChangedFields change={change} />
                    <p>{sourceOf(change)}</p>
                  </li>
                ))}
              </ol>
              <MoreRowsLine list={list} noun="changes" />
            </>
          )}
        </Paged>
      )}
    </AnswerFrame>
  );
}

function refOf(fact: FactName): FactRef {
  const { kind, ...key } = fact;
  return { [kind.toLowerCase()]: 'id' in key ? key.id : key } as unknown as FactRef;
}

/** A change of a fact: which, both values, by whom, and from where or why. */
export const CHANGE_COLUMNS: readonly Column<ChangeOfFactFragment>[] = [
  {
    key: 'record',
    title: 'Record',
    isName: true,
    cell: ({ kind, factKind, factId, name }) => (
      <>
        {FACT_KIND_WORDS[factKind]} {name ?? showHidden(factId)} <span className={classes.note}>{VERBS[kind]}</span>
      </>
    ),
  },
  { key: 'fields', title: 'Before → after', cell: (change) => <ChangedFields change={change} /> },
  { key: 'when', title: 'When, by whom', cell: (change) => whenOf(change) },
  { key: 'source', title: 'Source', cell: (change) => sourceOf(change) },
];

function whenOf({ at, by }: ChangeOfFactFragment): ReactNode {
  return (
    <>
      {at === null ? '' : formatInstant(at)} {by !== null && <span className={classes.note}>by {authorOf(by)}</span>}
    </>
  );
}

function sourceOf({ file, line, source, by, import: of }: ChangeOfFactFragment): ReactNode {
  if (of === null) return source === null ? enteredBy(by) : showHidden(source);
  const where = file === null ? (of.source ?? 'an import') : line === null ? file : `${file}, line ${line}`;
  return (
    <>
      <Link href={`/import/${encodeURIComponent(of.id)}${line === null ? '' : `?line=${line}`}`}>{where}</Link>
      {source !== null && <span className={classes.note}> {showHidden(source)}</span>}
    </>
  );
}

/** The fields with both values. A new or retracted record shows those that it states. */
function ChangedFields({ change: { kind, factKind, fields } }: { readonly change: ChangeOfFactFragment }) {
  const isChange = kind === 'UPDATED';
  const shown = fields.filter(({ before, after }) => (isChange ? before !== after : (after ?? before ?? '') !== ''));
  return (
    <ul className={classes.fields}>
      {shown.map(({ field, before, after, beforeName, afterName }) => {
        const { words, type } = fieldOf(factKind, field);
        return (
          <li key={field}>
            <span className={classes.note}>{words}:</span>{' '}
            {isChange && <span className={classes.was}>{shownValue(type, before, beforeName)} → </span>}
            {kind === 'RETRACTED' ? shownValue(type, before, beforeName) : shownValue(type, after, afterName)}
          </li>
        );
      })}
    </ul>
  );
}

/** The words and the type of a field. An attribute is a field that its name begins with `attribute:`. */
function fieldOf(kind: FactKind, name: string): { readonly words: string; readonly type: FactField['type'] } {
  return FACT_FIELDS[kind].find((field) => field.name === name) ?? { words: showHidden(name.replace(/^attribute:/, '')), type: 'text' };
}

/** @param name of the record that the text refers to */
function shownValue(type: FactField['type'], text: string | null, name: string | null): string {
  if (text === null || text === '') return 'not stated';
  if (name !== null) return showHidden(name);
  if (type === 'enum' || type === 'enums') return text.toLowerCase().replaceAll('_', ' ').replaceAll(';', ', ');
  if (type === 'texts') return showHidden(text.replaceAll(';', ', '));
  if ((type === 'integer' || type === 'number') && Number(text) >= 1000)
    return Number(text).toLocaleString('en-US', { maximumFractionDigits: 20 });
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? formatInstant(text) : showHidden(text);
}
