import { tableOfCopy } from './field-tables.ts';

export * from '../../server/domain/fact-fields.ts';
/** The field table of a copy of the program, in place of its own. */
export const { factFields, fieldsVersion } = tableOfCopy(import.meta.url);
