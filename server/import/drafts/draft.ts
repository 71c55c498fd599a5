import { randomBytes } from 'node:crypto';
import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactChange } from '../../store/fact-write.ts';
import type { PlannedFact } from '../../store/planned-fact.ts';
import type { AnswerDecision } from '../answers/answer-types.ts';
import type { EditionDecision } from '../editions/edition-types.ts';
import type { DetectedFile, ImportView } from '../import-view.ts';
import type { MappingDocument } from '../mapping/decisions/mapping-document.ts';
import type { Rejection } from '../rows/rejection.ts';
import { DraftChanges } from './draft-changes.ts';
import { startOf, writeDraftRows } from './draft-files.ts';
import type { DraftFolder, ImportChoices } from './draft-folder.ts';
import type { DraftHost } from './draft-host.ts';
import type { Claim, CommitOrder, DraftFile, DraftRecord, Found, FoundMapping } from './draft-record.ts';
import {
  cancelled,
  checkHasRoom,
  checkIsOpen,
  claimOf,
  discarded,
  foundInStore,
  ordered,
  renamed,
  withAnswerDecision,
  withDecisions,
  withEditionDecision,
  withFiles,
} from './draft-record.ts';
import type { UnlistedPage, WaitingPage } from './draft-reports.ts';
import { DraftReports } from './draft-reports.ts';
import type { DraftState } from './draft-states.ts';
import { viewDraft } from './draft-view.ts';
import { DraftWorker } from './tasks/draft-worker.ts';

/**
 * A draft on one of several servers. Each answer first reads its state from its folder. Memory is only a cache (docs/decisions/drafts-on-any-server.md).
 */
export class Draft {
  readonly #folder: DraftFolder;
  readonly #changes: DraftChanges;
  readonly #reports: DraftReports;
  readonly #worker: DraftWorker;
  readonly #host: DraftHost;
  readonly #closing = new AbortController();

  constructor(folder: DraftFolder, state: DraftState, host: DraftHost) {
    this.#folder = folder;
    this.#host = host;
    this.#changes = new DraftChanges(folder, state, () => this.#worker.follow());
    this.#reports = new DraftReports(folder, host.store, host.now);
    this.#worker = new DraftWorker({ folder, changes: this.#changes, reports: this.#reports, host });
  }

  get record(): DraftRecord {
    return this.#changes.record;
  }

  /** Committed or discarded, and no task of it runs here. */
  get hasEnded(): boolean {
    const { state } = this.record.phase;
    return (state === 'COMMITTED' || state === 'DISCARDED') && !this.#worker.isAtWork;
  }

  /** Reads the current state, and takes over a task that no live server works on. */
  async look(): Promise<void> {
    if (this.record.phase.state === 'COMMITTED') return;
    await this.#changes.refresh();
    await this.#worker.takeUp();
  }

  /** After a start: retries a failed analysis. */
  async resume(): Promise<void> {
    await this.look();
    if (this.record.phase.state !== 'FAILED') return;
    await this.#changes.change((record) =>
      record.phase.state === 'FAILED' && record.found === null ? withFiles(record, record.files, this.#newClaim()) : record,
    );
  }

  view(): ImportView {
    const { record } = this;
    const claim = claimOf(record);
    if (claim === undefined) return viewDraft(record, null);
    const failure = this.#worker.failureOf(claim);
    if (failure !== undefined) return viewDraft({ ...record, phase: { state: 'FAILED', failure } }, null);
    return viewDraft(record, this.#worker.progressOf(claim) ?? startOf(record));
  }

  async rejections(): Promise<readonly Rejection[]> {
    return (await this.#ofFound((found) => this.#reports.readRejections(found))) ?? [];
  }

  /** The rejected rows as CSV, in pieces (rejected-rows.ts). Those of a committed import were written when its files were removed. */
  async rejectedRows(): Promise<AsyncIterable<string>> {
    if (this.record.phase.state === 'COMMITTED') return this.#folder.readRejectedRows();
    return writeDraftRows(this.#folder, this.record, await this.rejections());
  }

  /** The changes that a commit would make. Empty before the analysis. Undefined after the commit, when the store has them. */
  async readChanges(
    kinds: readonly FactKind[] | undefined,
    offset: number,
    limit: number,
  ): Promise<{ changes: FactChange[]; totalCount: number } | undefined> {
    const limits = { signal: this.#closing.signal };
    const page = { kinds, offset, limit };
    const isCommitted = () => this.record.phase.state === 'COMMITTED';
    const changes = await this.#ofFound(async (found) =>
      isCommitted() ? undefined : this.#reports.readChanges(this.record, found, limits, page),
    );
    return changes ?? (isCommitted() ? undefined : { changes: [], totalCount: 0 });
  }

  /** Every fact that a commit would change, and a text that changes with them. Undefined before the analysis and from the commit on. */
  async readPlanned(): Promise<{ readonly key: string; readonly facts: readonly PlannedFact[] } | undefined> {
    const { state } = this.record.phase;
    if (state !== 'DRAFT' && state !== 'FAILED') return undefined;
    return this.#ofFound(async (found) => {
      const facts = await this.#reports.readPlanned(this.record, found, { signal: this.#closing.signal });
      return facts === undefined ? undefined : { key: found.rejectionsIn, facts };
    });
  }

  async addFile(name: string, body: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<DetectedFile> {
    await this.#changes.refresh();
    checkHasRoom(this.record, name);
    const received = await this.#receive(name, body, signal);
    let replaced: string | undefined;
    try {
      await this.#changes.change((record) => {
        checkHasRoom(record, name);
        replaced = record.files.find((file) => file.name === name)?.storedAs;
        return withFiles(record, [...record.files.filter((file) => file.name !== name), received], this.#newClaim());
      });
    } catch (error) {
      await this.#folder.removeFile(received.storedAs);
      throw error;
    }
    if (replaced !== undefined) await this.#folder.removeFile(replaced);
    const { storedAs: _, ...detected } = received;
    return detected;
  }

  async removeFile(name: string): Promise<void> {
    let removed = '';
    await this.#changes.change((record) => {
      checkIsOpen(record);
      const file = record.files.find((one) => one.name === name);
      if (file === undefined) throw new ExposureError('BAD_USER_INPUT', `The import has no file ${JSON.stringify(name.slice(0, 80))}.`);
      removed = file.storedAs;
      const others = record.files.filter((one) => one !== file);
      return withFiles(record, others, this.#newClaim());
    });
    await this.#folder.removeFile(removed);
  }

  /** Changes the decisions about the files, and analyzes these again. Throws as `change`, and CONFLICT. */
  async decide(change: (decisions: MappingDocument, found: FoundMapping | undefined) => MappingDocument): Promise<void> {
    await this.#changes.refresh();
    await this.#changes.change((record) => {
      const mapped = record.found?.mapped;
      return withDecisions(record, (decisions) => change(decisions, mapped), this.#newClaim());
    });
  }

  /** Empty before the analysis. */
  async choices(): Promise<ImportChoices> {
    const { state } = this.record.phase;
    if (state === 'COMMITTED' || state === 'DISCARDED') return { values: [], matches: [] };
    return (await this.#ofFound((found) => this.#reports.readChoices(found))) ?? { values: [], matches: [] };
  }

  /** The facts that the source no longer lists. Empty before the analysis and after the commit. */
  async readUnlisted(offset: number, limit: number): Promise<UnlistedPage> {
    const { state } = this.record.phase;
    const none = { facts: [], totalCount: 0 };
    if (state === 'COMMITTED' || state === 'DISCARDED') return none;
    return (await this.#ofFound((found) => this.#reports.readUnlisted(found, offset, limit))) ?? none;
  }

  /** Decides about the edition, and analyzes the files again. Throws CONFLICT, FORBIDDEN. */
  async decideEdition(decision: EditionDecision): Promise<void> {
    await this.#changes.change((record) => withEditionDecision(record, decision, this.#newClaim()));
  }

  /** The changes of an answer that need a decision. Empty before the analysis and after the commit. */
  async readWaiting(offset: number, limit: number): Promise<WaitingPage> {
    const { state } = this.record.phase;
    const none = { changes: [], totalCount: 0 };
    if (state === 'COMMITTED' || state === 'DISCARDED') return none;
    return (await this.#ofFound((found) => this.#reports.readWaiting(found, offset, limit))) ?? none;
  }

  /** Decides about changes of an answer, and analyzes the files again. Throws CONFLICT. @param changes null: all of them */
  async decideAnswer(decision: AnswerDecision, changes: readonly string[] | null): Promise<void> {
    await this.#changes.change((record) => withAnswerDecision(record, decision, changes, this.#newClaim()));
  }

  async commit(order: CommitOrder): Promise<void> {
    await this.#changes.change((record) => ordered(record, order, this.#newClaim()));
  }

  async cancel(): Promise<void> {
    await this.#changes.change(cancelled);
  }

  /** Throws CONFLICT while the import is being written: its name is being written too. */
  async rename(name: string): Promise<void> {
    await this.#changes.change((record) => renamed(record, name));
  }

  async discard(): Promise<void> {
    await this.#changes.change(discarded);
    this.#reports.forget();
    await this.#folder.sweep(undefined);
  }

  /** Marks the draft as committed: the store holds it. */
  async endCommitted(): Promise<void> {
    if (this.record.phase.state === 'COMMITTED') return;
    await this.#changes.change((record) => foundInStore(record, this.#newClaim()));
  }

  /** Resolves when no task runs here. */
  async settled(): Promise<void> {
    await this.#worker.settled();
  }

  /** Stops the running task and leaves it to other servers; a write completes first. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#worker.close();
  }

  /** Retries if a newer analysis replaced the files of this one during the read. */
  async #ofFound<T>(read: (found: Found) => Promise<T>): Promise<T | undefined> {
    for (;;) {
      const { found } = this.record;
      if (found === null) return undefined;
      try {
        return await read(found);
      } catch (error) {
        if (this.#closing.signal.aborted) throw error;
        await this.#changes.refresh();
        if (this.record.found?.rejectionsIn === found.rejectionsIn) throw error;
      }
    }
  }

  /** An upload fails with CONFLICT if the draft was discarded or committed meanwhile. */
  async #receive(name: string, body: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<DraftFile> {
    try {
      return await this.#folder.receive(name, body, signal);
    } catch (error) {
      await this.#changes.refresh();
      checkIsOpen(this.record);
      throw error;
    }
  }

  #newClaim(): Claim {
    return { task: randomBytes(8).toString('hex'), worker: this.#host.worker };
  }
}
