import type { UndoOutcome } from '../fact-store.ts';
import type { RemovalBreak } from './plan-removal.ts';
import { sourceOfSpeaker } from './speaker.ts';

type Dependent = (UndoOutcome & { outcome: 'refused' })['dependents'][number];

/** Says who stands on an import that is to be taken back. */
export function refuseUndo(importId: string, breaks: readonly RemovalBreak[]): UndoOutcome {
  const dependents = new Map<string, Dependent>();
  for (const { importId: from, by, speaker } of breaks.flatMap((broken) => broken.assertions)) {
    dependents.set(from === null ? `person:${by}` : `import:${from}`, { importId: from, by, source: sourceOfSpeaker(speaker) });
  }
  const names = [...dependents.values()].map(({ importId: from, by, source }) =>
    from === null ? `edits by ${by}` : `import ${from} (${source === null ? '' : `${source}, `}by ${by})`,
  );
  const example = breaks[0]?.message ?? '';
  return {
    outcome: 'refused',
    dependents: [...dependents.values()],
    message: `Import ${importId} cannot be undone: ${names.join(', ')} ${names.length === 1 && !names[0]?.startsWith('edits') ? 'stands' : 'stand'} on it. ${example} Undo or change these first.`,
  };
}
