import { DATE_TIME_ADVICE, parseTypedDate } from '../../../shared/format/typed-date.ts';
import type { Editable, Parsed } from './form-types.ts';

/** Reads the texts of a form, or says what is wrong. A text that did not change keeps its exact instant, which the form shows to the minute. */
export function parseForm({ fields, values, exact }: Editable, texts: Readonly<Record<string, string>>): Parsed | string {
  const parsed: Record<string, string | number | null> = {};
  for (const field of fields) {
    const text = (texts[field.name] ?? '').trim();
    if (text === '' && field.isRequired === true) {
      return `${field.label}: ${field.type === 'record' ? 'search for a record and choose it' : 'enter a value'}.`;
    }
    if (text === '') parsed[field.name] = null;
    else if (text === values[field.name] && field.name in exact) parsed[field.name] = exact[field.name] ?? null;
    else if (field.type === 'date') {
      const at = parseTypedDate(text, field.edge);
      if (at === null) return `${field.label}: ${DATE_TIME_ADVICE}`;
      parsed[field.name] = at;
    } else if (field.type === 'number') {
      const value = Number(text);
      if (!Number.isFinite(value) || value < field.min || value > field.max) {
        return `${field.label}: enter a number from ${field.min.toLocaleString('en-US')} to ${field.max.toLocaleString('en-US')}.`;
      }
      parsed[field.name] = value;
    } else parsed[field.name] = text;
  }
  return parsed;
}
