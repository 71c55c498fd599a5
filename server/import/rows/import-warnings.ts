import { fieldIndex } from '../../domain/fact-rules.ts';
import { claimsDeletion } from '../../domain/facts.ts';
import type { KindRows } from '../../domain/packed/kind-rows.ts';

const state = fieldIndex('TRANSFER', 'deletionState');
const deletedAt = fieldIndex('TRANSFER', 'deletedAt');

interface Oddity {
  count: number;
  first: string;
}

/** Transfers whose deletion fields end no custody (semantics §1: deletion states). */
export class TransferOddities {
  readonly undated: Oddity = { count: 0, first: '' };
  readonly unclaimed: Oddity = { count: 0, first: '' };

  /** Looks at the row that was packed last. */
  see(rows: KindRows): void {
    const isDeleted = claimsDeletion(rows.lastValue(state));
    const isDated = typeof rows.lastValue(deletedAt) === 'number';
    if (isDeleted && !isDated) note(this.undated, rows);
    else if (isDated && !isDeleted) note(this.unclaimed, rows);
  }
}

function note(oddity: Oddity, rows: KindRows): void {
  if (oddity.count++ > 0) return;
  const { file, line } = rows.assertion(rows.count - 1);
  oddity.first = `${file}:${line}`;
}

/** Sentences about rows that are imported unchanged, but probably contain a mistake. */
export function findWarnings(oddities: TransferOddities, repeatedCount: number): string[] {
  const warnings: string[] = [];
  if (repeatedCount > 0)
    warnings.push(
      `${count(repeatedCount, 'row repeats', 'rows repeat')} another row word for word and ${repeatedCount === 1 ? 'was' : 'were'} imported once.`,
    );
  const { undated, unclaimed } = oddities;
  if (undated.count > 0) {
    warnings.push(
      `${count(undated.count, 'transfer is', 'transfers are')} ATTESTED or VERIFIED without a deleted_at and ${undated.count === 1 ? 'counts' : 'count'} as not deleted (first: ${undated.first}).`,
    );
  }
  if (unclaimed.count > 0) {
    warnings.push(
      `${count(unclaimed.count, 'transfer has', 'transfers have')} a deleted_at without being ATTESTED or VERIFIED: it ends nothing (first: ${unclaimed.first}).`,
    );
  }
  return warnings;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
