import { namedKinds } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import { PackedRows } from '../../domain/packed/packed-assertions.ts';
import type { BackgroundWrite } from '../../store/fact-store.ts';
import type { TableSink } from '../csv/read-table.ts';
import type { RowLimits } from '../row-budget.ts';
import { RowBudget } from '../row-budget.ts';
import { RowsSender } from '../rows-sender.ts';
import { TransferOddities } from './import-warnings.ts';
import type { IncidentRow } from './incident-rows.ts';
import { keepEqualRows } from './place-incidents.ts';
import type { Rejection } from './rejection.ts';
import { RepeatedIds } from './repeated-id.ts';

/** A point between two files, for `forgetFrom`. */
interface RowsMark {
  readonly rows: number;
  readonly incidents: number;
}

/** All rows of an import, after its last file. */
export interface FinishedRows {
  readonly assertions: PackedAssertions;
  readonly rejectedKeys: ReadonlyMap<FactKind, ReadonlySet<string>>;
  readonly incidents: readonly IncidentRow[];
  readonly rejections: readonly Rejection[];
  /** Rows that repeat another row word for word. */
  readonly repeatedCount: number;
  readonly oddities: TransferOddities;
}

/**
 * Takes the rows of all files of an import while they are read, and sends them to the background write of the store, until the first
 * rejection. `onRow` and `onRejection` throw FileFault LIST_TOO_LARGE if the rows need more memory than `limits`.
 */
export class CollectedRows implements TableSink {
  readonly packed: PackedRows;
  readonly #budget: RowBudget;
  readonly #backgroundWrite: RowsSender | undefined;
  readonly #repeated: RepeatedIds;
  readonly #oddities = new TransferOddities();
  readonly #rejections: Rejection[] = [];
  readonly #incidents: IncidentRow[] = [];

  constructor(limits: RowLimits | undefined, backgroundWrite: BackgroundWrite | undefined) {
    this.#budget = new RowBudget(limits);
    this.#backgroundWrite = backgroundWrite && new RowsSender(backgroundWrite);
    this.packed = new PackedRows(
      (length) => this.#budget.takeText(length),
      (sealed) => {
        if (this.#repeated.ascends(sealed.kind)) this.#backgroundWrite?.send(sealed, this.packed.texts);
      },
    );
    this.#repeated = new RepeatedIds(this.packed, this.#budget);
  }

  onRow(kind: FactKind, line: number, bytes: number): void {
    if (kind === 'TRANSFER') this.#oddities.see(this.packed.rowsOf(kind));
    this.#repeated.add(kind);
    this.#budget.takeRow(line, namedKinds.has(kind), bytes);
  }

  onIncident(row: IncidentRow): void {
    this.#budget.takeText(JSON.stringify(row).length);
    this.#incidents.push(row);
  }

  onRejection(rejection: Rejection): void {
    this.#budget.takeFault();
    this.reject(rejection);
  }

  onRejectedKey(kind: FactKind, key: string, file: string, line: number): void {
    this.#repeated.reject(kind, key, file, line);
  }

  /** Notes faults of whole files. */
  reject(...rejections: readonly Rejection[]): void {
    if (rejections.length > 0) this.#backgroundWrite?.stop();
    this.#rejections.push(...rejections);
  }

  get mark(): RowsMark {
    return { rows: this.#repeated.mark, incidents: this.#incidents.length };
  }

  /** Drops the rows of a file that turned out to be unreadable. The keys of its facts count as rejected. */
  forgetFrom({ rows, incidents }: RowsMark): void {
    this.#repeated.forgetFrom(rows);
    this.#incidents.length = incidents;
  }

  /** Call it once, after all rows. */
  finish(): FinishedRows {
    const facts = this.#repeated.finish();
    const incidents = keepEqualRows(this.#incidents);
    return {
      assertions: facts.assertions,
      rejectedKeys: facts.rejectedKeys,
      incidents: incidents.rows,
      rejections: [...this.#rejections, ...facts.rejections, ...incidents.rejections],
      repeatedCount: this.#repeated.repeatedCount + incidents.repeatedCount,
      oddities: this.#oddities,
    };
  }
}
