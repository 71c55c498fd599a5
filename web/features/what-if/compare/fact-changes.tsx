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
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { type Connection, useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { Link } from '../../../shared/ui/link.tsx';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
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
  const list = useMoreRows(changes, async (after) => {
    const { data } = await client.query({ query: MoreComparedFactsDocument, variables: { ...variables, after } });
    return data?.compareRadius?.factChanges ?? null;
  });
  return (
    <section className={classes.part} aria-labelledby="changed-facts">
      <h2 id="changed-facts">Facts that made the difference</h2>
      {list.totalCount === 0 ? (
        <p className={classes.note}>{reason}</p>
      ) : (
        <ScrollBox className={classes.scroll} label="Changed facts">
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Record</th>
                <th scope="col">Before → after</th>
                <th scope="col">When, by whom</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {list.rows.map((change) => (
                <FactRow key={`${change.factKind} ${change.factId} ${change.revision}`} change={change} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      <MoreRowsLine list={list} noun="changes" />
    </section>
  );
}

function FactRow({ change }: { readonly change: ComparedFactFragment }) {
  const { kind, factKind, factId, name, fields, at, by, file, line } = change;
  // A new or retracted record shows the fields that it states.
  const shown = fields.filter(({ before, after }) => (kind === 'UPDATED' ? before !== after : (after ?? before ?? '') !== ''));
  const where = file === null ? null : line === null ? file : `${file}, line ${line}`;
  return (
    <tr>
      <th scope="row">
        {KINDS[factKind]} {name ?? showHidden(factId)} <span className={classes.note}>{VERBS[kind]}</span>
      </th>
      <td>
        <ul className={classes.fields}>
          {shown.map(({ field, before, after }) => (
            <li key={field}>
              {wordsOf(field)}: {kind === 'UPDATED' && <span className={classes.was}>{shownValue(before)} → </span>}
              {shownValue(kind === 'RETRACTED' ? before : after)}
            </li>
          ))}
        </ul>
      </td>
      <td>
        {at === null ? '' : formatInstant(at)}
        <span className={classes.note}> {by}</span>
      </td>
      <td>
        {where === null ? (
          'entered by hand'
        ) : change.import === null ? (
          where
        ) : (
          <Link href={`/import/${encodeURIComponent(change.import.id)}${line === null ? '' : `?line=${line}`}`}>{where}</Link>
        )}
      </td>
    </tr>
  );
}

/** `deletionState` as "deletion state". */
function wordsOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function shownValue(text: string | null): string {
  if (text === null || text === '') return 'not stated';
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? formatInstant(text) : text;
}
