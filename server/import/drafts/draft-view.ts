import type { ImportRecord } from '../../store/fact-write.ts';
import type { DetectedFile, ImportProgress, ImportReport, ImportView, ViewedFile } from '../import-view.ts';
import { canonicalMapping } from '../mapping/canonical-mapping.ts';
import type { DraftRecord, Found } from './draft-record.ts';

/** An uncommitted draft as the edges show it. */
export function viewDraft(record: DraftRecord, progress: ImportProgress | null): ImportView {
  const { phase } = record;
  return {
    id: record.id,
    name: record.name ?? null,
    state: phase.state,
    respondent: record.respondent ?? null,
    source: record.source,
    assertedAt: record.assertedAt,
    progress,
    files: record.files.flatMap((file) => viewDraftFiles(file, record.found)),
    questions: record.found?.mapped?.questions ?? [],
    retractable: record.found?.unlisted?.retractable ?? [],
    mappingDocument: record.found?.mapped?.document ?? null,
    report: record.found?.report ?? null,
    skipLoss: phase.state === 'COMMITTED' ? null : (record.found?.skipLoss ?? null),
    failure: phase.state === 'FAILED' ? phase.failure : null,
    createdBy: record.createdBy,
    createdAt: record.createdAt,
    committedAt: null,
    undoneAt: null,
  };
}

/** A stored import, with the file details that its draft still has. */
export function viewRecord(record: ImportRecord, name: string | null, draft: DraftRecord | undefined): ImportView {
  const drafted = new Map(draft?.files.map((file) => [file.sha256, file]));
  return {
    id: record.id,
    name,
    state: record.state,
    respondent: draft?.respondent ?? null,
    source: record.source,
    assertedAt: record.assertedAt,
    progress: null,
    files: record.files.map((file) => {
      const known = drafted.get(file.sha256);
      return known === undefined ? fileOfRecord(file) : { ...viewDraftFile(known, draft?.found ?? null), name: file.name };
    }),
    questions: [],
    retractable: [],
    mappingDocument: draft?.found?.mapped?.document ?? null,
    report: (draft?.phase.state === 'COMMITTED' ? draft.found?.report : undefined) ?? reportOfRecord(record),
    skipLoss: null,
    failure: null,
    createdBy: draft?.createdBy ?? record.by,
    createdAt: record.createdAt,
    committedAt: record.committedAt,
    undoneAt: record.undoneAt,
  };
}

/** After the analysis, a workbook is shown as one file for each sheet that is read, and a file of corrected rows for each original one. */
function viewDraftFiles(file: DetectedFile, found: Found | null): ViewedFile[] {
  const sheets = (found?.mapped?.files ?? []).filter(({ name }) => name.startsWith(`${file.name}#`));
  if (sheets.length === 0) return [viewDraftFile(file, found)];
  return sheets.map((sheet) => viewDraftFile({ ...file, name: sheet.name }, found));
}

/** Adds the details of the analysis, which knows more about a list than its first lines show. */
function viewDraftFile(file: DetectedFile, found: Found | null): ViewedFile {
  const known = found?.mapped?.files.find(({ name }) => name === file.name);
  return { ...viewFile(file), ...known?.form, mapping: known?.mapping ?? canonicalMapping(file) };
}

function viewFile({ name, sizeBytes, sha256, encoding, delimiter, headerLine, preamble, header, sample }: DetectedFile): DetectedFile {
  return { name, sizeBytes, sha256, encoding, delimiter, headerLine, preamble, header, sample };
}

function fileOfRecord({ name, sizeBytes, sha256 }: ImportRecord['files'][number]): ViewedFile {
  const file = { name, sizeBytes, sha256, encoding: 'utf-8', delimiter: ',', headerLine: 1, preamble: [], header: [], sample: [] };
  return { ...file, mapping: canonicalMapping(file) };
}

/** The report as far as the store knows it. */
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
