import { Select } from '@mantine/core';
import { countOf } from '../../../shared/format/count.ts';
import { formatShare } from '../../../shared/format/share.ts';
import type { ColumnMappingInput } from '../../../shared/generated/operations.ts';
import { delimiterInWords } from '../sentences.ts';
import { listFilesOf } from '../steps/plan-steps.ts';
import type { ImportDetail } from '../use-import.ts';
import { AsOfField } from './as-of-field.tsx';
import { ColumnsTable } from './columns-table.tsx';
import type { ListAnswer } from './list-answer.ts';
import classes from './list-card.module.css';
import { LIST_KINDS, type ListKind, listKindOf, recognitionOf } from './list-kinds.ts';
import { OwnerFields } from './owner-fields.tsx';

interface ListCardProps {
  readonly file: ImportDetail['files'][number];
  readonly of: ImportDetail;
  readonly answer: ListAnswer;
  readonly onAnswer: (answer: ListAnswer) => void;
  readonly onKind: (kind: ListKind) => void;
  readonly onColumn: (column: ColumnMappingInput) => void;
}

/** One list: its kind with the reason, its owner, its date, its form, and its columns. */
export function ListCard({ file, of, answer, onAnswer, onKind, onColumn }: ListCardProps) {
  const asked = of.questions.filter((question) => question.file === file.name);
  const isKindOpen = asked.some(({ kind }) => kind === 'KIND');
  const isClientOpen = asked.some(({ kind }) => kind === 'CLIENT');
  const cause = of.causes.find(({ code, example }) => code === 'UNKNOWN_KIND' && example.file === file.name);
  const isUnknown = !isKindOpen && cause !== undefined;
  const found = isKindOpen || isUnknown ? null : listKindOf(file.mapping);
  const recognition = found === null ? null : recognitionOf(file.mapping);
  const { day, because } = asOfWords(of, file.mapping);
  const client = listFilesOf(of.mappingDocument).find(({ name }) => name === file.name)?.client;

  return (
    <section className={classes.card} aria-label={file.name}>
      <header className={classes.head}>
        <h3>{file.name}</h3>
        <p className={classes.form}>{formOf(file)}</p>
      </header>
      <div className={classes.facts}>
        <div>
          <Select
            label="Kind of list"
            data={LIST_KINDS.filter(({ value }) => value !== 'PAIRS' || found === 'PAIRS').map(({ value, label }) => ({ value, label }))}
            value={found ?? answer.kind}
            placeholder="Choose"
            allowDeselect={false}
            onChange={(value) => {
              if (value === null) return;
              if (isKindOpen) onAnswer({ ...answer, kind: value as ListKind });
              else onKind(value as ListKind);
            }}
          />
          <p className={classes.why}>
            {recognition !== null && `Recognized, ${formatShare(recognition.confidence)} sure. ${recognition.because}.`}
            {isKindOpen && asked.find(({ kind }) => kind === 'KIND')?.message}
            {isUnknown && cause.example.message}
          </p>
        </div>
        {isClientOpen && <OwnerFields answer={answer} onAnswer={onAnswer} proposed={proposedOf(asked)} />}
        {!isClientOpen && client !== undefined && (
          <dl className={classes.known}>
            <dt>Whose list</dt>
            <dd>{client.name}</dd>
          </dl>
        )}
        <AsOfField typed={answer.day} day={day} because={because} onType={(text) => onAnswer({ ...answer, day: text })} />
      </div>
      {file.mapping.columns.length > 0 && found !== null && <ColumnsTable of={file} onDecide={onColumn} />}
    </section>
  );
}

function proposedOf(asked: ImportDetail['questions']): string | null {
  return asked.find(({ kind }) => kind === 'CLIENT')?.proposed ?? null;
}

/** `12 columns · semicolon · UTF-8 · header in line 4, above it: “Vendor register”`. Empty for a file that is no known list: it was not read. */
function formOf({ mapping, header, delimiter, encoding, headerLine, preamble }: ImportDetail['files'][number]): string {
  if (mapping.columns.length === 0) return '';
  const columns = countOf(Math.max(mapping.columns.length, header.length), 'column', 'columns');
  const place = headerLine === 0 ? 'no header' : `header in line ${headerLine}`;
  const above = preamble.length === 0 ? '' : `, above it: “${preamble.join(' · ')}”`;
  return [columns, delimiterInWords(delimiter), encoding.toUpperCase(), `${place}${above}`].filter((part) => part !== null).join(' · ');
}

/** The date of the list, and its reason: the list's own, else the person's, else the time of the import. */
function asOfWords({ assertedAt }: ImportDetail, { asOf, asOfBecause }: ImportDetail['files'][number]['mapping']) {
  if (asOf !== null) return { day: asOf.slice(0, 10), because: asOfBecause };
  return assertedAt === null
    ? { day: '', because: 'The time of the import, unless you enter a day.' }
    : { day: assertedAt.slice(0, 10), because: 'as entered' };
}
