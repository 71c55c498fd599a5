import { open } from 'node:fs/promises';
import type { TableKind } from '../import-view.ts';
import { FileFault } from '../rows/file-fault.ts';
import { kindOfHeader, kindOfName, parseHeader } from '../rows/parse-header.ts';
import { columnsOf } from '../rows/table-fields.ts';
import type { DetectedForm } from './detect-file.ts';
import { detectForm } from './detect-file.ts';

const looked = 65_536;

/**
 * Whether a file is read as canonical CSV: its name is that of a kind of fact and its header has a column of that kind, or its first line is
 * the header of one kind.
 * An unreadable file, e.g. a PDF, counts as canonical: the canonical reader reports its fault.
 *
 * @param kind the kind that the caller states; undefined: none
 */
export async function isCanonical(
  name: string,
  path: string,
  kind: TableKind | undefined,
  delimiter: string | undefined,
): Promise<boolean> {
  const named = kindOfName(name);
  if (kind === 'INCIDENT' || named === 'INCIDENT') return true;
  const start = await readStart(path);
  try {
    const { header } = detectForm(start, start.length < looked, delimiter);
    if (header.length === 0) return true;
    // A file of such a name whose header has no column of ours is a list like any other.
    if (named !== undefined) return header.some((text) => columnsOf(named).includes(text.trim().toLowerCase()));
    return kind === undefined ? kindOfHeader(header) !== undefined : 'columns' in parseHeader(name, 1, header, kind);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return named !== undefined || error.code !== 'WRONG_ENCODING';
  }
}

/** The delimiter and the header of a file that may be of any form; a comma and no header if it is not readable text. */
export async function readForm(path: string): Promise<Pick<DetectedForm, 'delimiter' | 'header'>> {
  const start = await readStart(path);
  try {
    return detectForm(start, start.length < looked);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return { delimiter: ',', header: [] };
  }
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(looked);
    const { bytesRead } = await file.read(buffer, 0, looked, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
