import type { ReactNode } from 'react';
import { formatCount } from '../../../../shared/format/count.ts';
import { showHidden } from '../../../../shared/format/hidden-characters.ts';
import type { FactChangeKind, FactKind, ImportChangesQuery } from '../../../../shared/generated/operations.ts';
import { ImportChangesDocument } from '../../../../shared/generated/operations.ts';
import { client } from '../../../../shared/graphql/client.ts';
import { type Column, DataTable } from '../../../../shared/lists/data-table.tsx';
import { MoreRowsLine, noRows } from '../../../../shared/lists/more-rows.tsx';
import { IconArrowsUpDown, IconCheck, IconCircleX, IconMinus, IconPlus } from '../../../../shared/ui/icons.tsx';
import type { ImportPlace } from '../../../../shared/url/import-url.ts';
import { importHref, parseImportPlace } from '../../../../shared/url/import-url.ts';
import { navigate, useLocation } from '../../../../shared/url/location.ts';
import { changedValue, fieldInWords, recordName } from '../../list/field-words.ts';
import {
  accountSentence,
  cellNoteSentence,
  cellSentence,
  FACT_NOUNS,
  nothingChangesSentence,
  refusedFilesSentence,
} from '../../sentences.ts';
import { StepHeading } from '../../steps/step-frame.tsx';
import type { ImportDetail } from '../../use-import.ts';
import { usePages } from '../../use-pages.ts';
import { Choice } from '../choice.tsx';
import { RejectionsTable } from './rejections-table.tsx';
import reportBandClasses from './report-rows.module.css';
import changesTableClasses from './rows-table.module.css';

interface ReportRowsProps {
  readonly of: ImportDetail;
  readonly report: NonNullable<ImportDetail['report']>;
  readonly show: ImportPlace['show'];
  readonly words: 'would' | 'did';
  readonly sentence: string;
  /** Absent: the rows cannot be corrected any more. */
  readonly onChanged?: () => void;
}

/**
 * The report: four figures, then the changed rows with their fields before and after, or the rejected rows with their reasons. If no
 * row changes anything and some were rejected, the page opens with the rejected rows.
 */
export function ReportRows({ of, report, show, words, sentence, onChanged }: ReportRowsProps) {
  const { path, params } = useLocation();
  const step = parseImportPlace(path, params).step;
  const changed = report.created + report.updated;
  const shown = show === 'changes' && changed === 0 && report.rejected > 0 ? 'rejects' : show;
  return (
    <>
      <div className={reportBandClasses.top}>
        <ReportBand of={report} words={words} />
        <div className={reportBandClasses.sentences}>
          {words === 'would' ? <StepHeading title="Preview" lead={sentence} /> : <p>{sentence}</p>}
          {report.account !== null && report.account.read > 0 && <p>{accountSentence(report.account)}</p>}
          {report.cells !== null && <CellNotes of={report.cells} />}
          {report.warnings.length > 0 && (
            <ul className={reportBandClasses.warnings} aria-label="Notes">
              {report.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          )}
        </div>
        <Choice
          label="Rows to show"
          value={shown}
          onChange={(value) => navigate(importHref(of.id, step, value), 'replace')}
          options={[
            { value: 'changes', label: `Changes ${formatCount(changed)}` },
            { value: 'rejects', label: `Rejected rows ${formatCount(report.rejected)}` },
          ]}
        />
      </div>
      {changed === 0 && report.rejected > 0 && (
        <p className={reportBandClasses.nothing}>{refusedFilesSentence(of) ?? nothingChangesSentence(report)}</p>
      )}
      {shown === 'changes' ? <ChangesTable of={of} /> : <RejectionsTable of={of} onChanged={onChanged} />}
    </>
  );
}

type Cells = NonNullable<NonNullable<ImportDetail['report']>['cells']>;

/** The outcome of the cells of lists: the sum, and on demand the cells that were changed or left out. */
function CellNotes({ of }: { readonly of: Cells }) {
  const sum = cellSentence(of);
  if (of.notes.length === 0) return <p>{sum}</p>;
  return (
    <details>
      <summary>{sum} What was changed or left out</summary>
      <ul className={reportBandClasses.warnings} aria-label="Cells that were changed or left out">
        {of.notes.map((note) => (
          <li key={`${note.file} ${note.change} ${note.column ?? ''} ${note.rule}`}>{cellNoteSentence(note)}</li>
        ))}
      </ul>
    </details>
  );
}

/** The effect of a commit in four figures, before or after it. */
function ReportBand({ of, words }: { readonly of: NonNullable<ImportDetail['report']>; readonly words: 'would' | 'did' }) {
  const icon = { size: 15, stroke: 1.7, 'aria-hidden': true } as const;
  const would = words === 'would';
  return (
    <dl className={reportBandClasses.band}>
      <Figure value={of.created} icon={<IconPlus {...icon} />} label={would ? 'Create' : 'Created'} />
      <Figure value={of.updated} icon={<IconArrowsUpDown {...icon} />} label={would ? 'Update' : 'Updated'} />
      <Figure value={of.unchanged} icon={<IconCheck {...icon} />} label="Unchanged" />
      <Figure value={of.rejected} icon={<IconCircleX {...icon} />} label={would ? 'Reject' : 'Rejected'} />
    </dl>
  );
}

function Figure({ value, icon, label }: { readonly value: number; readonly icon: ReactNode; readonly label: string }) {
  return (
    <div className={reportBandClasses.figure}>
      <dt>
        {icon} {label}
      </dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}

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
function ChangesTable({ of }: { readonly of: ImportDetail }) {
  const list = usePages(`${of.id} ${of.state} ${JSON.stringify(of.report)}`, (after) => loadChanges(of.id, after));
  return (
    <DataTable
      look="pane"
      isStacked
      label="Changes"
      columns={CHANGE_COLUMNS}
      rows={list.rows}
      keyOf={({ factKind, factId }) => `${factKind} ${factId}`}
      none={noRows(list, 'Loading the changes …', 'Nothing changes. Every row matches the recorded data.')}
    >
      <MoreRowsLine list={list} noun="changes" />
    </DataTable>
  );
}

const CHANGE_COLUMNS: readonly Column<Change>[] = [
  {
    key: 'line',
    title: 'Line',
    className: changesTableClasses.where,
    cell: ({ file, line }) => (line === null ? file : `${file}:${line}`),
  },
  {
    key: 'change',
    title: 'Change',
    cell: ({ kind }) => {
      const Icon = CHANGE_ICONS[kind];
      return (
        <span className={changesTableClasses.chip} data-kind={kind}>
          <Icon size={13} stroke={1.8} aria-hidden="true" /> {CHANGE_WORDS[kind]}
        </span>
      );
    },
  },
  {
    key: 'record',
    title: 'Record',
    className: changesTableClasses.record,
    cell: (change) => (
      <>
        <strong>{recordName(change)}</strong>
        <span className={changesTableClasses.id}>
          {FACT_NOUNS[change.factKind]}
          {change.name === null || change.name === showHidden(change.factId) ? '' : ` ${showHidden(change.factId)}`}
        </span>
      </>
    ),
  },
  {
    key: 'fields',
    title: 'Fields: before and after',
    cell: (change) => (
      <dl className={changesTableClasses.fields} data-kind={change.kind}>
        {fieldsToShow(change).map((field) => (
          <FieldRow key={field.field} {...field} kind={change.factKind} isUpdate={change.kind === 'UPDATED'} />
        ))}
      </dl>
    ),
  },
];

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
  return data?.import?.changes;
}
