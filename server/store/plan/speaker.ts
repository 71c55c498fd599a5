import type { Assertion, RecordedAssertion } from '../../domain/assertions.ts';
import type { NewImport } from '../fact-store.ts';

/** Who speaks in a write (semantics §1): a named inventory, an import without a name, or a person. */
export function speakerOf(by: string, from: Pick<NewImport, 'id' | 'source'> | undefined): string {
  if (from === undefined) return `person:${by}`;
  return from.source === null ? `import:${from.id}` : `source:${from.source}`;
}

/** The named source of a speaker; null where it is none. */
export function sourceOfSpeaker(speaker: string): string | null {
  return speaker.startsWith('source:') ? speaker.slice('source:'.length) : null;
}

/** An assertion with what its write says of it. */
export function recordAssertion(
  assertion: Assertion,
  write: number,
  speaker: string,
  importId: string | null,
  by: string,
): RecordedAssertion {
  return {
    kind: assertion.kind,
    key: assertion.key,
    isRetraction: assertion.isRetraction,
    values: assertion.values,
    assertedAt: assertion.assertedAt,
    source: assertion.source,
    file: assertion.file,
    line: assertion.line,
    write,
    speaker,
    importId,
    by,
  };
}
