import type { Assertion, FactValue, RecordedFact } from '../../domain/assertions.ts';
import { endFieldOf } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds, splitPairKey } from '../../domain/facts.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { UnlistedDecision, UnlistedFact } from './edition-types.ts';

/**
 * The assertions of an import about facts that its source no longer lists. They name its source, but no file and no line.
 *
 * RETRACT leaves out facts that other sources state. END leaves out facts that ended before. It holds for the source alone: what another
 * source lists without an end goes on (semantics §1).
 *
 * @param edition the source of the import, and its date in epoch ms
 */
export async function closeUnlisted(
  store: FactStore,
  unlisted: readonly UnlistedFact[],
  decision: UnlistedDecision,
  edition: { readonly source: string; readonly assertedAt: number },
): Promise<Assertion[]> {
  const about = (kind: FactKind, key: string) => ({ kind, key, ...edition, file: null, line: null });
  if (decision.policy === 'KEEP') return [];
  if (decision.policy === 'RETRACT') {
    return unlisted
      .filter(({ isStatedByOthers }) => !isStatedByOthers)
      .map(({ kind, key }) => ({ ...about(kind, key), isRetraction: true, values: [] }));
  }
  const closings: Assertion[] = [];
  for (const kind of factKinds) {
    const end = endFieldOf(kind);
    if (end < 0) continue;
    const keys = unlisted.filter((fact) => fact.kind === kind).map(({ key }) => key);
    if (keys.length === 0) continue;
    for (const fact of await store.readFactsByKey(kind, keys)) {
      if (hasEnded(fact, end, decision.at)) continue;
      closings.push({ ...about(kind, fact.key), isRetraction: false, values: endAt(kind, fact.key, end, decision.at) });
    }
  }
  return closings;
}

/** The authors of everything that RETRACT would remove, each once. */
export function authorsOfRetraction(unlisted: readonly UnlistedFact[]): string[] {
  return [...new Set(unlisted.flatMap(({ isStatedByOthers, importedBy }) => (isStatedByOthers ? [] : [...importedBy])))];
}

/** Whether facts of the kind can end on a date. */
export function canEnd(kind: FactKind): boolean {
  return endFieldOf(kind) >= 0;
}

function hasEnded({ values }: RecordedFact, end: number, at: number): boolean {
  const ended = values[end];
  return typeof ended === 'number' && ended <= at;
}

function endAt(kind: FactKind, key: string, end: number, at: number): (FactValue | undefined)[] {
  const keys = factFields[kind].filter(({ isKey }) => isKey).length === 1 ? [key] : splitPairKey(key);
  return factFields[kind].map(({ isKey }, field) => (field === end ? at : isKey ? keys[field] : undefined));
}
