import { TextInput } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { DATE_ADVICE, DATE_PLACEHOLDER, isCalendarDay } from '../../../shared/format/typed-date.ts';
import { RespondentNameDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { type Column, DataTable } from '../../../shared/lists/data-table.tsx';
import { importHref } from '../../../shared/url/import-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { ImportHistory } from '../import-history.tsx';
import { DropZone } from './drop-zone.tsx';
import classes from './import-start.module.css';
import { TEMPLATES, type Template, templateHref } from './templates.ts';
import { useUpload } from './use-upload.ts';

const TEMPLATE_COLUMNS: readonly Column<Template>[] = [
  {
    key: 'template',
    title: 'Template',
    cell: (template) => (
      <a href={templateHref(template)} download={template.name}>
        {template.name}
      </a>
    ),
  },
  { key: 'content', title: 'Content', cell: ({ content }) => content },
  { key: 'columns', title: 'Columns', className: classes.columns, cell: ({ rows }) => <code>{rows[0]?.replaceAll(',', ', ')}</code> },
];

/**
 * The start of an import: source and date, drop zone, the files that can be imported, and the history.
 *
 * @param asked the id of the organization whose answer is to come; null: any list
 */
export function ImportStart({ asked }: { readonly asked: string | null }) {
  const [source, setSource] = useState('');
  const [assertedAt, setAssertedAt] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const found = useQuestion(
    RespondentNameDocument,
    useMemo(() => (asked === null ? null : { id: asked }), [asked]),
  );
  const [isDateWrong, setDateWrong] = useState(false);
  const dateField = useRef<HTMLInputElement>(null);
  const { upload, send, stop } = useUpload((id) => navigate(importHref(id)));
  const start = (files: readonly File[]) => {
    const day = assertedAt.trim();
    if (day !== '' && !isCalendarDay(day)) {
      setDateWrong(true);
      dateField.current?.focus();
      return;
    }
    send(files, { source, assertedAt: day, respondent: typed ?? asked ?? '' });
  };

  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <h1 tabIndex={-1} data-result="imports">
            Import
          </h1>
          <p>You see every change before anything is written.</p>
        </header>
        <div className={classes.fields}>
          <TextInput
            label="Source (optional)"
            description="Who the list is from. A newer file from this source replaces its older values."
            placeholder="Vendor register"
            value={source}
            maxLength={500}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <TextInput
            label="Answer of (optional)"
            description="The recorded organization that filled in the files itself. Its changes wait for you."
            placeholder="Name or id"
            value={typed ?? found.data?.organization?.name ?? asked ?? ''}
            maxLength={500}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <TextInput
            ref={dateField}
            label="Date of the list (optional)"
            description="The day that the list describes. Blank: the date in the list, else the time of the import."
            placeholder={DATE_PLACEHOLDER}
            value={assertedAt}
            error={isDateWrong ? `Date of the list: ${DATE_ADVICE}` : null}
            onChange={(event) => {
              setAssertedAt(event.currentTarget.value);
              setDateWrong(false);
            }}
          />
        </div>
        <DropZone upload={upload} onFiles={start} onStop={stop} />
        <details className={classes.format}>
          <summary>Templates and columns</summary>
          <DataTable look="plain" label="Templates and columns" columns={TEMPLATE_COLUMNS} rows={TEMPLATES} keyOf={({ name }) => name} />
          <p>
            A list of your own needs none of these: its columns are recognized. All facts with every column, as canonical CSV:{' '}
            <a href="/api/facts.zip">facts.zip</a>
          </p>
        </details>
        <ImportHistory />
      </div>
    </div>
  );
}
