import { ExposureError } from '../domain/errors.ts';
import { parseInstant } from '../domain/instants.ts';
import type { Tier, Window } from '../exposure/blast-radius.ts';
import { tiers } from '../exposure/blast-radius.ts';
import type { ExposedArtifactFilter, ExposedArtifactOrder } from '../exposure/list-exposed-artifacts.ts';
import { exposedArtifactOrders } from '../exposure/list-exposed-artifacts.ts';
import type { RadiusQuestion } from '../exposure/resolve-radius-input.ts';

export interface RadiusQuery {
  readonly question: RadiusQuestion & { readonly incident?: string | null };
  readonly filter: ExposedArtifactFilter;
  readonly isBlindSpotsOnly: boolean;
}

const single = [
  'incident',
  'coreFrom',
  'coreTo',
  'widestFrom',
  'widestTo',
  'maxHops',
  'transferLikelihood',
  'minDegree',
  'knownAt',
  'text',
  'orderBy',
  'blindSpotsOnly',
] as const;
const repeated = ['origins', 'tiers', 'owners'] as const;
type Single = (typeof single)[number];

/**
 * The query string of an export (interface: HTTP). A plain date as the end of a window is the day's last millisecond.
 * Throws BAD_USER_INPUT, naming the parameter, its value and what was expected.
 */
export function parseRadiusQuery(parameters: URLSearchParams): RadiusQuery {
  for (const name of parameters.keys()) {
    if (!(single as readonly string[]).includes(name) && !(repeated as readonly string[]).includes(name)) {
      throw new ExposureError(
        'BAD_USER_INPUT',
        `There is no parameter "${name.slice(0, 80)}"; expected ${[...repeated, ...single].join(', ')}.`,
      );
    }
  }
  const one = (name: Single): string | undefined => {
    const values = parameters.getAll(name);
    if (values.length > 1) throw new ExposureError('BAD_USER_INPUT', `${name} is given ${values.length} times; give it once.`);
    return values[0] === '' ? undefined : values[0];
  };
  const many = (name: (typeof repeated)[number]) => (parameters.has(name) ? parameters.getAll(name) : undefined);
  const origins = many('origins');
  const incident = one('incident');
  const knownAt = one('knownAt');
  return {
    question: {
      ...(incident !== undefined && { incident }),
      origins,
      core: parseWindow(one, 'coreFrom', 'coreTo'),
      widest: parseWindow(one, 'widestFrom', 'widestTo'),
      knownAt: knownAt === undefined ? undefined : getInstant('knownAt', knownAt, false),
      options: {
        maxHops: parseNumber('maxHops', one('maxHops'), /^\d{1,3}$/, 'a whole number from 0 to 10'),
        transferLikelihood: parseNumber('transferLikelihood', one('transferLikelihood'), decimal, 'a number from 0 to 1'),
        minDegree: parseNumber('minDegree', one('minDegree'), decimal, 'a number from 0 to 1'),
      },
    },
    filter: {
      tiers: many('tiers')?.map((tier) => getOneOf('tiers', tier, tiers) as Tier),
      owners: many('owners'),
      text: one('text'),
      orderBy: parseOneOf('orderBy', one('orderBy'), exposedArtifactOrders) as ExposedArtifactOrder | undefined,
    },
    isBlindSpotsOnly: parseOneOf('blindSpotsOnly', one('blindSpotsOnly'), ['true', 'false']) === 'true',
  };
}

const decimal = /^\d+(\.\d+)?(e-?\d+)?$/i;

function parseWindow(one: (name: Single) => string | undefined, fromName: Single, toName: Single): Window | undefined {
  const from = one(fromName);
  const to = one(toName);
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      `${from === undefined ? fromName : toName} is missing; a window needs ${fromName} and ${toName}.`,
    );
  }
  return { from: getInstant(fromName, from, false), to: getInstant(toName, to, true) };
}

function getInstant(name: string, text: string, isEnd: boolean): number {
  const instant = parseInstant(text, { isEnd });
  if (instant === undefined) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      `${name} is "${text.slice(0, 80)}"; expected an RFC 3339 instant or a date, such as 2026-03-24T08:30:00Z.`,
    );
  }
  return isEnd && text.length === 'YYYY-MM-DD'.length ? instant - 1 : instant;
}

function parseNumber(name: string, text: string | undefined, pattern: RegExp, expected: string): number | undefined {
  if (text === undefined) return undefined;
  if (!pattern.test(text)) throw new ExposureError('BAD_USER_INPUT', `${name} is "${text.slice(0, 80)}"; expected ${expected}.`);
  return Number(text);
}

function getOneOf(name: string, value: string, choices: readonly string[]): string {
  if (!choices.includes(value))
    throw new ExposureError('BAD_USER_INPUT', `${name} is "${value.slice(0, 80)}"; expected one of ${choices.join(', ')}.`);
  return value;
}

function parseOneOf(name: string, value: string | undefined, choices: readonly string[]): string | undefined {
  return value === undefined ? undefined : getOneOf(name, value, choices);
}
