import type { ExposedArtifactFilter } from '../../exposure/radius/list-exposed-artifacts.ts';
import type { AskedRadius } from '../../questions/ask-radius.ts';
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
export const settingNames = ['coreFrom', 'coreTo', 'widestFrom', 'widestTo', 'maxHops', 'transferLikelihood', 'minDegree'] as const;
const single = ['incident', ...settingNames, 'knownAt', 'text', 'orderBy', 'blindSpotsOnly'] as const;
const repeated = ['origins', 'tiers', 'owners', 'holders'] as const;

/** Parses windows and options. Throws BAD_USER_INPUT. */
export function parseSettings(query: QueryString<(typeof settingNames)[number], never>): SettingsQuestion {
  return {
    core: query.window('coreFrom', 'coreTo'),
    widest: query.window('widestFrom', 'widestTo'),
    options: {
      maxHops: query.wholeNumber('maxHops', 'a whole number from 0 to 10'),
      transferLikelihood: query.decimal('transferLikelihood', 'a number from 0 to 1'),
      minDegree: query.decimal('minDegree', 'a number from 0 to 1'),
    },
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
      ...parseSettings(query),
      knownAt: query.instant('knownAt'),
    },
    filter: {
      tiers: query.manyOf('tiers', tiers),
      owners: query.many('owners'),
      holders: query.many('holders'),
      text: query.one('text'),
      orderBy: query.oneOf('orderBy', exposedArtifactOrders),
    },
    isBlindSpotsOnly: query.oneOf('blindSpotsOnly', ['true', 'false']) === 'true',
  };
}
