import type { Assertion } from '../domain/assertions.ts';
import type { AssertionBatch, StoreRecord } from '../store/store-record.ts';
import { damagedBackup } from './backup-faults.ts';
import type { BackupHeader } from './backup-format.ts';
import type { BackupLine } from './decode-record.ts';
import { decodeLine } from './decode-record.ts';

const maxBatch = 1024;
/** A batch ends when its lines have this many characters. */
const maxBatchLength = 4_000_000;

/** Turns the header and the lines into records. Successive assertions of one kind form a batch. */
export async function* readBatches(lines: AsyncIterable<string>, header: BackupHeader, path: string): AsyncGenerator<StoreRecord> {
  yield { type: 'start', revision: header.revision };
  let assertions: Assertion[] = [];
  let effects: number[] = [];
  let length = 0;
  const takeBatch = (): AssertionBatch => {
    const kind = (assertions[0] as Assertion).kind;
    const batch: AssertionBatch = { type: 'assertions', kind, assertions, effects: Uint8Array.from(effects) };
    assertions = [];
    effects = [];
    length = 0;
    return batch;
  };
  let lineNumber = 0;
  for await (const line of lines) {
    lineNumber++;
    if (lineNumber === 1) continue;
    const decoded = decode(line, lineNumber, path);
    const isNext = decoded.type === 'assertion' && (assertions.length === 0 || assertions[0]?.kind === decoded.assertion.kind);
    if (assertions.length > 0 && (!isNext || assertions.length >= maxBatch || length >= maxBatchLength)) yield takeBatch();
    if (decoded.type !== 'assertion') yield decoded;
    else {
      assertions.push(decoded.assertion);
      effects.push(decoded.effect);
      length += line.length;
    }
  }
  if (assertions.length > 0) yield takeBatch();
}

function decode(line: string, lineNumber: number, path: string): BackupLine {
  try {
    return decodeLine(line);
  } catch (error) {
    throw damagedBackup(path, `this program did not write line ${lineNumber}: ${(error as Error).message}`, { cause: error });
  }
}
