import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { Router } from 'express';
import { ZipFile } from 'yazl';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { ExposureError } from '../../domain/errors.ts';
import { artifactTypes, organizationRoles } from '../../domain/facts.ts';
import { findingKinds } from '../../domain/finding-kinds.ts';
import type { RadiusOptions, StatedSuspect } from '../../domain/radius-options.ts';
import { describeExpected, doubtOptions, mapRadiusOptions, parseSuspect, radiusOptions } from '../../domain/radius-options.ts';
import { blastRadiusRows, dependentRows, otherCopyRows } from '../../export/blast-radius-rows.ts';
import { formatTransfers } from '../../export/export-facts.ts';
import type { ExportFormat } from '../../export/export-format.ts';
import { exportAs, exportFormats } from '../../export/export-format.ts';
import { fileStem } from '../../export/file-stem.ts';
import { controlGapRows, findingRows, rankingRows } from '../../export/list-rows.ts';
import type { RowTable } from '../../export/rows.ts';
import type { ExposedArtifactFilter } from '../../exposure/radius/list-exposed-artifacts.ts';
import { Asker } from '../../questions/asker.ts';
import { askHoldings } from '../../questions/explore/ask-holdings.ts';
import type { Questions } from '../../questions/questions.ts';
import type { AnsweredRadius, AskedRadius } from '../../questions/radius/ask-radius.ts';
import { askRadius } from '../../questions/radius/ask-radius.ts';
import { exposedArtifactOrders, resolveFilter } from '../../questions/radius/ask-radius-parts.ts';
import { askControlGaps, controlGapOrders } from '../../questions/rankings/ask-control-gaps.ts';
import type { SettingsQuestion } from '../../questions/rankings/ask-exposures.ts';
import { settingsAt } from '../../questions/rankings/ask-exposures.ts';
import { askListedFindings, filterAccepted } from '../../questions/rankings/ask-findings.ts';
import { askRanking, rankingOrders } from '../../questions/rankings/ask-ranking.ts';
import { tiers } from '../../rules/copy-tier.ts';
import { questionsOf } from '../guards/authenticate.ts';
import { QueryString } from '../query-string.ts';
import { sendTable } from '../send-table.ts';
import { signalOf } from '../signal-of.ts';

type ToRadiusTable = (answer: AnsweredRadius, query: RadiusQuery, asker: Asker) => RowTable | Promise<RowTable>;

type RadiusList = 'blast-radius' | 'other-copies' | 'dependents';

const radiusTables: Readonly<Record<RadiusList, ToRadiusTable>> = {
  'blast-radius': async ({ radius, assessments }, { filter }, asker) =>
    blastRadiusRows(radius, assessments, await resolveFilter(asker, radius, filter)),
  'other-copies': ({ radius }) => otherCopyRows(radius),
  dependents: ({ radius }, { isBlindSpotsOnly }) => dependentRows(radius, isBlindSpotsOnly),
};

/** Exports of the lists of a radius: `/blast-radius.csv`, `.json`, and so on. */
export function exportRoutes(): Router {
  const router = Router();
  for (const [name, toTable] of Object.entries(radiusTables) as [RadiusList, ToRadiusTable][]) {
    router.get([`/${name}.csv`, `/${name}.json`], async (request, response) => {
      const query = parseRadiusQuery(request.originalUrl, name);
      const asker = new Asker(questionsOf(response), signalOf(response));
      const answer = await askRadius(asker, query.question);
      const { incident, origins } = query.question;
      const of = [...(query.filter.owners ?? []), ...(incident == null ? (origins ?? []) : [])];
      const stem = fileStem(name, { of, incident, day: Date.now() });
      await sendTable(request, response, { ...(await toTable(answer, query, asker)), name: stem }, asker.limit);
    });
  }
  return router;
}

/**
 * `GET /holdings.csv?holder=&owner=`: the known holdings of an organization, with the columns of transfers.csv. That
 * organization can confirm or correct the file, which can then be imported again.
 */
export function holdingsRoute(): Router {
  const router = Router();
  router.get('/holdings.csv', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['holder', 'owner'], []);
    const question = { holder: query.one('holder'), owner: query.one('owner') };
    const asker = new Asker(questionsOf(response), signalOf(response));
    const { names, projection, transfers } = await askHoldings(asker, question);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader('Content-Disposition', `attachment; filename="${fileStem('holdings', { of: names })}.csv"`);
    await pipeline(Readable.from(formatTransfers(asker.questions.store, transfers, projection.revision)), response);
  });
  return router;
}

/** `GET /facts.zip`: the current facts and incidents as canonical CSV files in one archive; with `format=dora` as a DORA register. */
export function factsZipRoutes(): Router {
  const router = Router();
  router.get('/facts.zip', async (request, response) => {
    const format = new QueryString(request.originalUrl, ['format'], []).oneOf('format', exportFormats) ?? 'canonical';
    await sendFacts(questionsOf(response), format, response);
  });
  return router;
}

async function sendFacts({ store, current }: Questions, format: ExportFormat, response: Response): Promise<void> {
  response.setHeader('Content-Type', 'application/zip');
  response.setHeader('Content-Disposition', `attachment; filename="${format === 'dora' ? 'dora-register' : 'facts'}.zip"`);
  // Facts that are not shown yet stay out of files, too.
  const at = current.isShowing ? { revision: await current.readRevision() } : undefined;
  const archive = new ZipFile();
  const failed = new Promise<never>((_, reject) => {
    archive.once('error', reject);
    response.once('close', () => reject(new Error('The client left before the archive was sent.')));
  });
  // The response also closes after a complete archive, when nothing awaits this promise any longer.
  failed.catch(() => undefined);
  archive.outputStream.pipe(response);
  try {
    let entry: { name: string; stream: PassThrough } | undefined;
    for await (const { file, text } of exportAs(format, store, at)) {
      if (entry?.name !== file) {
        entry?.stream.end();
        entry = { name: file, stream: new PassThrough() };
        archive.addReadStream(entry.stream, file);
      }
      if (!entry.stream.write(text)) await Promise.race([once(entry.stream, 'drain'), failed]);
    }
    entry?.stream.end();
    archive.end();
  } catch (error) {
    if (response.destroyed) return;
    // The status is already sent: a cut connection tells the client that the archive is incomplete.
    if (response.headersSent) response.destroy(error as Error);
    else throw error;
  }
}

/** `GET /audit.jsonl`: the whole audit trail as JSON lines, the oldest entry first. */
export function auditRoute(trail: AuditTrail): Router {
  const router = Router();
  router.get('/audit.jsonl', async (_request, response) => {
    await trail.flush();
    response.setHeader('Content-Type', 'application/jsonl; charset=utf-8');
    response.setHeader('Content-Disposition', 'attachment; filename="audit.jsonl"');
    if (!existsSync(trail.path)) response.end();
    else await pipeline(createReadStream(trail.path), response);
  });
  return router;
}

type ToListTable = (asker: Asker, url: string) => Promise<RowTable>;

const listTables: Readonly<Record<string, ToListTable>> = {
  async ranking(asker, url) {
    const query = new QueryString(url, [...settingNames, 'orderBy'], ['roles', 'organizations']);
    const projection = await asker.facts();
    const question = {
      settings: settingsAt(parseSettings(query), asker.now),
      roles: query.manyOf('roles', organizationRoles),
      organizations: query.many('organizations'),
      orderBy: query.oneOf('orderBy', rankingOrders) ?? 'WEIGHTED_LOSS',
    };
    return rankingRows(projection, await askRanking(asker, projection, question));
  },
  async 'control-gaps'(asker, url) {
    const query = new QueryString(url, ['asOf', 'minSensitivity', 'orderBy'], ['withoutIssuers', 'types', 'labs', 'controls']);
    const projection = await asker.facts();
    const question = {
      withoutIssuers: query.many('withoutIssuers'),
      minSensitivity: query.wholeNumber('minSensitivity', 'a whole number from 1 to 5'),
      types: query.manyOf('types', artifactTypes),
      labs: query.many('labs'),
      controls: query.many('controls'),
      orderBy: query.oneOf('orderBy', controlGapOrders),
    };
    return controlGapRows(projection, await askControlGaps(asker, projection, query.instant('asOf') ?? asker.now, question));
  },
  async findings(asker, url) {
    const query = new QueryString(url, ['asOf', 'isAccepted'], ['kinds']);
    const projection = await asker.facts();
    const findings = await askListedFindings(asker, projection, query.instant('asOf') ?? asker.now, query.manyOf('kinds', findingKinds));
    const acceptances = await asker.acceptances();
    const isAccepted = query.oneOf('isAccepted', ['true', 'false']);
    return findingRows(
      projection,
      await filterAccepted(findings, acceptances, isAccepted === undefined ? undefined : isAccepted === 'true'),
      acceptances,
    );
  },
};

/** Exports of lists outside a radius: `/ranking.csv`, `.json`, and so on. Each list is complete and in the same order as in GraphQL. */
export function listRoutes(): Router {
  const router = Router();
  for (const [name, toTable] of Object.entries(listTables)) {
    router.get([`/${name}.csv`, `/${name}.json`], async (request, response) => {
      const asker = new Asker(questionsOf(response), signalOf(response));
      const table = await toTable(asker, request.originalUrl);
      await sendTable(request, response, { ...table, name: fileStem(name, { day: Date.now() }) }, asker.limit);
    });
  }
  return router;
}

interface RadiusQuery {
  readonly question: AskedRadius;
  readonly filter: ExposedArtifactFilter;
  readonly isBlindSpotsOnly: boolean;
}

/** The parameters for windows and spread. */
const windowNames = ['coreFrom', 'coreTo', 'widestFrom', 'widestTo'] as const;
const settingNames: readonly ((typeof windowNames)[number] | keyof RadiusOptions)[] = [
  ...windowNames,
  ...radiusOptions.map(({ name }) => name),
];
const { hasCore, suspectedOrigins } = doubtOptions;
const asked = ['incident', ...settingNames, hasCore.parameter, 'knownAt'] as const;
const askedRepeated = ['origins', suspectedOrigins.parameter] as const;
/** Filters of the artifacts. They say nothing of the copies to recall and of the dependents, so these lists refuse them. */
const filters = ['minSensitivity', 'text', 'orderBy'] as const;
const filtersRepeated = ['tiers', 'owners', 'holders', 'types', 'sensitivities', 'worstCaseSteps', 'countries', 'channels'] as const;
type Single = (typeof asked)[number] | (typeof filters)[number] | 'blindSpotsOnly';
type Repeated = (typeof askedRepeated)[number] | (typeof filtersRepeated)[number];
/** The parameters of each list of a radius. */
const radiusParameters: Readonly<Record<RadiusList, readonly [single: readonly Single[], repeated: readonly Repeated[]]>> = {
  'blast-radius': [
    [...asked, ...filters],
    [...askedRepeated, ...filtersRepeated],
  ],
  'other-copies': [asked, askedRepeated],
  dependents: [[...asked, 'blindSpotsOnly'], askedRepeated],
};

/** Parses windows and options. Throws BAD_USER_INPUT. */
function parseSettings(query: QueryString<(typeof settingNames)[number], never>): SettingsQuestion {
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
export function parseRadiusQuery(url: string, list: RadiusList = 'blast-radius'): RadiusQuery {
  const query = new QueryString(url, ...radiusParameters[list]);
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
