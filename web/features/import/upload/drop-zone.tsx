import { Button, Progress } from '@mantine/core';
import type { ChangeEvent, DragEvent } from 'react';
import { useRef, useState } from 'react';
import { formatBytes } from '../../../shared/format/volume.ts';
import { IconUpload } from '../../../shared/ui/icons.tsx';
import { lazyPart } from '../../../shared/ui/lazy-part.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { importHref } from '../../../shared/url/import-url.ts';
import classes from './drop-zone.module.css';
import type { Upload } from './use-upload.ts';
import { MAX_FILES } from './use-upload.ts';

const PasteTable = lazyPart(async () => (await import('./paste-table.tsx')).PasteTable);

interface DropZoneProps {
  readonly upload: Upload;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onStop: () => void;
  /** The draft has files already. */
  readonly isMore?: boolean;
}

/** Takes files by drag or button, and a table from the clipboard; shows the upload progress and the refused files. */
export function DropZone({ upload, onFiles, onStop, isMore = false }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isPasting, setPasting] = useState(false);
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
      <div className={classes.ways}>
        <Button variant={isMore ? 'default' : 'filled'} onClick={() => input.current?.click()}>
          Choose files
        </Button>
        <Button variant="subtle" onClick={() => folder.current?.click()}>
          Choose a folder
        </Button>
        <Button variant="subtle" aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
          Paste a table
        </Button>
      </div>
      {isPasting && <PasteTable onFiles={onFiles} />}
      <input
        ref={input}
        type="file"
        multiple
        accept=".csv,.tsv,.txt,.xlsx,.ods,.html,.htm,.md,.json,.jsonl,.yaml,.yml,.docx,.zip,.xml,.gz,text/csv"
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
        CSV, workbooks (.xlsx, .ods), saved web pages, Markdown, JSON, YAML, Word documents and zip archives of these, as they are: any
        delimiter, any date format, a title above the header. Software lists in CycloneDX or SPDX, advisories in OSV, CSAF or OpenVEX. At
        most {MAX_FILES} files of 4 GB each, 1 MB per cell. All files form one import.
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

/** The names of lists. A dropped folder may have other files too. */
const LIST_NAME = /\.(csv|tsv|txt|xlsx|ods|html?|md|json|jsonl|ya?ml|docx|zip|xml|gz)$/i;

function listsOf(files: readonly File[]): File[] {
  return files.filter(({ name }) => LIST_NAME.test(name));
}

/** The files of a drop: all single files, and the lists inside dropped folders, in the order of their paths. */
async function readDropped(transfer: DataTransfer): Promise<File[]> {
  // The browser empties the transfer after the event, so the entries are taken before anything is awaited.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.every(({ isFile }) => isFile)) return [...transfer.files];
  const found = await Promise.all(entries.map((entry) => filesOf(entry, true)));
  return found.flat();
}

async function filesOf(entry: FileSystemEntry, isDropped: boolean): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return isDropped || LIST_NAME.test(file.name) ? [file] : [];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  // One call returns at most 100 entries. An empty result ends the folder.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    children.push(...some);
  }
  children.sort((a, b) => (a.name < b.name ? -1 : 1));
  return (await Promise.all(children.map((child) => filesOf(child, false)))).flat();
}
