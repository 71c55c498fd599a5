import { Button } from '@mantine/core';
import { formatCount } from '../../../../shared/format/count.ts';
import { showHidden } from '../../../../shared/format/hidden-characters.ts';
import {
  type FactChangeKind,
  type FactKind,
  ImportChangesDocument,
  type ImportChangesQuery,
} from '../../../../shared/generated/operations.ts';
import { client } from '../../../../shared/graphql/client.ts';
import { IconArrowsUpDown, IconMinus, IconPlus } from '../../../../shared/ui/icons.tsx';
import { ScrollBox } from '../../../../shared/ui/scroll-box.tsx';
import { FACT_NOUNS } from '../../sentences.ts';
import type { ImportDetail } from '../../use-import.ts';
import { usePages } from '../../use-pages.ts';
import { changedValue, fieldInWords, recordName } from './change-words.ts';
import classes from './rows-table.module.css';

type Change = NonNullable<ImportChangesQuery['import']>['changes']['edges'][number]['node'];

const CHANGE_WORDS: Readonly<Record<FactChangeKind, string>> = {
  CREATED: 'Create',
  UPDATED: 'Update',
  RETRACTED: 'Delete',
  MERGED: 'Merge',
  UNMERGED: 'Unmerge',
};
const CHANGE_ICONS = {
  CREATED: IconPlus,
  UPDATED: IconArrowsUpDown,
  RETRACTED: IconMinus,
  MERGED: IconArrowsUpDown,
  UNMERGED: IconArrowsUpDown,
} as const;

/** The rows that change a record: line, record, and fields before and after. */
export function ChangesTable({ of }: { readonly of: ImportDetail }) {
  const { rows, totalCount, phase, error, next, more } = usePages(`${of.id} ${of.state} ${JSON.stringify(of.report)}`, (after) =>
    loadChanges(of.id, after),
  );
  return (
    <ScrollBox className={classes.scroll} label="Changes">
      {error !== null && (
        <p className={classes.note} role="alert">
          {error}
        </p>
      )}
      {rows.length === 0 && (
        <p className={classes.note}>
          {phase === 'loading' ? 'Loading the changes …' : 'Nothing changes. Every row matches the recorded data.'}
        </p>
      )}
      {rows.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Change</th>
              <th scope="col">Record</th>
              <th scope="col">Fields: before and after</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((change) => (
              <ChangeRow key={`${change.factKind} ${change.factId}`} change={change} />
            ))}
          </tbody>
        </table>
      )}
      {next !== null && (
        <p className={classes.note}>
          Showing {formatCount(rows.length)} of {formatCount(totalCount)} changes.{' '}
          <Button variant="default" size="compact-sm" onClick={more} loading={phase === 'loading'}>
            Show more
          </Button>
        </p>
      )}
    </ScrollBox>
  );
}

function ChangeRow({ change }: { readonly change: Change }) {
  const Icon = CHANGE_ICONS[change.kind];
  return (
    <tr>
      <td className={classes.where}>
        {change.file}
        {change.line === null ? '' : `:${change.line}`}
      </td>
      <td>
        <span className={classes.chip} data-kind={change.kind}>
          <Icon size={13} stroke={1.8} aria-hidden="true" /> {CHANGE_WORDS[change.kind]}
        </span>
      </td>
      <td className={classes.record}>
        {recordName(change)}
        <span className={classes.id}>
          {FACT_NOUNS[change.factKind]}
          {change.name === null || change.name === showHidden(change.factId) ? '' : ` ${showHidden(change.factId)}`}
        </span>
      </td>
      <td>
        <dl className={classes.fields} data-kind={change.kind}>
          {fieldsToShow(change).map((field) => (
            <FieldRow key={field.field} {...field} kind={change.factKind} isUpdate={change.kind === 'UPDATED'} />
          ))}
        </dl>
      </td>
    </tr>
  );
}

interface FieldRowProps {
  readonly kind: FactKind;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly isUpdate: boolean;
}

function FieldRow({ kind, field, before, after, isUpdate }: FieldRowProps) {
  return (
    <div>
      <dt>{fieldInWords(kind, field)}</dt>
      <dd>
        {isUpdate && before !== null && before !== '' && <del>{changedValue(kind, field, before)}</del>}
        {after === null || after === '' ? (
          <span>{isUpdate ? 'no longer stated' : 'not stated'}</span>
        ) : (
          <ins>{changedValue(kind, field, after)}</ins>
        )}
      </dd>
    </div>
  );
}

/** The fields to show. A new record leaves out empty fields and its id, which has a column of its own. */
function fieldsToShow({ kind, factId, fields }: Change): Change['fields'] {
  if (kind !== 'CREATED') return fields;
  return fields.filter(({ field, after }) => after !== null && after !== '' && !(field === 'id' && after === factId));
}

async function loadChanges(id: string, after: string | null) {
  const { data } = await client.query({ query: ImportChangesDocument, variables: { id, first: 50, after } });
  const list = data?.import?.changes;
  return {
    rows: list?.edges.map((edge) => edge.node) ?? [],
    totalCount: list?.totalCount ?? 0,
    next: list?.pageInfo.hasNextPage ? list.pageInfo.endCursor : null,
  };
}
