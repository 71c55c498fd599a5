import { blankFile } from './blank-file.ts';
import { digestFile } from './csv/read-bytes.ts';
import type { SourceFile } from './csv/read-table.ts';
import type { ReadImport } from './read-import.ts';
import type { ReadFile } from './read-options.ts';
import type { FileFault } from './rows/file-fault.ts';
import { rejectFile } from './rows/reject-file.ts';

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
    retractable: [],
    waiting: [],
    closingCount: 0,
  };
}
