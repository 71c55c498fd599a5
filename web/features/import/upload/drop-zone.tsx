import { Button, Progress } from '@mantine/core';
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import { formatBytes } from '../../../shared/format/bytes.ts';
import { IconUpload } from '../../../shared/ui/icons.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { importHref } from '../../../shared/url/import-url.ts';
import classes from './drop-zone.module.css';
import { listsOf, readDropped } from './read-dropped.ts';
import { MAX_FILES, type Upload } from './use-upload.ts';

interface DropZoneProps {
  readonly upload: Upload;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onStop: () => void;
  /** The draft has files already. */
  readonly isMore?: boolean;
}

/** Takes files by drag or button; shows the upload progress and the refused files. */
export function DropZone({ upload, onFiles, onStop, isMore = false }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    readDropped(event.dataTransfer).then((files) => {
      if (files.length > 0) onFiles(files);
    });
  };
  const take = (event: ChangeEvent<HTMLInputElement>, pick: (files: readonly File[]) => readonly File[]) => {
    const files = pick([...(event.target.files ?? [])]);
    event.target.value = '';
    if (files.length > 0) onFiles(files);
  };

  if (upload.phase === 'sending') {
    const share = upload.totalBytes === 0 ? 100 : (upload.sentBytes / upload.totalBytes) * 100;
    return (
      <div className={classes.zone} data-compact={isMore || undefined}>
        <p>
          Uploading {upload.file}: {formatBytes(upload.sentBytes)} of {formatBytes(upload.totalBytes)}
        </p>
        <Progress className={classes.bar} value={share} aria-label="Upload progress" />
        <Button variant="default" size="xs" onClick={onStop}>
          Cancel
        </Button>
      </div>
    );
  }

  return (
    <section
      className={classes.zone}
      aria-label="Files to import"
      data-over={isOver || undefined}
      data-compact={isMore || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {!isMore && <IconUpload size={28} stroke={1.5} className={classes.icon} aria-hidden="true" />}
      <p className={classes.lead}>
        {isMore ? 'Drop more files here' : 'Drop lists here: a vendor register, a sub-processor page, a workbook, or a folder of them'}
      </p>
      <Button variant={isMore ? 'default' : 'filled'} size={isMore ? 'xs' : 'sm'} onClick={() => input.current?.click()}>
        Choose files
      </Button>
      <Button variant="subtle" size="xs" onClick={() => folder.current?.click()}>
        Choose a folder
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept=".csv,.tsv,.txt,.xlsx,text/csv"
        className="visually-hidden"
        tabIndex={-1}
        aria-label="CSV files"
        onChange={(event) => take(event, (files) => files)}
      />
      <input
        ref={folder}
        type="file"
        {...{ webkitdirectory: '' }}
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Folder of lists"
        onChange={(event) => take(event, listsOf)}
      />
      <p className={classes.limits}>
        CSV or Excel workbooks (.xlsx), as they are: any delimiter, any date format, a title above the header. At most {MAX_FILES} files of
        4 GB each, 1 MB per cell. All files form one import.
      </p>
      {upload.errors.length > 0 && (
        <div className={classes.error} role="alert">
          {upload.errors.map((error) => (
            <p key={error}>{error}</p>
          ))}
          {upload.draft !== null && <Link href={importHref(upload.draft)}>Continue with the accepted files</Link>}
        </div>
      )}
    </section>
  );
}
