import { useMemo } from 'react';
import type { FactName } from '../facts/fact-tools.tsx';
import { showHidden } from '../format/hidden-characters.ts';
import { formatInstant } from '../format/instant.ts';
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

const KINDS: Readonly<Record<FactKind, string>> = {
  ORGANIZATION: 'Organization',
  ARTIFACT: 'Artifact',
  TRANSFER: 'Transfer',
  ACCESS: 'Access',
  ENGAGEMENT: 'Engagement',
  REVEALS: 'Reveals',
  CONTROL: 'Control',
  SOFTWARE_LIST: 'Software list',
  ADVISORY: 'Advisory',
  AVAILABILITY: 'Availability',
  SOFTWARE_STATEMENT: 'Software statement',
};
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
                    {CHANGE_COLUMNS.map(({ key: column, cell }) => (
                      <div key={column}>{cell(change)}</div>
                    ))}
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
        {KINDS[factKind]} {name ?? showHidden(factId)} <span className={classes.note}>{VERBS[kind]}</span>
      </>
    ),
  },
  {
    key: 'fields',
    title: 'Before → after',
    cell: ({ kind, fields }) => {
      // A new or retracted record shows the fields that it states.
      const shown = fields.filter(({ before, after }) => (kind === 'UPDATED' ? before !== after : (after ?? before ?? '') !== ''));
      return (
        <ul className={classes.fields}>
          {shown.map(({ field, before, after }) => (
            <li key={field}>
              {wordsOf(field)}: {kind === 'UPDATED' && <span className={classes.was}>{shownValue(before)} → </span>}
              {shownValue(kind === 'RETRACTED' ? before : after)}
            </li>
          ))}
        </ul>
      );
    },
  },
  {
    key: 'when',
    title: 'When, by whom',
    cell: ({ at, by }) => (
      <>
        {at === null ? '' : formatInstant(at)}
        <span className={classes.note}> {by}</span>
      </>
    ),
  },
  {
    key: 'source',
    title: 'Source',
    cell: ({ file, line, source, by, import: of }) => {
      if (of === null) return source === null ? `entered by ${by}` : showHidden(source);
      const where = file === null ? (of.source ?? 'an import') : line === null ? file : `${file}, line ${line}`;
      return (
        <>
          <Link href={`/import/${encodeURIComponent(of.id)}${line === null ? '' : `?line=${line}`}`}>{where}</Link>
          {source !== null && <span className={classes.note}> {showHidden(source)}</span>}
        </>
      );
    },
  },
];

/** `deletionState` as "deletion state". */
function wordsOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function shownValue(text: string | null): string {
  if (text === null || text === '') return 'not stated';
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? formatInstant(text) : text;
}
