import { ExposureError } from '../domain/errors.ts';

/** Returns the value. Throws BAD_USER_INPUT with the argument's name if the value is not a whole number from `from` to `to`. */
export function checkCount(name: string, value: number, from: number, to: number): number {
  if (value < from || value > to) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      `${name} is ${value}; expected a whole number from ${from} to ${to.toLocaleString('en-US', { useGrouping: 'min2' })}.`,
    );
  }
  return value;
}
