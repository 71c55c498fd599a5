import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatInstant } from '../../../shared/format/instant.ts';
import {
  type ComparedFactFragment,
  type CompareRadiusQueryVariables,
  type FactChangeKind,
  type FactKind,
  MoreComparedFactsDocument,
} from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { type Column, PagedTable } from '../../../shared/lists/data-table.tsx';
import type { Connection } from '../../../shared/lists/use-more-rows.ts';
import { Link } from '../../../shared/ui/link.tsx';
import classes from './compare.module.css';

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

interface FactChangesProps {
  readonly changes: Connection<ComparedFactFragment>;
  readonly variables: CompareRadiusQueryVariables;
  /** The sentence if no fact changed. */
  readonly reason: string;
}

/** The changes of facts behind a difference, the latest first, each with its source. */
export function FactChanges({ changes, variables, reason }: FactChangesProps) {
  return (
    <section className={classes.part} aria-labelledby="changed-facts">
      <h2 id="changed-facts">Facts that made the difference</h2>
      <PagedTable
        first={changes}
        load={async (after) => {
          const { data } = await client.query({ query: MoreComparedFactsDocument, variables: { ...variables, after } });
          return data?.compareRadius?.factChanges ?? null;
        }}
        isStacked
        label="Changed facts"
        noun="changes"
        columns={COLUMNS}
        keyOf={({ factKind, factId, revision }) => `${factKind} ${factId} ${revision}`}
        none={reason}
      />
    </section>
  );
}

const COLUMNS: readonly Column<ComparedFactFragment>[] = [
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
    cell: ({ file, line, import: of }) => {
      if (file === null) return 'entered by hand';
      const where = line === null ? file : `${file}, line ${line}`;
      if (of === null) return where;
      return <Link href={`/import/${encodeURIComponent(of.id)}${line === null ? '' : `?line=${line}`}`}>{where}</Link>;
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
