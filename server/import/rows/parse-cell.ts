import type { FactValue } from '../../domain/assertions.ts';
import { splitValues } from '../../domain/canonical-values.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import { quote } from '../../domain/fact-sentences.ts';
import { parseInstant } from '../../domain/instants.ts';

/** The reason why a cell is not a value of its field: a sentence. */
export class CellFault {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Parses a cell's text by the type of its field alone. The store checks ranges and required fields, because those rules apply
 * to every kind of write.
 *
 * @param text not empty, already unguarded
 */
export function parseCell(spec: FieldSpec, text: string): FactValue | CellFault {
  switch (spec.type) {
    case 'text':
    case 'reference':
    case 'enum':
      return text;
    case 'texts':
    case 'enums': {
      const values = splitValues(text);
      return values ?? fault(spec, text, 'values separated by ";", with "\\;" for a semicolon and "\\\\" for a backslash inside a value');
    }
    case 'number':
    case 'integer': {
      const value = decimal.test(text) ? Number(text) : Number.NaN;
      if (Number.isFinite(value)) return value;
      return fault(
        spec,
        text,
        `a ${spec.type === 'integer' ? 'whole ' : ''}number with a decimal point and without separators, such as ${spec.type === 'integer' ? '24' : '0.25'}`,
      );
    }
    case 'boolean':
      if (text === 'true') return true;
      if (text === 'false') return false;
      return fault(spec, text, 'true or false');
    case 'instant':
    case 'endInstant':
      return (
        parseInstant(text, { isEnd: spec.type === 'endInstant' }) ??
        fault(spec, text, 'a date such as 2026-03-24 or an instant such as 2026-03-24T08:30:00Z')
      );
    case 'attributes':
      return fault(spec, text, `a column "attribute:NAME" for each attribute`);
    default:
      return spec satisfies never;
  }
}

function fault(spec: FieldSpec, text: string, expected: string): CellFault {
  return new CellFault(`The ${spec.column} ${quote(text)} cannot be read: expected ${expected}.`);
}
