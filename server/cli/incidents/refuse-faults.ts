import { ExposureError } from '../../domain/errors.ts';
import type { Fault } from '../../questions/records/faults.ts';

const unknown = ['NOT_FOUND', 'UNKNOWN_REFERENCE'];

/** Throws NOT_FOUND if all faults are ids that nothing has, else BAD_USER_INPUT, with a sentence for each fault of an input. */
export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const code = faults.every((fault) => unknown.includes(fault.code)) ? 'NOT_FOUND' : 'BAD_USER_INPUT';
  throw new ExposureError(code, faults.map(({ message }) => message).join('\n'));
}
