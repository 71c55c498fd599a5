import { useRef, useState } from 'react';
import { Refused, sendChange } from '../../../shared/changes/ask-change.ts';
import { DiscardImportDocument, RemoveImportFileDocument } from '../../../shared/generated/operations.ts';

export type Upload =
  | {
      readonly phase: 'resting';
      /** One message for each refused file. */
      readonly errors: readonly string[];
      /** Draft with the accepted files; null if there is none. */
      readonly draft: string | null;
    }
  | { readonly phase: 'sending'; readonly file: string; readonly sentBytes: number; readonly totalBytes: number };

/** Most files in one import. The server has the same limit. */
export const MAX_FILES = 100;
/** Largest file in bytes. The server has the same limit. */
const MAX_FILE_BYTES = 4 * 1024 ** 3;

/**
 * Uploads files into a draft, one after the other, and creates the draft if needed. A refused file does not stop the others. A new draft
 * that receives no file is discarded.
 *
 * @param onSent receives the draft's id after the last file
 */
export function useUpload(onSent: (importId: string) => void) {
  const [upload, setUpload] = useState<Upload>({ phase: 'resting', errors: [], draft: null });
  const abort = useRef<AbortController | null>(null);

  const send = async (files: readonly File[], into: string | NewDraft) => {
    const refused = refusalOf(files);
    if (refused !== null) {
      setUpload({ phase: 'resting', errors: [refused], draft: null });
      return;
    }
    const controller = new AbortController();
    abort.current = controller;
    const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
    setUpload({ phase: 'sending', file: files[0]?.name ?? '', sentBytes: 0, totalBytes });
    const errors: string[] = [];
    let id: string | null = null;
    let sentCount = 0;
    let before = 0;
    try {
      id = typeof into === 'string' ? into : await createDraft(into);
      for (const file of files) {
        const report = (bytes: number) => setUpload({ phase: 'sending', file: file.name, sentBytes: before + bytes, totalBytes });
        report(0);
        try {
          await sendFile(id, file, report, controller.signal);
          sentCount++;
        } catch (error) {
          errors.push(sentenceOf(error));
        }
        before += file.size;
        if (controller.signal.aborted) break;
      }
      if (sentCount === 0 && typeof into !== 'string') {
        await discardDraft(id);
        id = null;
      }
    } catch (error) {
      errors.push(sentenceOf(error));
    }
    setUpload({ phase: 'resting', errors, draft: typeof into === 'string' ? null : id });
    if (id !== null && (errors.length === 0 || typeof into === 'string')) onSent(id);
  };

  return { upload, send, stop: () => abort.current?.abort() };
}

function sentenceOf(error: unknown): string {
  return error instanceof UploadError ? error.message : 'The upload failed. Try again.';
}

function refusalOf(files: readonly File[]): string | null {
  if (files.length > MAX_FILES)
    return `You chose ${files.length} files. One import takes at most ${MAX_FILES}. Split them into several imports.`;
  const names = files.map(({ name }) => name);
  const doubled = names.find((name, index) => names.indexOf(name) !== index);
  if (doubled !== undefined) return `Two of these files are named ${doubled}. Rename one of them.`;
  const large = files.find((file) => file.size > MAX_FILE_BYTES);
  return large === undefined ? null : `${large.name} is larger than 4 GB. Split it into several files.`;
}

/** A refused file, with the server's message. */
class UploadError extends Error {}

interface NewDraft {
  /** Origin of the list. Empty: the import itself is the source. */
  readonly source: string;
  /** `YYYY-MM-DD`. Empty: the time of the commit. */
  readonly assertedAt: string;
  /** Id or name of the organization whose own answer the files are. Empty: they are no answer. */
  readonly respondent: string;
}

/** Creates a draft and returns its id. Throws UploadError. */
async function createDraft({ source, assertedAt, respondent }: NewDraft): Promise<string> {
  const body = {
    ...(source.trim() === '' ? {} : { source: source.trim() }),
    ...(assertedAt === '' ? {} : { assertedAt }),
    ...(respondent.trim() === '' ? {} : { respondent: respondent.trim() }),
  };
  const response = await fetch('/api/imports', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new UploadError(unreachable);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new UploadError(uploadSentenceOf(answer));
  return (answer as { id: string }).id;
}

/**
 * Uploads one file. Uses XMLHttpRequest, because fetch cannot report upload progress. Rejects with UploadError.
 *
 * @param onProgress bytes sent so far
 */
function sendFile(importId: string, file: File, onProgress: (sentBytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/api/imports/${encodeURIComponent(importId)}/files/${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new UploadError(uploadSentenceOf(parseSafely(request.responseText))));
    };
    request.onerror = () => reject(new UploadError(`${file.name}: ${unreachable}`));
    request.onabort = () => reject(new UploadError('The upload was canceled. Files that had finished uploading are in the draft.'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

const unreachable = 'The server cannot be reached. Check that it is running, then try again.';

function uploadSentenceOf(answer: unknown): string {
  const message = (answer as { errors?: { message?: unknown }[] } | null)?.errors?.[0]?.message;
  return typeof message === 'string'
    ? message
    : 'The server failed to accept the file. Try again, or look in the server log for the cause.';
}

function parseSafely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Discards a draft. @returns the refusal, or null */
export async function discardDraft(id: string): Promise<string | null> {
  const discarded = await sendChange(DiscardImportDocument, { input: { id } }, (data) => data.discardImport);
  return discarded instanceof Refused ? discarded.sentence : null;
}

/** Removes a file from a draft. @returns the refusal, or null */
export async function removeDraftFile(id: string, file: string): Promise<string | null> {
  const removed = await sendChange(RemoveImportFileDocument, { input: { import: id, file } }, (data) => data.removeImportFile);
  return removed instanceof Refused ? removed.sentence : null;
}
