import { createHash } from 'node:crypto';
import type { GraphQLResolveInfo } from 'graphql';
import { formatInstant } from '../../domain/instants.ts';
import type { PagedList } from '../../domain/paged-list.ts';
import type { Acceptance } from '../../domain/records/saved-texts.ts';
import type { Projection } from '../../projection/projection.ts';
import type { BatchSource } from '../../questions/batch/find-batch.ts';
import { batchSourceOf, fromBatch } from '../../questions/batch/find-batch.ts';
import { isLabView } from '../../questions/lab/lab-facts.ts';
import type { AskAtInstant } from '../../questions/rankings/ask-concentration.ts';
import { askConcentration, askSafeguards, askSharedHolders } from '../../questions/rankings/ask-concentration.ts';
import { askControlGaps } from '../../questions/rankings/ask-control-gaps.ts';
import type { SettingsQuestion } from '../../questions/rankings/ask-exposures.ts';
import { askArtifactExposure, askExposures, settingsAt } from '../../questions/rankings/ask-exposures.ts';
import type { FindingCount } from '../../questions/rankings/ask-findings.ts';
import { askListedFindings, countFindings, filterAccepted, findFinding, saveAcceptance } from '../../questions/rankings/ask-findings.ts';
import { askRanking } from '../../questions/rankings/ask-ranking.ts';
import type { Context } from '../context.ts';
import type {
  ArtifactExposureResolvers,
  ControlGapResolvers,
  ExposingOrganizationResolvers,
  ExposureResolvers,
  FindingResolvers,
  HolderShareResolvers,
  LabConcentrationResolvers,
  LabSafeguardsResolvers,
  MissingControlResolvers,
  MutationResolvers,
  QueryConcentrationArgs,
  QueryResolvers,
  RankedOrganizationResolvers,
  SharedHolderResolvers,
  UserError,
} from '../generated/resolvers.ts';
import type { ControlModel, ExposureModel, FindingModel } from '../models.ts';
import { artifactAt, controlAt, organizationAt, readFrom } from '../models.ts';
import type { Connection, ListIdentity, PageArguments } from '../page.ts';
import { findInstantOfCursor, pageOfArray, pageOrProgress, revisionAt, selects } from '../page.ts';
import { factAt, factsByKey } from './facts-by-key.ts';

const maxReasonLength = 10_000;

/** A page of rows, and where they were computed beforehand. Its cursors lead on in the same result. */
function pageOfRows<T, N>(
  { list, question }: Pick<ListIdentity, 'list' | 'question'>,
  projection: Projection,
  instant: number,
  page: PageArguments,
  rows: PagedList<T>,
  toNode: (row: T) => N,
): Connection<N> & { readonly batch: BatchSource | null } {
  const batch = batchSourceOf(rows);
  const revision = batch === null ? revisionAt(projection.revision, instant) : `${batch.name}@${batch.revision}@${instant}`;
  return Object.assign(pageOfArray({ list, question, revision }, page, rows, toNode), { batch });
}

/** A list of all facts as of an instant, in pages. */
function listAtInstant<T>(list: string, ask: AskAtInstant<readonly T[]>) {
  return async (_: unknown, { asOf, first, after }: QueryConcentrationArgs, context: Context, info: GraphQLResolveInfo) => {
    const projection = await context.facts();
    return pageOrProgress(context, info, projection, { list, question: { asOf }, instant: asOf, after }, async (instant, patienceMs) => {
      const rows = await ask(context, projection, instant, patienceMs, selects(info, 'batch'));
      return pageOfRows({ list, question: null }, projection, instant, { first, after }, rows, (value) => ({ projection, value }));
    });
  };
}

export const acceptFindingMutations = {
  acceptFinding: async (_, { input }, context) => {
    const reason = input.reason.trim();
    const until = input.until ?? null;
    const userErrors: UserError[] = [];
    const fault = (code: string, field: string, message: string) => userErrors.push({ code, path: [field], message });
    if (reason === '') fault('MISSING_VALUE', 'reason', 'The acceptance has no reason; say why the finding is acceptable.');
    if (reason.length > maxReasonLength) {
      fault('BAD_VALUE', 'reason', `The reason has ${reason.length.toLocaleString('en-US')} characters; expected at most 10,000.`);
    }
    if (until !== null && until <= context.now) {
      fault('BAD_VALUE', 'until', `until is ${formatInstant(until)}, which is in the past; choose a later instant, or leave it out.`);
    }
    const projection = await context.facts();
    const value = await findFinding(context, projection, input.finding);
    if (value === undefined) {
      fault('NOT_FOUND', 'finding', `There is no finding "${input.finding.slice(0, 80)}" now; it may have been resolved.`);
    }
    if (value === undefined || userErrors.length > 0) return { finding: null, userErrors };
    const acceptance: Acceptance = { reason, by: context.by, at: context.now, until };
    await saveAcceptance(context, value.id, acceptance);
    return { finding: { projection, value }, userErrors: [] };
  },
} satisfies MutationResolvers;

const list = 'Query.findings';

export const findingQueries = {
  findings: async (_, { asOf, kinds, isAccepted, first, after }, context, info) => {
    const projection = await context.facts();
    const asked = { list, question: { asOf, kinds }, instant: asOf, after };
    let counts: FindingCount[] = [];
    const page = await pageOrProgress<FindingModel>(context, info, projection, asked, async (instant, patienceMs) => {
      const mayBeBehind = selects(info, 'batch');
      const all = await askListedFindings(context, projection, instant, null, { patienceMs, mayBeBehind });
      const source = batchSourceOf(all);
      if (selects(info, 'counts')) counts = await countFindings(all, await context.acceptances());
      // Read acceptances only if they filter the list.
      const isFiltered = typeof isAccepted === 'boolean';
      const acceptances = isFiltered ? await context.acceptances() : new Map();
      const rows = await filterAccepted(kinds ? all.ofKinds(kinds) : all, acceptances, isAccepted);
      const accepted = isFiltered
        ? createHash('sha256')
            .update([...acceptances.keys()].join('\n'))
            .digest('base64url')
            .slice(0, 16)
        : null;
      const identity = { list, question: { kinds, isAccepted, accepted } };
      return pageOfRows(identity, projection, instant, { first, after }, fromBatch(rows, source), (value) => ({ projection, value }));
    });
    return { ...page, counts };
  },
  findingCounts: async (_, { asOf }, context) => {
    const projection = await context.facts();
    const findings = await askListedFindings(context, projection, asOf ?? context.now);
    return countFindings(findings, await context.acceptances());
  },
} satisfies QueryResolvers;

export const Finding: FindingResolvers = {
  ...readFrom('value', 'id', 'kind', 'message'),
  facts: ({ projection, value }, _, context) =>
    'keys' in value ? factsByKey(context, value.keys) : value.facts.map(({ kind, index }) => factAt(projection, kind, index)),
  // Acceptances are not visible to a lab (semantics §10).
  acceptance: async ({ projection, value }, _, context) =>
    isLabView(projection) ? null : ((await context.acceptances()).get(value.id) ?? null),
};

const artifactExposuresList = 'Query.artifactExposures';

export const artifactExposureQueries = {
  artifactExposures: async (_, { core, widest, options, owners, first, after }, context, info) => {
    const projection = await context.facts();
    const asked = { list: artifactExposuresList, question: { core, widest, options }, after };
    return pageOrProgress(context, info, projection, asked, async (instant, patienceMs) => {
      const settings = settingsAt({ core, widest, options }, instant);
      const rows = await askExposures(context, projection, settings, owners, patienceMs, selects(info, 'batch'));
      const identity = { list: artifactExposuresList, question: { settings, owners } };
      return pageOfRows(identity, projection, instant, { first, after }, rows, (value) => ({ projection, value }));
    });
  },
} satisfies QueryResolvers;

/** Throws BAD_USER_INPUT (a window, an option), LIMIT_EXCEEDED. */
export function exposureOf(projection: Projection, artifact: number, question: SettingsQuestion, context: Context): ExposureModel {
  return { projection, artifact, now: context.now, question, exposure: askArtifactExposure(context, projection, artifact, question) };
}

const exposureList = 'Exposure.organizations';

export const Exposure: ExposureResolvers = {
  organizations: ({ projection, artifact, now, question, exposure }, { first, after }) => {
    const instant = findInstantOfCursor(exposureList, after) ?? now;
    const identity = {
      list: exposureList,
      question: [projection.artifacts.id.get(artifact), question],
      revision: revisionAt(projection.revision, instant),
    };
    return pageOfArray(identity, { first, after }, exposure.at(instant), (value) => ({ projection, value }));
  },
  count: ({ now, exposure }) => exposure.at(now).length,
  share: ({ now, exposure }) => exposure.shareAt(now),
};

export const ArtifactExposure: ArtifactExposureResolvers = {
  artifact: ({ projection, value }) => artifactAt(projection, value.artifact),
  count: ({ value }) => value.count,
  share: ({ value }) => value.share,
};

export const ExposingOrganization: ExposingOrganizationResolvers = {
  organization: ({ projection, value }) => organizationAt(projection, value.organization),
  tier: ({ value }) => value.tier,
  likelihood: ({ value }) => value.likelihood,
};

export const concentrationQueries = { concentration: listAtInstant('Query.concentration', askConcentration) } satisfies QueryResolvers;

export const LabConcentration: LabConcentrationResolvers = {
  lab: ({ projection, value }) => organizationAt(projection, value.lab),
  herfindahlIndex: ({ value }) => value.herfindahlIndex,
  holders: ({ projection, value }) => value.holders.map((share) => ({ projection, value: share })),
  holderCount: ({ value }) => value.holderCount,
};

export const HolderShare: HolderShareResolvers = {
  holder: ({ projection, value }) => organizationAt(projection, value.holder),
  share: ({ value }) => value.share,
};

const controlGapsList = 'Query.controlGaps';

export const controlGapQueries = {
  controlGaps: async (_, { asOf, first, after, ...question }, context, info) => {
    const projection = await context.facts();
    const asked = { list: controlGapsList, question: { asOf, ...question }, instant: asOf, after };
    return pageOrProgress(context, info, projection, asked, async (instant, patienceMs) => {
      const rows = await askControlGaps(context, projection, instant, question, patienceMs, selects(info, 'batch'));
      const identity = { list: controlGapsList, question };
      return pageOfRows(identity, projection, instant, { first, after }, rows, (value) => ({ projection, value }));
    });
  },
} satisfies QueryResolvers;

export const ControlGap: ControlGapResolvers = {
  organization: ({ projection, value }) => organizationAt(projection, value.organization),
  highestSensitivity: ({ value }) => value.highestSensitivity,
  because: ({ value }) => value.because,
  required: ({ value }) => [...value.required],
  met: ({ value }) => [...value.met],
  missing: ({ projection, value }) => value.missing.map((missing) => ({ projection, value: missing })),
};

export const MissingControl: MissingControlResolvers = {
  ...readFrom('value', 'control', 'leastEvidence', 'reason'),
  held: async ({ projection, value }, _, context) => {
    if (value.held >= 0) return controlAt(projection, value.held);
    if (value.heldElsewhere === undefined) return null;
    const [held] = await factsByKey(context, [{ kind: 'CONTROL', key: value.heldElsewhere.key }]);
    return (held as ControlModel | undefined) ?? null;
  },
};

export const labSafeguardQueries = { labSafeguards: listAtInstant('Query.labSafeguards', askSafeguards) } satisfies QueryResolvers;

export const LabSafeguards: LabSafeguardsResolvers = {
  lab: ({ projection, value }) => organizationAt(projection, value.lab),
  ...readFrom('value', 'providerCount', 'valueUsd', 'auditRight', 'noticeTerm', 'encryption'),
};

const rankingList = 'Query.ranking';

export const rankingQueries = {
  ranking: async (_, { core, widest, options, roles, organizations, orderBy, first, after }, context, info) => {
    const projection = await context.facts();
    const asked = { list: rankingList, question: { core, widest, options }, after };
    return pageOrProgress(context, info, projection, asked, async (instant, patienceMs) => {
      const settings = settingsAt({ core, widest, options }, instant);
      const question = { settings, roles, organizations, orderBy: orderBy ?? 'WEIGHTED_LOSS' };
      const rows = await askRanking(context, projection, question, patienceMs, selects(info, 'batch'));
      return pageOfRows({ list: rankingList, question }, projection, instant, { first, after }, rows, (value) => ({ projection, value }));
    });
  },
} satisfies QueryResolvers;

export const RankedOrganization: RankedOrganizationResolvers = {
  organization: ({ projection, value }) => organizationAt(projection, value.organization),
  position: ({ value }) => value.position,
  reachedCount: ({ value }) => value.reachedCount,
  artifactCount: ({ value }) => value.exposedCount + value.possibleCount,
  ...readFrom(
    'value',
    'exposedCount',
    'possibleCount',
    'containedCount',
    'labCount',
    'dependentCount',
    'worstCaseLossUsd',
    'weightedLossUsd',
  ),
};

const shownLabs = 20;

export const sharedHolderQueries = { sharedHolders: listAtInstant('Query.sharedHolders', askSharedHolders) } satisfies QueryResolvers;

export const SharedHolder: SharedHolderResolvers = {
  holder: ({ projection, value }) => organizationAt(projection, value.holder),
  labs: ({ projection, value }) => value.labs.slice(0, shownLabs).map((lab) => organizationAt(projection, lab)),
  labCount: ({ value }) => value.labs.length,
  artifactCount: ({ value }) => value.artifactCount,
};
