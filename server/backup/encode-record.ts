import type { Assertion, FactValue } from '../domain/assertions.ts';
import { factFields } from '../domain/fact-fields.ts';
import { splitPairKey } from '../domain/facts.ts';
import type { AssertionBatch, StoreRecord } from '../store/fact-store.ts';
import { effects } from '../store/fact-store.ts';

/** The lines of a record, each with its end; a batch of assertions has a line for each. The start is said by the header. */
export function encodeRecord(record: StoreRecord): string {
  switch (record.type) {
    case 'start':
      return '';
    case 'write': {
      const { type: _, import: from, ...write } = record;
      const imported = from === null ? null : { ...from, incidents: [...from.incidents] };
      return lineOf({ write: { ...write, import: imported } });
    }
    case 'assertions':
      return encodeBatch(record);
    case 'undo': {
      const { type: _, ...undo } = record;
      return lineOf({ undo });
    }
    case 'document': {
      const { type: _, ...document } = record;
      return lineOf({ document });
    }
    default:
      return record satisfies never;
  }
}

function encodeBatch({ assertions, effects: became }: AssertionBatch): string {
  let lines = '';
  for (let i = 0; i < assertions.length; i++) {
    const assertion = assertions[i] as Assertion;
    const { kind, assertedAt, source, file, line } = assertion;
    const rest = { effect: effects[became[i] as number], assertedAt, source, file, line };
    lines += lineOf(
      assertion.isRetraction ? { retract: kind, key: keysOf(assertion), ...rest } : { assert: kind, says: saysOf(assertion), ...rest },
    );
  }
  return lines;
}

/** Field by its name in the API: what is not spoken of is absent, what is not known is null. */
function saysOf({ kind, values }: Assertion): Record<string, FactValue> {
  const says: Record<string, FactValue> = {};
  const specs = factFields[kind];
  for (let i = 0; i < specs.length; i++) {
    const value = values[i];
    if (value !== undefined) says[(specs[i] as (typeof specs)[number]).name] = value;
  }
  return says;
}

/** The values of the key's fields. */
export function keysOf({ kind, key }: Pick<Assertion, 'kind' | 'key'>): string[] {
  return kind === 'REVEALS' || kind === 'CONTROL' ? splitPairKey(key) : [key];
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
