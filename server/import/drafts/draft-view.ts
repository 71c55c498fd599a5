import type { ImportRecord } from '../../store/fact-store.ts';
import type { DetectedFile, ImportProgress, ImportReport, ImportView } from '../import-view.ts';
import type { DraftRecord } from './draft-record.ts';

/** A draft that is not committed, as it is told. */
export function viewDraft(record: DraftRecord, progress: ImportProgress | null): ImportView {
  const { phase } = record;
  return {
    id: record.id,
    state: phase.state,
    source: record.source,
    assertedAt: record.assertedAt,
    progress,
    files: record.files.map(viewFile),
    report: record.found?.report ?? null,
    failure: phase.state === 'FAILED' ? phase.failure : null,
    createdBy: record.createdBy,
    createdAt: record.createdAt,
    committedAt: null,
    undoneAt: null,
  };
}

/** What the store holds of an import, with what its draft still knows of the files. */
export function viewRecord(record: ImportRecord, draft: DraftRecord | undefined): ImportView {
  const drafted = new Map(draft?.files.map((file) => [file.sha256, file]));
  return {
    id: record.id,
    state: record.state,
    source: record.source,
    assertedAt: record.assertedAt,
    progress: null,
    files: record.files.map((file) => {
      const known = drafted.get(file.sha256);
      return known === undefined ? fileOfRecord(file) : { ...viewFile(known), name: file.name };
    }),
    report: (draft?.phase.state === 'COMMITTED' ? draft.found?.report : undefined) ?? reportOfRecord(record),
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

/** What the store still knows of the report. */
export function reportOfRecord(record: ImportRecord): ImportReport {
  return {
    rows: record.files.reduce((sum, file) => sum + file.rowCount, 0),
    created: record.created,
    updated: record.updated,
    unchanged: record.unchanged,
    rejected: record.rejectedCount,
    warnings: [],
  };
}
