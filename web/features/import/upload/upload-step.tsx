import { Button } from '@mantine/core';
import { useState } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { formatBytes } from '../../../shared/format/volume.ts';
import { type Column, DataTable } from '../../../shared/lists/data-table.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import { importHref } from '../../../shared/url/import-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { delimiterInWords, kindOfFile, titleOf, uploadedName } from '../sentences.ts';
import { firstOpenStep } from '../steps/plan-steps.ts';
import type { ImportDetail } from '../use-import.ts';
import { DropZone } from './drop-zone.tsx';
import classes from './upload-step.module.css';
import { discardDraft, removeDraftFile, useUpload } from './use-upload.ts';

/** The files of a draft with their detected format. Files can be added and removed. */
export function UploadStep({ of, onChanged }: { readonly of: ImportDetail; readonly onChanged: () => void }) {
  const [error, setError] = useState<string | null>(null);
  const { upload, send, stop } = useUpload(onChanged);
  const announce = useAnnounce();
  const remove = async (file: string) => {
    const refusal = await removeDraftFile(of.id, file);
    setError(refusal);
    if (refusal !== null) return;
    focusResult(`import:${of.id}`);
    onChanged();
  };
  const discard = async () => {
    const refusal = await discardDraft(of.id);
    setError(refusal);
    if (refusal !== null) return;
    announce(`Discarded: ${titleOf(of)}.`);
    focusResult('imports');
    navigate(importHref(null));
  };
  const columns: readonly Column<ImportDetail['files'][number]>[] = [
    { key: 'file', title: 'File', isName: true, cell: ({ name }) => name },
    { key: 'kind', title: 'Kind', cell: ({ name }) => kindOfFile(name) },
    { key: 'size', title: 'Size', isNumber: true, cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
    { key: 'encoding', title: 'Encoding', cell: ({ encoding }) => encoding },
    { key: 'delimiter', title: 'Delimiter', cell: ({ delimiter }) => delimiterInWords(delimiter) },
    {
      key: 'header',
      title: 'Header',
      cell: ({ headerLine, header }) => (
        <details>
          <summary className={classes.summary}>
            Line {headerLine}, {countOf(header.length, 'column', 'columns')}
          </summary>
          <code className={classes.header}>{header.join(', ')}</code>
        </details>
      ),
    },
    {
      key: 'act',
      title: <span className="visually-hidden">Action</span>,
      cell: ({ name }) => (
        <Button variant="default" size="compact-sm" aria-label={`Remove ${name}`} onClick={() => remove(uploadedName(name))}>
          Remove
        </Button>
      ),
    },
  ];
  return (
    <>
      <div className={classes.body}>
        {error !== null && <p role="alert">{error}</p>}
        {of.files.length > 0 && (
          <DataTable isStacked label="Files of this import" columns={columns} rows={of.files} keyOf={({ name }) => name} />
        )}
        <DropZone upload={upload} onFiles={(files) => send(files, of.id)} onStop={stop} isMore={of.files.length > 0} />
      </div>
      <footer className={classes.footer}>
        <Button variant="default" onClick={discard}>
          Discard draft
        </Button>
        <Button disabled={of.files.length === 0} onClick={() => navigate(importHref(of.id, firstOpenStep(of)))}>
          {of.questions.length > 0 ? 'Continue' : 'Preview'}
        </Button>
      </footer>
    </>
  );
}
