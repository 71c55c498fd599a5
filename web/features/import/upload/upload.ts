/** A refused file, with the server's message. */
export class UploadError extends Error {}

export interface NewDraft {
  /** Origin of the list. Empty: the import itself is the source. */
  readonly source: string;
  /** `YYYY-MM-DD`. Empty: the time of the commit. */
  readonly assertedAt: string;
  /** Id or name of the organization whose own answer the files are. Empty: they are no answer. */
  readonly respondent: string;
}

/** Creates a draft and returns its id. Throws UploadError. */
export async function createDraft({ source, assertedAt, respondent }: NewDraft): Promise<string> {
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
  if (!response.ok) throw new UploadError(sentenceOf(answer));
  return (answer as { id: string }).id;
}

/**
 * Uploads one file. Uses XMLHttpRequest, because fetch cannot report upload progress. Rejects with UploadError.
 *
 * @param onProgress bytes sent so far
 */
export function sendFile(importId: string, file: File, onProgress: (sentBytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/api/imports/${encodeURIComponent(importId)}/files/${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new UploadError(sentenceOf(parseSafely(request.responseText))));
    };
    request.onerror = () => reject(new UploadError(`${file.name}: ${unreachable}`));
    request.onabort = () => reject(new UploadError('The upload was canceled. Files that had finished uploading are in the draft.'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

const unreachable = 'The server cannot be reached. Check that it is running, then try again.';

function sentenceOf(answer: unknown): string {
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
