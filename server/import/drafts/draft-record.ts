import { randomBytes } from 'node:crypto';
import { ExposureError } from '../../domain/errors.ts';
import type { Lease } from '../../domain/records/lease.ts';
import type { Retractor } from '../../rules/may-retract.ts';
import { describeRetractionRefusal, mayRetract } from '../../rules/may-retract.ts';
import type { EditionDecision } from '../editions/last-edition.ts';
import type {
  AnswerDecision,
  AnswerDecisions,
  DetectedFile,
  ImportProgress,
  ImportReport,
  RejectPolicy,
  SkipLoss,
} from '../import-view.ts';
import type { MappingDocument } from '../mapping/decisions/mapping-document.ts';
import { noDecisions } from '../mapping/decisions/mapping-document.ts';
import type { FileMapping, ImportQuestion } from '../mapping/mapping-types.ts';

/** A draft without the bytes of its files: the document of the store. Immutable: each change makes the next version. */
export interface DraftRecord {
  readonly id: string;
  /** Given by a person. Absent: none. */
  readonly name?: string;
  readonly source: string | null;
  readonly assertedAt: number | null;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly files: readonly DraftFile[];
  /** The decisions about files that are not canonical. Absent: no decisions. */
  readonly decisions?: MappingDocument;
  /** The decisions about facts that the source no longer lists. Absent: no decisions. */
  readonly edition?: EditionDecision;
  /** The id of the organization whose own answer the files are. Absent: none. It is the source, too. */
  readonly respondent?: string;
  /** The decisions about waiting changes of the answer. Absent: no decisions. */
  readonly answer?: AnswerDecisions;
  readonly phase: DraftPhase;
  /** The report of the last complete analysis; null if there is none. */
  readonly found: Found | null;
  /** The last request to commit; null: none. */
  readonly order: CommitOrder | null;
  /** A write has begun, so only the store knows whether the import is committed. Stays true. */
  readonly mayBeInStore: boolean;
}

export type DraftPhase =
  | { readonly state: 'DRAFT' }
  | ({ readonly state: 'ANALYZING' } & Claim)
  /** `isWriting`: from now on, some server completes the commit. */
  | ({ readonly state: 'COMMITTING'; readonly isWriting: boolean } & Claim)
  | { readonly state: 'FAILED'; readonly failure: string }
  | { readonly state: 'COMMITTED' }
  | { readonly state: 'DISCARDED' };

/** A task and the server that works on it. */
export interface Claim {
  /** The id of the task. It stays when another server takes over. A new request has a new id. */
  readonly task: string;
  /** The server that works on it; null: the first server that sees it. */
  readonly lease: DraftLease | null;
}

export interface DraftLease extends Lease {
  /** At the last renewal, for other servers; null: at its start. */
  readonly progress: ImportProgress | null;
}

export interface DraftFile extends DetectedFile {
  /** The name of its bytes in the folder: never the uploaded name. */
  readonly storedAs: string;
}

export interface Found {
  readonly report: ImportReport;
  /** The file in the folder that holds the rejections. */
  readonly rejectionsIn: string;
  /** The file in the folder that holds the rejected rows as CSV, for the time after the files are removed. Absent before the commit. */
  readonly rowsIn?: string;
  /** The loss of a commit that skips the rejected rows. Absent if none is rejected, and after the commit. */
  readonly skipLoss?: SkipLoss;
  /** The mapping of the lists that are not canonical; absent if every file is canonical. */
  readonly mapped?: FoundMapping;
  /** The facts that the last edition of the source listed and this one does not. Absent if none is missing. */
  readonly unlisted?: FoundUnlisted;
  /** The waiting changes of an organization's own answer. Absent if none waits. */
  readonly waiting?: FoundWaiting;
}

export interface FoundWaiting {
  readonly count: number;
  /** The file in the folder that holds them. */
  readonly waitingIn: string;
}

export interface FoundUnlisted {
  readonly count: number;
  /** The file in the folder that holds kinds and keys. */
  readonly unlistedIn: string;
  /** As in ReadImport. Absent in drafts of earlier versions. */
  readonly retractable?: readonly string[];
}

export interface FoundMapping {
  readonly questions: readonly ImportQuestion[];
  readonly document: MappingDocument | null;
  readonly files: readonly FoundFile[];
  /** The file in the folder that holds values and matches. */
  readonly choicesIn: string;
}

/** A file as the analysis understood it. */
export interface FoundFile {
  readonly name: string;
  readonly form: Pick<DetectedFile, 'encoding' | 'delimiter' | 'headerLine' | 'preamble' | 'header' | 'sample'>;
  readonly mapping: FileMapping | null;
}

export interface CommitOrder {
  readonly policy: RejectPolicy;
  readonly by: string;
  /** Absent: no. */
  readonly isAdministrator?: boolean;
  /** Overrides the draft's own decisions about the edition. */
  readonly edition?: EditionDecision;
}

const maxFiles = 100;
const importId = /^imp-[0-9a-f]{16}$/;

export function newImportId(): string {
  return `imp-${randomBytes(8).toString('hex')}`;
}

/** Whether a text has the form of an import's id, and so may name a folder. */
export function isImportId(id: string): boolean {
  return importId.test(id);
}

/** Throws CONFLICT if its files can no longer change. */
export function checkIsOpen({ id, phase }: DraftRecord): void {
  if (phase.state === 'DRAFT' || phase.state === 'ANALYZING' || phase.state === 'FAILED') return;
  throw new ExposureError('CONFLICT', `The import ${id} is ${phase.state}, so its files can no longer change. Make a new import.`);
}

/** Throws CONFLICT, LIMIT_EXCEEDED if no file of this name can be added. */
export function checkHasRoom(record: DraftRecord, name: string): void {
  checkIsOpen(record);
  if (record.files.length < maxFiles || record.files.some((file) => file.name === name)) return;
  throw new ExposureError('LIMIT_EXCEEDED', `The import already has ${maxFiles} files, which is the maximum. Make a second import.`);
}

/** The draft with other files, which need an analysis. Accepted changes of an answer must be accepted anew. Throws CONFLICT. */
export function withFiles(record: DraftRecord, files: readonly DraftFile[], claim: Claim): DraftRecord {
  checkIsOpen(record);
  const { answer: _, ...others } = record;
  return { ...others, files, found: null, phase: files.length === 0 ? { state: 'DRAFT' } : { state: 'ANALYZING', ...claim } };
}

/** The draft with other decisions about its files, which need a new analysis. Throws CONFLICT, BAD_USER_INPUT. */
export function withDecisions(record: DraftRecord, change: (decisions: MappingDocument) => MappingDocument, claim: Claim): DraftRecord {
  return withFiles({ ...record, decisions: change(record.decisions ?? noDecisions) }, record.files, claim);
}

/**
 * The draft with a request to commit. Throws BAD_USER_INPUT (no files, or an open question), CONFLICT (discarded), FORBIDDEN (a retraction of
 * what others imported). A committed or committing draft stays unchanged.
 */
export function ordered(record: DraftRecord, order: CommitOrder, claim: Claim): DraftRecord {
  if (record.phase.state === 'COMMITTING' || record.phase.state === 'COMMITTED') return record;
  checkIsOpen(record);
  if (record.files.length === 0) throw new ExposureError('BAD_USER_INPUT', 'The import has no files. Add one first.');
  const edition = { ...record.edition, ...order.edition };
  const open = openBeforeCommit(record.found?.mapped?.questions ?? [], edition);
  if (open.length > 0) throw new ExposureError('BAD_USER_INPUT', `Answer first: ${open.map(({ message }) => message).join(' ')}`);
  checkMayRetract(edition, record.found?.unlisted?.retractable ?? [], order);
  return { ...record, order, edition, phase: { state: 'COMMITTING', isWriting: false, ...claim } };
}

/**
 * The questions that stop a commit. The order of a commit itself answers those about the edition, except where it would end or remove
 * more than a fifth of the source without a confirmation.
 */
export function openBeforeCommit(questions: readonly ImportQuestion[], edition: EditionDecision): ImportQuestion[] {
  const isKept = edition.unlisted === undefined || edition.unlisted.policy === 'KEEP';
  return questions.filter(({ kind, isGuarded, isOptional }) => {
    if (isOptional === true) return false;
    return kind !== 'UNLISTED' || (isGuarded === true && !isKept && edition.evenIfMany !== true);
  });
}

/**
 * Throws FORBIDDEN if a decision retracts what neither the person who decided nor the person who commits may retract.
 * @param importedBy the authors of what would be retracted
 * @param order absent: only decided yet
 */
export function checkMayRetract({ unlisted }: EditionDecision, importedBy: readonly string[], order?: CommitOrder): void {
  if (unlisted?.policy !== 'RETRACT') return;
  const retractors: Retractor[] = [];
  if (unlisted.decidedBy !== undefined) retractors.push(unlisted.decidedBy);
  if (order !== undefined) retractors.push({ name: order.by, isAdministrator: order.isAdministrator === true });
  if (!mayRetract(retractors, importedBy)) throw new ExposureError('FORBIDDEN', describeRetractionRefusal(retractors, importedBy));
}

/** With other decisions about the edition, to be analyzed again. Throws CONFLICT, FORBIDDEN (as `checkMayRetract`). */
export function withEditionDecision(record: DraftRecord, decision: EditionDecision, claim: Claim): DraftRecord {
  checkMayRetract(decision, record.found?.unlisted?.retractable ?? []);
  return withFiles({ ...record, edition: { ...record.edition, ...decision } }, record.files, claim);
}

/** With other decisions about the changes that wait, to be analyzed again. Throws CONFLICT. */
export function withAnswerDecision(
  record: DraftRecord,
  decision: AnswerDecision,
  changes: readonly string[] | null,
  claim: Claim,
): DraftRecord {
  const answer: AnswerDecisions =
    changes === null
      ? { all: decision }
      : { ...record.answer, changes: { ...record.answer?.changes, ...Object.fromEntries(changes.map((id) => [id, decision])) } };
  return { ...withFiles(record, record.files, claim), answer };
}

/** Returns to DRAFT without an analysis. Throws CONFLICT if it is being written. */
export function cancelled(record: DraftRecord): DraftRecord {
  const { phase } = record;
  if (phase.state === 'ANALYZING') return { ...record, phase: { state: 'DRAFT' } };
  if (phase.state !== 'COMMITTING') return record;
  if (!phase.isWriting) return { ...record, phase: { state: 'DRAFT' } };
  throw new ExposureError('CONFLICT', 'The import is being written and can no longer be stopped. Undo it afterwards.');
}

/** Without a line of its files. Throws CONFLICT if it is committed, or being written. */
export function discarded(record: DraftRecord): DraftRecord {
  if (record.phase.state === 'COMMITTED') throw new ExposureError('CONFLICT', 'The import is committed. Undo it instead.');
  if (record.phase.state === 'DISCARDED') return record;
  const files = record.files.map((file) => ({ ...file, preamble: [], header: [], sample: [] }));
  return { ...withoutDecisions(cancelled(record)), files, found: null, phase: { state: 'DISCARDED' } };
}

/** The store holds the import. What led to it is no longer needed. */
export function committed(record: DraftRecord, found: Found): DraftRecord {
  return record.phase.state === 'COMMITTED' ? record : { ...withoutDecisions(record), found, phase: { state: 'COMMITTED' } };
}

function withoutDecisions({ decisions: _, edition: __, answer: ___, ...record }: DraftRecord): DraftRecord {
  return { ...record, order: null };
}

/** Whether the draft is committed or discarded. It changes no more. */
export function isFinal({ phase }: DraftRecord): boolean {
  return phase.state === 'COMMITTED' || phase.state === 'DISCARDED';
}

/** With another name. Throws CONFLICT while it is being written, and if it was discarded. */
export function renamed(record: DraftRecord, name: string): DraftRecord {
  if (record.phase.state === 'COMMITTING') throw new ExposureError('CONFLICT', 'The import is being written. Rename it afterwards.');
  if (record.phase.state === 'DISCARDED') throw new ExposureError('CONFLICT', 'The import was discarded, so it needs no name.');
  return record.name === name ? record : { ...record, name };
}

/** The same task under another lease, of this server or of another. */
export function withLease(record: DraftRecord, lease: DraftLease | null): DraftRecord {
  const { phase } = record;
  return phase.state === 'ANALYZING' || phase.state === 'COMMITTING' ? { ...record, phase: { ...phase, lease } } : record;
}

/** From here on only the store knows whether the import is committed. */
export function beginWriting(record: DraftRecord): DraftRecord {
  const { phase } = record;
  if (phase.state !== 'COMMITTING' || phase.isWriting) return record;
  return { ...record, mayBeInStore: true, phase: { ...phase, isWriting: true } };
}

/** The task of the phase; undefined: none. */
export function claimOf({ phase }: DraftRecord): Claim | undefined {
  return phase.state === 'ANALYZING' || phase.state === 'COMMITTING' ? phase : undefined;
}

/** The store has the import although its commit seemed to fail. Only the cleanup remains. */
export function foundInStore(record: DraftRecord, claim: Claim): DraftRecord {
  const { state } = record.phase;
  if (!record.mayBeInStore || state === 'COMMITTING' || state === 'COMMITTED' || state === 'DISCARDED') return record;
  return { ...record, phase: { state: 'COMMITTING', isWriting: true, ...claim } };
}
