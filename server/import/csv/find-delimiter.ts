import { FileFault } from '../rows/file-fault.ts';

const candidates = [',', ';', '\t', '|'] as const;

/**
 * The delimiter of a file: the candidate that is most frequent outside quotes in the first line. A comma if no candidate
 * occurs.
 */
export function findDelimiter(start: Buffer): string {
  const counts = new Map<string, number>(candidates.map((candidate) => [candidate, 0]));
  let isQuoted = false;
  for (const byte of start) {
    if (byte === 0x22) isQuoted = !isQuoted;
    else if (!isQuoted) {
      if (byte === 0x0a || byte === 0x0d) break;
      const letter = String.fromCharCode(byte);
      const count = counts.get(letter);
      if (count !== undefined) counts.set(letter, count + 1);
    }
  }
  return candidates.reduce((best, candidate) => ((counts.get(candidate) as number) > (counts.get(best) as number) ? candidate : best), ',');
}

/** Throws FileFault if a delimiter is not a single ASCII character without another meaning in CSV. */
export function checkDelimiter(delimiter: string): string {
  const named = delimiter === '\\t' || delimiter === 'tab' ? '\t' : delimiter;
  if (named.length === 1 && named.charCodeAt(0) < 0x80 && !['"', '\n', '\r', '\0'].includes(named)) return named;
  throw new FileFault('BAD_VALUE', null, `The delimiter "${delimiter}" cannot be used: expected one ASCII character such as , ; | or tab.`);
}
