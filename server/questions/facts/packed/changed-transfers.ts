import type { RecordedFact } from '../../../domain/assertions.ts';
import { fieldIndex } from '../../../domain/fact-rules.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { BlockWriter, unpackBlocks } from '../../../projection/packed/transfer-block.ts';
import { type TextCodes, TransferRows } from '../../../projection/packed/transfer-rows.ts';

const artifactField = fieldIndex('TRANSFER', 'artifact');
const senderField = fieldIndex('TRANSFER', 'sender');
const recipientField = fieldIndex('TRANSFER', 'recipient');

const noCodes: ReadonlySet<number> = new Set();

/** The transfers that changed since all were packed. Artifacts and organizations are codes of the same `TextCodes`. */
export class ChangedTransfers {
  /** Every version that was put, the latest of a transfer last. */
  readonly #rows: TransferRows;
  /** The row of each changed transfer; undefined: it is gone. */
  readonly #rowOf = new Map<string, number | undefined>();
  /** artifact -> the changed transfers whose packed rows it has. */
  readonly #packed = new Map<number, Set<string>>();
  /** artifact -> the changed transfers that name it, or named it after a change. */
  readonly #named = new Map<number, Set<string>>();
  /** organization -> artifacts of changed transfers that it sent or received, then or now. */
  readonly #handled = new Map<number, Set<number>>();

  constructor(texts: TextCodes) {
    this.#rows = new TransferRows(texts);
  }

  /** The number of versions. */
  get count(): number {
    return this.#rows.count;
  }

  has(id: string): boolean {
    return this.#rowOf.has(id);
  }

  /** A change of a transfer. @param packed as it was when all were packed, where this is its first change since then */
  put(id: string, packed: RecordedFact | undefined, now: RecordedFact | undefined): void {
    const { texts } = this.#rows;
    const codeOf = ({ values }: RecordedFact, field: number) => texts.codeOf(values[field] as string);
    if (packed !== undefined) getOrInsert(this.#packed, codeOf(packed, artifactField), () => new Set()).add(id);
    this.#rowOf.set(id, now === undefined ? undefined : this.#rows.count);
    if (now === undefined) return;
    this.#rows.add(now);
    const artifact = codeOf(now, artifactField);
    getOrInsert(this.#named, artifact, () => new Set()).add(id);
    for (const end of [senderField, recipientField]) getOrInsert(this.#handled, codeOf(now, end), () => new Set()).add(artifact);
  }

  /** Artifacts that an organization sent or received by changed transfers, perhaps with others. */
  handledBy(organization: number): ReadonlySet<number> {
    return this.#handled.get(organization) ?? noCodes;
  }

  /** The transfers whose packed rows no longer count, of an artifact that has any. */
  packedOf(artifact: number): ReadonlySet<string> | undefined {
    return this.#packed.get(artifact);
  }

  /** Appends the changed transfers of artifacts. */
  append(artifacts: Iterable<number>, to: TransferRows): void {
    const { artifact: artifactOf } = this.#rows.columns;
    const found: number[] = [];
    for (const artifact of artifacts) {
      for (const id of this.#named.get(artifact) ?? []) {
        const row = this.#rowOf.get(id);
        if (row !== undefined && artifactOf[row] === artifact) found.push(row);
      }
    }
    appendRows(this.#rows, found, to);
  }
}

/** Appends some rows to others with the same `TextCodes`. */
export function appendRows(from: TransferRows, rows: readonly number[], to: TransferRows): void {
  if (rows.length === 0) return;
  const chosen = from.select(Uint32Array.from(rows));
  const writer = new BlockWriter();
  writer.add(chosen, 0, chosen.count, chosen.findStarts());
  unpackBlocks(writer.take(), to);
}
