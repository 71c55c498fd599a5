import type { AssertionList } from '../../domain/assertion-list.ts';
import { assertionAt } from '../../domain/assertion-list.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { Violation } from '../../store/fact-write.ts';
import type { Rejection } from './rejection.ts';

/** Turns a broken rule, which the store reports for an assertion, into a rejection of the assertion's row. */
export function rejectionOf(violation: Violation, assertions: AssertionList): Rejection {
  const { kind, file, line } = assertionAt(assertions, violation.assertion);
  const spec = factFields[kind].find((one) => one.name === violation.field);
  return {
    file: file ?? '',
    line: line ?? 0,
    column: spec?.column ?? (violation.field === 'source' ? 'source' : null),
    code: violation.code,
    message: violation.message,
    value: violation.value === null ? null : violation.value.slice(0, 500),
  };
}
