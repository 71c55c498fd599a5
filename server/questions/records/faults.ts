import { ExposureError } from '../../domain/errors.ts';

/** A fault in an input, for a person to correct. `path` leads to the input field. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly path: string[];
}

/** Collects the faults of an input. */
export function faultList() {
  const faults: Fault[] = [];
  const fault = (code: string, path: string[], message: string) => {
    faults.push({ code, path, message });
  };
  /** Checks a person's text: not blank and not too long. */
  const checkText = (field: string, noun: string, text: string, maxLength: number) => {
    if (text.trim() === '') fault('MISSING_VALUE', [field], `The ${noun} has no ${field}; write one.`);
    if (text.length > maxLength) {
      const [length, most] = [text.length, maxLength].map((count) => count.toLocaleString('en-US'));
      fault('BAD_VALUE', [field], `The ${field} of the ${noun} has ${length} characters; expected at most ${most}.`);
    }
  };
  return { faults, fault, checkText };
}

export function notFound(noun: string, id: string): Fault {
  return { code: 'NOT_FOUND', path: ['id'], message: `There is no ${noun} "${id.slice(0, 80)}"; it may have been deleted.` };
}

const unknown = ['NOT_FOUND', 'UNKNOWN_REFERENCE'];

/** Throws NOT_FOUND if all faults are ids that nothing has, else BAD_USER_INPUT, with a sentence for each fault of an input. */
export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const code = faults.every((fault) => unknown.includes(fault.code)) ? 'NOT_FOUND' : 'BAD_USER_INPUT';
  throw new ExposureError(code, faults.map(({ message }) => message).join('\n'));
}
