import fc from 'fast-check';
import { formatFactValue, joinValues, splitValues } from '../../server/domain/canonical-values.ts';
import type { FieldSpec } from '../../server/domain/fact-fields.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import { fieldIndex } from '../../server/domain/fact-rules.ts';
import { describe, expect, it } from '../support/test.ts';

function spec(kind: keyof typeof factFields, name: string): FieldSpec {
  return factFields[kind][fieldIndex(kind, name)] as FieldSpec;
}

describe('canonical values', () => {
  it('[S3] every type of value has one text', () => {
    expect(formatFactValue(spec('TRANSFER', 'sentAt'), Date.UTC(2024, 4, 2))).toBe('2024-05-02T00:00:00Z');
    expect(formatFactValue(spec('TRANSFER', 'portion'), 0.25)).toBe('0.25');
    expect(formatFactValue(spec('ENGAGEMENT', 'auditRight'), false)).toBe('false');
    expect(formatFactValue(spec('ORGANIZATION', 'aliases'), ['a;b', 'c\\d'])).toBe('a\\;b;c\\\\d');
    expect(formatFactValue(spec('ORGANIZATION', 'attributes'), [{ name: 'tier', value: '1;2' }])).toBe('tier=1\\;2');
    expect(formatFactValue(spec('ORGANIZATION', 'aliases'), [])).toBeNull();
    expect(formatFactValue(spec('TRANSFER', 'channel'), null)).toBeNull();
  });

  it('[S3] joined values split into the same values', () => {
    const values = fc.array(
      fc.string({ unit: fc.constantFrom(';', '\\', 'a', '', '😀'), minLength: 1 }).filter((text) => text !== ''),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(values, (list) => {
        expect(splitValues(joinValues(list))).toEqual(list);
      }),
    );
    expect(splitValues('')).toEqual([]);
    expect(splitValues('a\\b')).toBeUndefined();
    expect(splitValues('a\\')).toBeUndefined();
  });
});
