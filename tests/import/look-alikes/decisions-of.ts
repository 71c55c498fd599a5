import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import type { MappingDocument } from '../../../server/import/mapping/decisions/mapping-document.ts';

/** The decisions of flags, as the command line reads them. */
export function decisionsOf(flags: readonly string[], mergeExact: boolean): MappingDocument {
  const stated: Record<string, unknown> = { map: [], mergeExact };
  for (let at = 0; at < flags.length; at++) {
    const name = (flags[at] as string).slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const next = flags[at + 1];
    if (next === undefined || next.startsWith('--')) stated[name] = true;
    else {
      stated[name] = name === 'map' ? [...(stated.map as string[]), next] : next;
      at++;
    }
  }
  return readDecisions(stated);
}
