import { ExposureError } from '../../domain/errors.ts';
import type { Fault } from '../../questions/records/faults.ts';

/** Throws BAD_USER_INPUT with all faults of an input, a sentence each. */
export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new ExposureError('BAD_USER_INPUT', faults.map(({ message }) => message).join('\n'));
}
