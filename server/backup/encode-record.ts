import type { Assertion, FactValue } from '../domain/assertions.ts';
import { factFields } from '../domain/fact-fields.ts';
import { splitPairKey } from '../domain/facts.ts';
import type { Effect } from '../store/fact-write.ts';
import { effects } from '../store/fact-write.ts';
import type { StoreRecord } from '../store/store-record.ts';

/** The lines of a record, with line ends. A batch has one line for each assertion. The start record has none: the header replaces it. */
export function* encodeRecord(record: StoreRecord): Generator<string> {
  switch (record.type) {
    case 'start':
      break;
    case 'write': {
      const { type: _, import: from, ...write } = record;
      const imported = from === null ? null : { ...from, incidents: [...from.incidents] };
      yield lineOf({ write: { ...write, import: imported } });
      break;
    }
    case 'assertions':
      for (const [i, assertion] of record.assertions.entries())
        yield encodeAssertion(assertion, effects[record.effects[i] as number] as Effect);
      break;
    case 'undo': {
      const { type: _, ...undo } = record;
      yield lineOf({ undo });
      break;
    }
    case 'document': {
      const { type: _, ...document } = record;
      yield lineOf({ document });
      break;
    }
    default:
      record satisfies never;
  }
}

function encodeAssertion(assertion: Assertion, effect: Effect): string {
  const { kind, assertedAt, source, file, line } = assertion;
  const rest = { effect, assertedAt, source, file, line };
  return lineOf(
    assertion.isRetraction ? { retract: kind, key: keysOf(assertion), ...rest } : { assert: kind, says: saysOf(assertion), ...rest },
  );
}

/** The stated values, by the API's name of the field. A field that is not stated is absent. A field stated as unknown is null. */
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
