import type { ImportRecord } from '../store/fact-store.ts';
import type { DraftRecord } from './draft-folder.ts';
import type { DetectedFile, ImportProgress, ImportReport, ImportState, ImportView } from './import-view.ts';

/** A draft that is not committed, as it is told. */
export function viewDraft(
  record: DraftRecord,
  state: ImportState,
  progress: ImportProgress | null,
  report: ImportReport | null,
): ImportView {
  return {
    id: record.id,
    state,
    source: record.source,
    assertedAt: record.assertedAt,
    progress,
    files: record.files.map(viewFile),
    report,
    failure: record.failure,
    createdBy: record.createdBy,
    createdAt: record.createdAt,
    committedAt: null,
    undoneAt: null,
  };
}

/** What the store holds of an import, with what its draft still knows of the files. */
export function viewRecord(record: ImportRecord, draft: DraftRecord | undefined): ImportView {
  return {
    id: record.id,
    state: record.state,
    source: record.source,
    assertedAt: record.assertedAt,
    progress: null,
    files: draft?.files.map(viewFile) ?? record.files.map(fileOfRecord),
    report: draft?.report ?? reportOfRecord(record),
    failure: null,
    createdBy: draft?.createdBy ?? record.by,
    createdAt: record.createdAt,
    committedAt: record.committedAt,
    undoneAt: record.undoneAt,
  };
}

function viewFile({ name, sizeBytes, sha256, encoding, delimiter, headerLine, preamble, header, sample }: DetectedFile): DetectedFile {
  return { name, sizeBytes, sha256, encoding, delimiter, headerLine, preamble, header, sample };
}

function fileOfRecord({ name, sizeBytes, sha256 }: ImportRecord['files'][number]): DetectedFile {
  return { name, sizeBytes, sha256, encoding: 'utf-8', delimiter: ',', headerLine: 1, preamble: [], header: [], sample: [] };
}

function reportOfRecord(record: ImportRecord): ImportReport {
  return {
    rows: record.files.reduce((sum, file) => sum + file.rowCount, 0),
    created: record.created,
    updated: record.updated,
    unchanged: record.unchanged,
    rejected: record.rejectedCount,
    warnings: [],
  };
}
