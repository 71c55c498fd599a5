import { InvalidArgumentError, Option } from 'commander';
import { parseInstant } from '../domain/instants.ts';
import type { Window } from '../exposure/radius/radius-types.ts';

/** A closed window. A plain date as the end means the last millisecond of that day (semantics §1). */
export function windowOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text): Window => {
    const [fromText, toText, ...more] = text.split('/');
    const from = parseInstant(fromText ?? '');
    const end = parseInstant(toText ?? '', { isEnd: true });
    if (from === undefined || end === undefined || more.length > 0) {
      throw new InvalidArgumentError('Expected two dates or instants, such as 2026-03-01/2026-03-12.');
    }
    return { from, to: /^\d{4}-\d{2}-\d{2}$/.test(toText ?? '') ? end - 1 : end };
  });
}

export function numberOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.');
    return value;
  });
}
