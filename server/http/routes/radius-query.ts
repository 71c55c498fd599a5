import { ExposureError } from '../../domain/errors.ts';
import { artifactTypes } from '../../domain/facts.ts';
import { describeExpected, doubtOptions, mapRadiusOptions, type RadiusOptions, radiusOptions } from '../../domain/radius-options.ts';
import type { StatedSuspect } from '../../domain/suspected-origins.ts';
import { parseSuspect } from '../../domain/suspected-origins.ts';
import type { ExposedArtifactFilter } from '../../exposure/radius/list-exposed-artifacts.ts';
import type { AskedRadius } from '../../questions/radius/ask-radius.ts';
import { exposedArtifactOrders } from '../../questions/radius/ask-radius-parts.ts';
import type { SettingsQuestion } from '../../questions/rankings/ask-exposures.ts';
import { tiers } from '../../rules/copy-tier.ts';
import { QueryString } from '../query-string.ts';

export interface RadiusQuery {
  readonly question: AskedRadius;
  readonly filter: ExposedArtifactFilter;
  readonly isBlindSpotsOnly: boolean;
}

/** The parameters for windows and spread. */
const windowNames = ['coreFrom', 'coreTo', 'widestFrom', 'widestTo'] as const;
export const settingNames: readonly ((typeof windowNames)[number] | keyof RadiusOptions)[] = [
  ...windowNames,
  ...radiusOptions.map(({ name }) => name),
];
const { hasCore, suspectedOrigins } = doubtOptions;
const single = ['incident', ...settingNames, hasCore.parameter, 'knownAt', 'minSensitivity', 'text', 'orderBy', 'blindSpotsOnly'] as const;
const repeated = [
  'origins',
  suspectedOrigins.parameter,
  'tiers',
  'owners',
  'holders',
  'types',
  'sensitivities',
  'worstCaseSteps',
  'countries',
  'channels',
] as const;

/** Parses windows and options. Throws BAD_USER_INPUT. */
export function parseSettings(query: QueryString<(typeof settingNames)[number], never>): SettingsQuestion {
  return {
    core: query.window('coreFrom', 'coreTo'),
    widest: query.window('widestFrom', 'widestTo'),
    options: mapRadiusOptions((option) =>
      option.isWhole ? query.wholeNumber(option.name, describeExpected(option)) : query.decimal(option.name, describeExpected(option)),
    ),
  };
}

/**
 * Parses the query string of a radius export. Throws BAD_USER_INPUT with the parameter, its value and the expected value.
 */
export function parseRadiusQuery(url: string): RadiusQuery {
  const query = new QueryString(url, single, repeated);
  return {
    question: {
      incident: query.one('incident') ?? null,
      origins: query.many('origins'),
      // An empty value says that there are none.
      suspectedOrigins: query
        .many(suspectedOrigins.parameter)
        ?.filter((text) => text !== '')
        .map(getSuspect),
      ...parseSettings(query),
      hasCore: flag(query.oneOf(hasCore.parameter, booleans)),
      knownAt: query.instant('knownAt'),
    },
    filter: {
      tiers: query.manyOf('tiers', tiers),
      owners: query.many('owners'),
      holders: query.many('holders'),
      types: query.manyOf('types', artifactTypes),
      minSensitivity: query.wholeNumber('minSensitivity', 'a whole number from 1 to 5'),
      sensitivities: query.wholeNumbers('sensitivities', 'a whole number from 1 to 5'),
      worstCaseSteps: query.wholeNumbers('worstCaseSteps', '0, or 1, 2 or 5 times a power of ten'),
      countries: query.many('countries'),
      channels: query.many('channels'),
      text: query.one('text'),
      orderBy: query.oneOf('orderBy', exposedArtifactOrders),
    },
    isBlindSpotsOnly: query.oneOf('blindSpotsOnly', booleans) === 'true',
  };
}

const booleans = ['true', 'false'] as const;

function flag(text: (typeof booleans)[number] | undefined): boolean | undefined {
  return text === undefined ? undefined : text === 'true';
}

/** Throws BAD_USER_INPUT. */
function getSuspect(text: string): StatedSuspect {
  const suspect = parseSuspect(text);
  if (typeof suspect === 'string') throw new ExposureError('BAD_USER_INPUT', suspect);
  return suspect;
}
