import type { ImportValuesQuery } from '../../../shared/generated/operations.ts';

/** A value that could not be read, with the number of its rows. */
export type OpenValue = NonNullable<ImportValuesQuery['import']>['values']['edges'][number]['node'];

export function valueKey({ file, index, value }: OpenValue): string {
  return `${file}\n${index}\n${value}`;
}
