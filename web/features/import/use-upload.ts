import { useRef, useState } from 'react';
import { createDraft, type NewDraft, sendFile, UploadError } from './upload.ts';

export type Upload =
  | { readonly phase: 'resting'; readonly error: string | null }
  | { readonly phase: 'sending'; readonly file: string; readonly sentBytes: number; readonly totalBytes: number };

/** Most files of one import; also the server's limit. */
export const MAX_FILES = 100;
/** Bytes of one file; also the server's limit. */
export const MAX_FILE_BYTES = 4 * 1024 ** 3;

/**
 * Sends files into a draft, one after the other, and makes the draft first where there is none.
 *
 * @param onSent the draft's id, once all files are there
 */
export function useUpload(onSent: (importId: string) => void) {
  const [upload, setUpload] = useState<Upload>({ phase: 'resting', error: null });
  const abort = useRef<AbortController | null>(null);

  const send = async (files: readonly File[], into: string | NewDraft) => {
    const refused = refusalOf(files);
    if (refused !== null) {
      setUpload({ phase: 'resting', error: refused });
      return;
    }
    const controller = new AbortController();
    abort.current = controller;
    const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    let id = typeof into === 'string' ? into : null;
    let error: string | null = null;
    setUpload({ phase: 'sending', file: files[0]?.name ?? '', sentBytes: 0, totalBytes });
    try {
      id ??= await createDraft(into as NewDraft);
      for (const file of files) {
        setUpload({ phase: 'sending', file: file.name, sentBytes: before, totalBytes });
        const sent = before;
        const report = (bytes: number) => setUpload({ phase: 'sending', file: file.name, sentBytes: sent + bytes, totalBytes });
        await sendFile(id, file, report, controller.signal);
        before += file.size;
      }
    } catch (caught) {
      error = caught instanceof UploadError ? caught.message : 'The upload failed. Try again.';
    }
    setUpload({ phase: 'resting', error });
    if (id !== null && error === null) onSent(id);
  };

  return { upload, send, stop: () => abort.current?.abort() };
}

function refusalOf(files: readonly File[]): string | null {
  if (files.length > MAX_FILES) return `${files.length} files were chosen. One import takes at most ${MAX_FILES}; split them into several.`;
  const large = files.find((file) => file.size > MAX_FILE_BYTES);
  return large === undefined ? null : `${large.name} is larger than 4 GB. Split it into several files.`;
}
