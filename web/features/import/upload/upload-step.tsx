import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatBytes } from '../../../shared/format/bytes.ts';
import { countOf } from '../../../shared/format/count.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { importHref } from '../../../shared/url/import-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { delimiterInWords, kindOfFile, titleOf, uploadedName } from '../sentences.ts';
import { firstOpenStep } from '../steps/plan-steps.ts';
import type { ImportDetail } from '../use-import.ts';
import { discardDraft, removeDraftFile } from './change-draft.ts';
import { DropZone } from './drop-zone.tsx';
import classes from './upload-step.module.css';
import { useUpload } from './use-upload.ts';

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

  return (
    <>
      <div className={classes.body}>
        {error !== null && <p role="alert">{error}</p>}
        {of.files.length > 0 && (
          <ScrollBox className={classes.scroll} label="Files of this import">
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">File</th>
                  <th scope="col">Kind</th>
                  <th scope="col">Size</th>
                  <th scope="col">Encoding</th>
                  <th scope="col">Delimiter</th>
                  <th scope="col">Header</th>
                  <th scope="col">
                    <span className="visually-hidden">Action</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {of.files.map((file) => (
                  <tr key={file.name}>
                    <th scope="row">{file.name}</th>
                    <td>{kindOfFile(file.name)}</td>
                    <td className={classes.nowrap}>{formatBytes(file.sizeBytes)}</td>
                    <td>{file.encoding}</td>
                    <td>{delimiterInWords(file.delimiter)}</td>
                    <td>
                      <details>
                        <summary>
                          Line {file.headerLine}, {countOf(file.header.length, 'column', 'columns')}
                        </summary>
                        <code className={classes.header}>{file.header.join(', ')}</code>
                      </details>
                    </td>
                    <td>
                      <Button
                        variant="default"
                        size="compact-sm"
                        aria-label={`Remove ${file.name}`}
                        onClick={() => remove(uploadedName(file.name))}
                      >
                        Remove
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
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
