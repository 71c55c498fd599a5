import { Select, TextInput } from '@mantine/core';
import { countOf } from '../../../shared/format/count.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { DATE_ADVICE, DATE_PLACEHOLDER, isCalendarDay } from '../../../shared/format/typed-date.ts';
import type { ColumnMappingInput, MapImportFileInput, OrganizationRole } from '../../../shared/generated/operations.ts';
import { type Column, DataTable } from '../../../shared/lists/data-table.tsx';
import { delimiterInWords } from '../sentences.ts';
import { listFilesOf, mappedFiles } from '../steps/plan-steps.ts';
import type { StepProps } from '../steps/step-frame.tsx';
import { forgetUnsent, StepFrame, useUnsent } from '../steps/step-frame.tsx';
import type { ImportDetail } from '../use-import.ts';
import { useDecide } from '../use-import.ts';
import { choiceOf, choicesFor, controlName, decisionFor } from './column-choice.ts';
import { LIST_KINDS, type ListAnswer, type ListKind, likelyRole, listKindOf, recognitionOf } from './list-kinds.ts';
import classes from './list-step.module.css';
import { findOwnerId, OwnerFields, RoleSelect } from './owner-fields.tsx';

/** The step that asks for the kind and the source of each list, and for the meaning of each column. */
export function ListStep({ of, isBusy, onChanged, onBack, onNext }: StepProps) {
  const { decide, error, isSending } = useDecide(onChanged);
  const place = `${of.id} list`;
  const [answers, answer] = useUnsent<ListAnswer>(place);
  const names = mappedFiles(of);
  const files = of.files.filter(({ name }) => names.has(name));
  const asked = of.questions.filter(({ kind }) => kind === 'CLIENT' || kind === 'CLIENT_ROLE' || kind === 'KIND');
  const answerFor = (file: string): ListAnswer => {
    const proposal = asked.find((question) => isOwnerAsked(question) && question.file === file)?.proposed ?? '';
    const kindProposal = asked.some((question) => question.kind === 'KIND' && question.file === file) ? 'VENDORS' : null;
    return answers.get(file) ?? { kind: kindProposal, client: proposal, role: null, day: null };
  };
  const unowned = files.find(
    ({ name }) => asked.some((question) => isOwnerAsked(question) && question.file === name) && answerFor(name).client.trim() === '',
  );
  const unranked = files.find(
    ({ name }) => asked.some(({ kind, file }) => kind === 'CLIENT_ROLE' && file === name) && answerFor(name).role === null,
  );
  const unchosen = asked.find((question) => question.kind === 'CLIENT' && !isOwnerAsked(question));
  const undated = files.find(({ name }) => isWrongDay(answerFor(name).day));

  const next = async () => {
    const isDone = await decide(async () => {
      const inputs = await Promise.all(files.map(({ name }) => inputFor(of, name, answerFor(name))));
      return { files: inputs.flat() };
    });
    if (!isDone) return;
    forgetUnsent(place);
    onNext();
  };

  return (
    <StepFrame
      title="What is this?"
      lead={
        files.length === 1
          ? 'Check what the list is and what its columns mean. Nothing has been written yet.'
          : 'Check what each list is and what its columns mean. Nothing has been written yet.'
      }
      onBack={onBack}
      onNext={next}
      next="Continue"
      missing={
        unowned !== undefined
          ? `Enter the owner of the list ${unowned.name}.`
          : unranked !== undefined
            ? `Choose the role of the clients in ${unranked.name}.`
            : unchosen !== undefined
              ? `Choose what the column of clients in ${unchosen.file} means.`
              : undated !== undefined
                ? `Enter the day of the list ${undated.name}.`
                : null
      }
      isBusy={isBusy || isSending}
      error={error}
    >
      {files.map((file) => (
        <ListCard
          key={file.name}
          file={file}
          of={of}
          answer={answerFor(file.name)}
          onAnswer={(decisions) => answer(file.name, decisions)}
          onKind={(kind) => decide(async () => ({ files: [{ import: of.id, file: file.name, kinds: [...kindsOf(kind)] }] }))}
          onContracts={(areContractsApart) => decide(async () => ({ files: [{ import: of.id, file: file.name, areContractsApart }] }))}
          onColumn={(column) => decide(async () => ({ files: [{ import: of.id, file: file.name, columns: [column] }] }))}
        />
      ))}
    </StepFrame>
  );
}

function kindsOf(kind: ListKind) {
  return LIST_KINDS.find(({ value }) => value === kind)?.kinds ?? [];
}

/** The decision about a file with open questions. Empty if the file has none. */
async function inputFor(
  { id, questions }: ImportDetail,
  file: string,
  { kind, client, role, day }: ListAnswer,
): Promise<MapImportFileInput[]> {
  const open = questions.filter((question) => question.file === file);
  const kinds = open.some((question) => question.kind === 'KIND') && kind !== null ? { kinds: [...kindsOf(kind)] } : {};
  const owner = open.some(isOwnerAsked) ? await ownerInput(client.trim(), role) : {};
  const ranked = role !== null && open.some((question) => question.kind === 'CLIENT_ROLE') ? { clientRole: role } : {};
  const dated = day === null || day.trim() === '' ? {} : { asOf: new Date(day.trim()).toISOString() };
  const decisions = { ...kinds, ...owner, ...ranked, ...dated };
  return Object.keys(decisions).length === 0 ? [] : [{ import: id, file, ...decisions }];
}

async function ownerInput(name: string, role: OrganizationRole | null): Promise<Partial<MapImportFileInput>> {
  const recorded = await findOwnerId(name);
  return recorded === null ? { clientName: name, clientRole: role ?? likelyRole(name) } : { client: recorded };
}

interface ListCardProps {
  readonly file: ImportDetail['files'][number];
  readonly of: ImportDetail;
  readonly answer: ListAnswer;
  readonly onAnswer: (answer: ListAnswer) => void;
  readonly onKind: (kind: ListKind) => void;
  readonly onContracts: (areContractsApart: boolean) => void;
  readonly onColumn: (column: ColumnMappingInput) => void;
}

/** One list: its kind with the reason, its owner, its date, its form, and its columns. */
function ListCard({ file, of, answer, onAnswer, onKind, onContracts, onColumn }: ListCardProps) {
  const asked = of.questions.filter((question) => question.file === file.name);
  const isKindOpen = asked.some(({ kind }) => kind === 'KIND');
  const owner = asked.find(isOwnerAsked);
  const columnAsked = asked.find((question) => question.kind === 'CLIENT' && !isOwnerAsked(question));
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
        {owner !== undefined && <OwnerFields answer={answer} onAnswer={onAnswer} asked={owner} />}
        {columnAsked !== undefined && <ClientColumn of={file} asked={columnAsked} onColumn={onColumn} />}
        {asked.map(
          ({ kind, message }) =>
            kind === 'CLIENT_ROLE' && (
              <div key={kind}>
                <RoleSelect role={answer.role} onRole={(role) => onAnswer({ ...answer, role })} />
                <p className={classes.why}>{message}</p>
              </div>
            ),
        )}
        {owner === undefined && client !== undefined && (
          <dl className={classes.known}>
            <dt>Whose list</dt>
            <dd>{client.name}</dd>
          </dl>
        )}
        {hasContracts(file.mapping) && (
          <Select
            label="Rows of one client and vendor"
            data={[
              { value: 'one', label: 'One engagement' },
              { value: 'apart', label: 'A contract for each service' },
            ]}
            value={file.mapping.areContractsApart ? 'apart' : 'one'}
            allowDeselect={false}
            onChange={(choice) => onContracts(choice === 'apart')}
          />
        )}
        <AsOfField typed={answer.day} day={day} because={because} onType={(text) => onAnswer({ ...answer, day: text })} />
      </div>
      {file.mapping.columns.length > 0 && found !== null && <ColumnsTable of={file} onDecide={onColumn} />}
    </section>
  );
}

/** Whether the rows name services of engagements, and number no contracts. */
function hasContracts({ columns }: ImportDetail['files'][number]['mapping']): boolean {
  const has = (name: string) => columns.some(({ use, kind, field }) => use === 'FIELD' && kind === 'ENGAGEMENT' && field === name);
  return has('service') && !has('id');
}

/** Whether a question asks for the owner of a whole list, and not for the meaning of a column. */
function isOwnerAsked({ kind, index }: ImportDetail['questions'][number]): boolean {
  return kind === 'CLIENT' && index === null;
}

interface ClientColumnProps {
  readonly of: File;
  readonly asked: ImportDetail['questions'][number];
  readonly onColumn: (column: ColumnMappingInput) => void;
}

/** Asks whether a column names the clients, where a person named another one for the whole list. */
function ClientColumn({ of, asked, onColumn }: ClientColumnProps) {
  const column = of.mapping.columns.find(({ index }) => index === asked.index);
  if (column === undefined) return null;
  return (
    <div>
      <Select
        label={`Clients in “${column.column}”`}
        data={[
          { value: 'FIELD ENGAGEMENT client', label: 'Each row names its client' },
          { value: 'ATTRIBUTE', label: 'Keep the column as text' },
        ]}
        value={null}
        placeholder="Choose"
        onChange={(choice) => choice !== null && onColumn(decisionFor(column.index, column, choice))}
      />
      <p className={classes.why}>{asked.message}</p>
    </div>
  );
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

type File = ImportDetail['files'][number];

interface ColumnsTableProps {
  readonly of: File;
  readonly onDecide: (column: ColumnMappingInput) => void;
}

const SHOWN_VALUES = 3;

/** Each column with its first values and its meaning, which can be changed. */
function ColumnsTable({ of, onDecide }: ColumnsTableProps) {
  const choices = choicesFor(of.mapping.kinds);
  const columns: readonly Column<File['mapping']['columns'][number]>[] = [
    {
      key: 'column',
      title: 'Column',
      isName: true,
      cell: ({ column, use }) => <span className={use === 'IGNORED' ? classes.ignored : undefined}>{column}</span>,
    },
    {
      key: 'values',
      title: 'First values',
      className: classes.values,
      cell: ({ index, use }) => <span className={use === 'IGNORED' ? classes.ignored : undefined}>{firstValues(of.sample, index)}</span>,
    },
    {
      key: 'meaning',
      title: 'Meaning',
      className: classes.meaning,
      cell: (column) => (
        <>
          <Select
            aria-label={`Meaning of ${column.column}`}
            data={choices}
            value={choiceOf(column)}
            allowDeselect={false}
            searchable
            maxDropdownHeight={320}
            onChange={(choice) => {
              if (choice !== null && choice !== choiceOf(column)) onDecide(decisionFor(column.index, column, choice));
            }}
          />
          {column.use === 'CONTROL' && (
            <TextInput
              key={column.control}
              aria-label={`Control of ${column.column}`}
              defaultValue={column.control ?? ''}
              onBlur={(event) => {
                const name = controlName(event.currentTarget.value);
                if (name !== column.control) onDecide(decisionFor(column.index, column, 'CONTROL', name));
              }}
            />
          )}
        </>
      ),
    },
    {
      key: 'match',
      title: 'Match',
      className: classes.match,
      cell: (column) =>
        hasMeaning(column) ? (
          <>
            <span className={classes.bar} aria-hidden="true">
              <span style={{ width: `${column.confidence * 100}%` }} />
            </span>
            {formatShare(column.confidence)}
          </>
        ) : (
          '–'
        ),
    },
    {
      key: 'reason',
      title: 'Reason',
      className: classes.reason,
      cell: ({ because, dateOrder }) =>
        dateOrder === null ? because : `${because}; ${dateOrder === 'DAY_FIRST' ? 'day first' : 'month first'}`,
    },
  ];
  return <DataTable isStacked label={`Columns of ${of.name}`} columns={columns} rows={of.mapping.columns} keyOf={({ index }) => index} />;
}

/** Whether the column has a meaning that can be wrong. Text is kept as it is. */
function hasMeaning({ use }: File['mapping']['columns'][number]): boolean {
  return use === 'FIELD' || use === 'CONTROL';
}

/** The first distinct values that are not empty: `Quillmark · Harrowell`. */
function firstValues(sample: File['sample'], index: number): string {
  const values = sample.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');
  const shown = [...new Set(values)].slice(0, SHOWN_VALUES);
  return shown.length === 0 ? 'empty' : shown.join(' · ');
}

interface AsOfFieldProps {
  /** The text that a person typed; null: the list's own day. */
  readonly typed: string | null;
  /** YYYY-MM-DD; empty for the time of the import. */
  readonly day: string;
  readonly because: string | null;
  readonly onType: (text: string) => void;
}

/** Whether a person typed something that is no day. */
function isWrongDay(typed: string | null): boolean {
  return typed !== null && typed.trim() !== '' && !isCalendarDay(typed.trim());
}

/** The day that a list describes, as its title or its file name gives it. A person can give another. */
function AsOfField({ typed, day, because, onType }: AsOfFieldProps) {
  return (
    <TextInput
      label="As of"
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      description={because}
      placeholder={DATE_PLACEHOLDER}
      value={typed ?? day}
      error={isWrongDay(typed) ? `As of: ${DATE_ADVICE}` : null}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
