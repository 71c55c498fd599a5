import { ExposureError } from '../domain/errors.ts';
import { parseInstant, parseWindowEnd } from '../domain/instants.ts';
import type { Window } from '../exposure/radius/radius-types.ts';

const decimal = /^\d+(\.\d+)?(e-?\d+)?$/i;

/**
 * The query string of an export. An empty parameter counts as missing, except for `many` and `oneOrNobody`. Every method throws
 * BAD_USER_INPUT, whose message has the parameter, its value and the expected value.
 */
export class QueryString<Single extends string, Repeated extends string> {
  readonly #parameters: URLSearchParams;

  /**
   * @param single the parameters that may appear once
   * @param repeated the parameters that may appear several times
   */
  constructor(url: string, single: readonly Single[], repeated: readonly Repeated[]) {
    this.#parameters = new URL(url, 'http://localhost').searchParams;
    const names: readonly string[] = [...repeated, ...single];
    for (const name of this.#parameters.keys()) {
      if (!names.includes(name)) {
        throw new ExposureError('BAD_USER_INPUT', `The parameter "${name.slice(0, 80)}" is unknown; expected ${names.join(', ')}.`);
      }
    }
  }

  one(name: Single): string | undefined {
    return this.#atMostOne(name) || undefined;
  }

  /** Null, nobody, if the parameter is empty. Undefined if it is missing. */
  oneOrNobody(name: Single): string | null | undefined {
    const value = this.#atMostOne(name);
    return value === '' ? null : value;
  }

  many(name: Repeated): string[] | undefined {
    return this.#parameters.has(name) ? this.#parameters.getAll(name) : undefined;
  }

  oneOf<T extends string>(name: Single, choices: readonly T[]): T | undefined {
    const value = this.one(name);
    return value === undefined ? undefined : getOneOf(name, value, choices);
  }

  manyOf<T extends string>(name: Repeated, choices: readonly T[]): T[] | undefined {
    return this.many(name)?.map((value) => getOneOf(name, value, choices));
  }

  wholeNumber(name: Single, expected: string): number | undefined {
    return this.#number(name, /^\d{1,3}$/, expected);
  }

  /** Whole numbers as answers write them: from 1e21 on with an exponent. */
  wholeNumbers(name: Repeated, expected: string): number[] | undefined {
    return this.many(name)?.map((value) => {
      if (!/^\d+(e\+?\d+)?$/.test(value) || !Number.isFinite(Number(value)))
        throw new ExposureError('BAD_USER_INPUT', `${name} is "${value.slice(0, 80)}"; expected ${expected}.`);
      return Number(value);
    });
  }

  decimal(name: Single, expected: string): number | undefined {
    return this.#number(name, decimal, expected);
  }

  instant(name: Single): number | undefined {
    const value = this.one(name);
    return value === undefined ? undefined : getInstant(name, value);
  }

  /** Both ends or neither. A plain date as the end means the last millisecond of that day. */
  window(fromName: Single, toName: Single): Window | undefined {
    const from = this.one(fromName);
    const to = this.one(toName);
    if (from === undefined && to === undefined) return undefined;
    if (from === undefined || to === undefined) {
      throw new ExposureError(
        'BAD_USER_INPUT',
        `${from === undefined ? fromName : toName} is missing; a window needs ${fromName} and ${toName}.`,
      );
    }
    return { from: getInstant(fromName, from), to: getInstant(toName, to, parseWindowEnd) };
  }

  #atMostOne(name: Single): string | undefined {
    const values = this.#parameters.getAll(name);
    if (values.length > 1) throw new ExposureError('BAD_USER_INPUT', `${name} is given ${values.length} times; give it once.`);
    return values[0];
  }

  #number(name: Single, pattern: RegExp, expected: string): number | undefined {
    const text = this.one(name);
    if (text === undefined) return undefined;
    if (!pattern.test(text)) throw new ExposureError('BAD_USER_INPUT', `${name} is "${text.slice(0, 80)}"; expected ${expected}.`);
    return Number(text);
  }
}

function getInstant(name: string, text: string, parse: (text: string) => number | undefined = parseInstant): number {
  const instant = parse(text);
  if (instant === undefined) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      `${name} is "${text.slice(0, 80)}"; expected an RFC 3339 instant or a date, such as 2026-03-24T08:30:00Z.`,
    );
  }
  return instant;
}

function getOneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined)
    throw new ExposureError('BAD_USER_INPUT', `${name} is "${value.slice(0, 80)}"; expected one of ${choices.join(', ')}.`);
  return found;
}
