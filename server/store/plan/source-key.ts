import type { Assertion, RecordedAssertion } from '../../domain/assertions.ts';
import type { NewImport } from '../fact-write.ts';

/**
 * The key of a write's source (semantics §1): `source:NAME` for a named inventory, `import:ID` for an import without a name,
 * `person:NAME` for a person's edits.
 */
export function sourceKeyOf(by: string, from: Pick<NewImport, 'id' | 'source'> | undefined): string {
  if (from === undefined) return `person:${by}`;
  return from.source === null ? `import:${from.id}` : `source:${from.source}`;
}

/** The inventory's name from a source key; null for an unnamed import and for a person. */
export function sourceNameOf(sourceKey: string): string | null {
  return sourceKey.startsWith('source:') ? sourceKey.slice('source:'.length) : null;
}

/** Adds to an assertion what its write states for all of its assertions. */
export function recordAssertion(
  assertion: Assertion,
  write: number,
  sourceKey: string,
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
    sourceKey,
    importId,
    by,
  };
}
