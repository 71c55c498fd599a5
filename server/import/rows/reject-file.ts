import type { FileFault } from './file-fault.ts';
import type { Rejection } from './rejection.ts';

/** The rejection of a whole file. */
export function rejectFile(file: string, { line, column, code, message, value }: FileFault): Rejection {
  return { file, line: line ?? 1, column, code, message, value };
}
