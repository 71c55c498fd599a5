import { digestFile } from './csv/read-bytes.ts';
import type { SourceFile } from './csv/read-table.ts';
import type { ReadImport } from './read-import.ts';
import type { ReadFile } from './read-options.ts';
import type { FileFault } from './rows/file-fault.ts';
import { rejectFile } from './rows/reject-file.ts';

type Digest = { readonly sizeBytes: number; readonly sha256: string };

/** A file of which nothing is known but its bytes. */
export function blankFile(name: string, digest: Digest): ReadFile {
  const form = { encoding: 'utf-8', delimiter: ',', headerLine: 1, preamble: [], header: [], sample: [] };
  return { name, ...digest, ...form, rowCount: 0, isFaulty: false, mapping: null };
}

/** An import of which no file was read, for one reason. */
export async function refuseImport(files: readonly SourceFile[], fault: FileFault): Promise<ReadImport> {
  const refused: ReadFile[] = [];
  for (const { name, path } of files) refused.push({ ...blankFile(name, await digestFile(path)), isFaulty: true });
  return {
    files: refused,
    assertions: [],
    rejectedKeys: new Map(),
    incidents: [],
    rejections: files.map(({ name }) => rejectFile(name, fault)),
    warnings: [],
    mappedCount: 0,
    repeatedCount: 0,
    leftOutCount: 0,
    questions: [],
    values: [],
    matches: [],
    mappingDocument: null,
    described: new Set(),
    unlisted: [],
    waiting: [],
    closingCount: 0,
  };
}
