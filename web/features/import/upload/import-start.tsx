import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { importHref } from '../../../shared/url/import-state.ts';
import { navigate } from '../../../shared/url/location.ts';
import { ImportHistory } from '../import-history.tsx';
import { CANONICAL_FILES } from '../sentences.ts';
import { DropZone } from './drop-zone.tsx';
import classes from './import-start.module.css';
import { useUpload } from './use-upload.ts';

/** Drop zone, what may be dropped, and the imports so far. */
export function ImportStart() {
  const [source, setSource] = useState('');
  const [assertedAt, setAssertedAt] = useState('');
  const { upload, send, stop } = useUpload((id) => navigate(importHref(id, 'preview')));

  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <h1>Import</h1>
          <p>Nothing is written before you have seen what would change.</p>
        </header>
        <DropZone upload={upload} onFiles={(files) => send(files, { source, assertedAt })} onStop={stop} />
        <div className={classes.fields}>
          <TextInput
            label="Source (optional)"
            description="Whose list it is. Of each source the latest statement about a record counts."
            placeholder="Vendor register"
            value={source}
            maxLength={500}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label="Date of the list (optional)"
            description="For rows without asserted_at. Else the time of import."
            value={assertedAt}
            onChange={(event) => setAssertedAt(event.currentTarget.value)}
          />
        </div>
        <details className={classes.format}>
          <summary>Which files, which columns</summary>
          <ScrollBox className={classes.scroll} label="Files and columns">
            <table>
              <thead>
                <tr>
                  <th scope="col">File</th>
                  <th scope="col">Holds</th>
                  <th scope="col">Columns that it needs</th>
                </tr>
              </thead>
              <tbody>
                {CANONICAL_FILES.map((file) => (
                  <tr key={file.name}>
                    <td>
                      <code>{file.name}</code>
                    </td>
                    <td>{file.noun}</td>
                    <td>
                      <code>{file.required}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
          <p>
            Templates with every column, filled with what is in the graph now: <a href="/api/facts.zip">facts.zip</a>
          </p>
        </details>
        <ImportHistory />
      </div>
    </div>
  );
}
