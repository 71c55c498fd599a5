import { randomUUID } from 'node:crypto';
import { ExposureError } from '../../domain/errors.ts';
import type { IncidentAction } from '../../domain/incident.ts';
import { checkScopeSize } from '../../domain/incident.ts';
import { mapRadiusOptions } from '../../domain/radius-options.ts';
import type { ActionKind } from '../../domain/records/incident-log.ts';
import { latestAssessments, maxActions } from '../../domain/records/incident-log.ts';
import { documentMarkdown } from '../../export/document/document.ts';
import { packDocument } from '../../export/pack-document.ts';
import type { Action } from '../../exposure/scenario/actions.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { SavedIncident } from '../../questions/incidents/ask-incidents.ts';
import { findIncident, listIncidents, readResolvedIncident, versionOf } from '../../questions/incidents/ask-incidents.ts';
import { askNoticeCounts, askNoticeGroups, askNotices } from '../../questions/incidents/ask-notices.ts';
import { askPack } from '../../questions/incidents/ask-pack.ts';
import { askPlan, countPlanSteps } from '../../questions/incidents/ask-plan.ts';
import { listEntries } from '../../questions/incidents/incident-history.ts';
import type { IncidentChange, KnownOrganizations } from '../../questions/incidents/plan-incident.ts';
import { isOrganization, knownTo, planIncident } from '../../questions/incidents/plan-incident.ts';
import { addIncidentNote, deleteIncident, saveIncident } from '../../questions/incidents/save-incident.ts';
import { planAssessment, setAssessments } from '../../questions/incidents/set-assessments.ts';
import { setNotice, setNotices, undoNotices } from '../../questions/incidents/set-notice.ts';
import { tickPlanStep } from '../../questions/incidents/tick-plan-step.ts';
import { askRadius, digestQuestion } from '../../questions/radius/ask-radius.ts';
import type { Fault } from '../../questions/records/faults.ts';
import { askProposal, keepProposal } from '../../questions/software/ask-proposal.ts';
import type { Context } from '../context.ts';
import type {
  ActionInput,
  AssessmentResolvers,
  IncidentResolvers,
  MutationResolvers,
  NoticeGroupResolvers,
  NoticeResolvers,
  NotificationPackResolvers,
  PlanStepResolvers,
  QueryResolvers,
  SaveIncidentInput,
  ScopeResolvers,
} from '../generated/resolvers.ts';
import type { ActionModel, IncidentModel } from '../models.ts';
import { artifactAt, copyAt, engagementAt, organizationAt, readFrom } from '../models.ts';
import type { ListIdentity } from '../page.ts';
import { pageOfArray } from '../page.ts';
import { toProposalInput } from './software-matches.ts';

export const incidentQueries = {
  incident: async (_, { id }, context) => {
    const saved = await findIncident(context, id);
    return saved === undefined ? null : toIncident(await context.facts(), saved);
  },
  incidents: async (_, args, context) => {
    const projection = await context.facts();
    const incidents = await listIncidents(context);
    const identity = { list: 'Query.incidents', question: null, revision: versionOf(incidents) };
    return pageOfArray(identity, args, incidents, (saved) => toIncident(projection, saved));
  },
} satisfies QueryResolvers;

function toIncident(projection: Projection, saved: SavedIncident): IncidentModel {
  return { type: 'Incident', projection, ...saved };
}

/** The models of these ids, without records that have been retracted. */
function present<M>(ids: readonly string[], column: { find(id: string): number }, toModel: (index: number) => M): M[] {
  return ids
    .map((id) => column.find(id))
    .filter((index) => index >= 0)
    .map(toModel);
}

export const Incident: IncidentResolvers = {
  id: ({ incident }) => incident.id,
  version: ({ version }) => version,
  ...readFrom('incident', 'name', 'state', 'discoveredAt'),
  origins: async ({ projection, incident }, _, context) => {
    const { origins } = await readResolvedIncident(context, projection, incident);
    return present(origins, projection.organizations.id, (index) => organizationAt(projection, index));
  },
  suspectedOrigins: async ({ projection, incident }, _, context) => {
    const { suspectedOrigins } = await readResolvedIncident(context, projection, incident);
    const { id } = projection.organizations;
    return suspectedOrigins
      .map(({ organization, likelihood }) => ({ organization: id.find(organization), likelihood }))
      .filter(({ organization }) => organization >= 0)
      .map(({ organization, likelihood }) => ({ organization: organizationAt(projection, organization), likelihood }));
  },
  ...readFrom('incident', 'hasCore', 'core', 'widest'),
  scope: async ({ projection, incident }, _, context) => {
    const { scope } = await readResolvedIncident(context, projection, incident);
    return scope.filter(({ origin }) => projection.organizations.id.find(origin) >= 0).map((one) => ({ projection, scope: one }));
  },
  ...mapRadiusOptions(
    ({ name }) =>
      ({ incident }: IncidentModel) =>
        incident[name],
  ),
  cause: ({ incident }) => incident.cause,
  scenario: async ({ projection, incident }, _, context) =>
    readScenario(await readResolvedIncident(context, projection, incident), context),
  blastRadius: ({ incident }, { knownAt }, context) => askRadius(context, { incident: incident.id, knownAt }),
  entries: async ({ incident }, args, context) => {
    const entries = await listEntries(context, incident);
    const identity = { list: 'Incident.entries', question: incident.id, revision: `${entries.length}-${entries[0]?.revision ?? ''}` };
    return pageOfArray(identity, args, entries, (entry) => entry);
  },
  assessments: ({ projection, incident, version }, args) => {
    const { id } = projection.artifacts;
    const latest = [...latestAssessments(incident.log.assessments)].map(([artifact, assessment]) => ({
      artifact: id.find(artifact),
      assessment,
    }));
    const rows = latest.filter(({ artifact }) => artifact >= 0).sort((a, b) => a.artifact - b.artifact);
    const revision = `${projection.revision}-${version + incident.logSaves}`;
    const identity = { list: 'Incident.assessments', question: incident.id, revision };
    return pageOfArray(identity, args, rows, (row) => ({ projection, ...row }));
  },
  createdAt: ({ incident }) => incident.createdAt,
  updatedAt: ({ incident }) => incident.updatedAt,
};

export const Scope: ScopeResolvers = {
  origin: ({ projection, scope }) => organizationAt(projection, projection.organizations.id.find(scope.origin)),
  artifacts: ({ projection, scope }) => present(scope.artifacts, projection.artifacts.id, (index) => artifactAt(projection, index)),
  engagements: ({ projection, scope }) => present(scope.engagements, projection.engagements.id, (index) => engagementAt(projection, index)),
  channels: ({ scope }) => [...scope.channels],
};

export const Assessment: AssessmentResolvers = {
  artifact: ({ projection, artifact }) => artifactAt(projection, artifact),
  ...readFrom('assessment', 'state', 'reason', 'evidence', 'by', 'at'),
};

export const incidentLogMutations = {
  addIncidentNote: async (_, { input: { incident, text } }, context) => {
    const { saved, faults } = await addIncidentNote(context, context.by, incident, text);
    return { incident: saved && toIncident(await context.facts(), saved), userErrors: [...faults] };
  },
  setAssessments: async (_, { input }, context) => {
    const projection = await context.facts();
    const { assessment, faults } = planAssessment(projection, input, context.by, context.now);
    if (faults.length > 0) return { incident: null, userErrors: [...faults] };
    return { incident: toIncident(projection, await setAssessments(context, input.incident, assessment)), userErrors: [] };
  },
} satisfies MutationResolvers;

export const incidentMutations = {
  saveIncident: async (_, { input }, context) => {
    checkScopeSize(input.scope ?? []);
    const projection = await context.facts();
    const id = input.id || randomUUID();
    const { scenario, proposal, ...stated } = input;
    const { proposed, faults: proposalFaults } = await askProposed(context, input);
    if (proposalFaults.length > 0) return { incident: null, userErrors: [...proposalFaults] };
    const change = { ...stated, ...proposed, scenario: scenario === null ? null : scenario?.map(toIncidentAction) };
    const known = await knownTo(context, projection, change);
    const { saved, faults } = await saveIncident(context, context.by, id, Boolean(input.id), input.ifVersion, (before) => {
      const planned = planIncident(known, id, before, change, context.now);
      const faults = [...planned.faults];
      findScenarioFaults(known, projection, scenario ?? [], (code, path, message) => faults.push({ code, path, message }));
      return { record: planned.record, faults };
    });
    return { incident: saved && toIncident(projection, saved), userErrors: [...faults] };
  },
  deleteIncident: async (_, { input }, context) => {
    if (await deleteIncident(context, input.id)) return { deletedId: input.id, userErrors: [] };
    return {
      deletedId: null,
      userErrors: [{ code: 'NOT_FOUND', message: `There is no incident "${input.id.slice(0, 80)}".`, path: ['id'] }],
    };
  },
} satisfies MutationResolvers;

/** The part of a proposal that an incident saved from it keeps. A new one has the proposal's origins, or windows, where the input states none. */
async function askProposed(
  context: Context,
  { id, proposal: input, ...stated }: SaveIncidentInput,
): Promise<{ readonly proposed: IncidentChange; readonly faults: readonly Fault[] }> {
  if (input === undefined || input === null) return { proposed: { proposal: input }, faults: [] };
  try {
    const asked = await askProposal(context, toProposalInput({ ...input, discoveredAt: input.discoveredAt ?? stated.discoveredAt }));
    const { origins, suspectedOrigins, hasCore, core, widest } = asked.proposed;
    const statesNone = (...fields: unknown[]) => !id && fields.every((field) => field === undefined);
    return {
      proposed: {
        proposal: await keepProposal(context, asked),
        ...(statesNone(stated.origins, stated.suspectedOrigins) ? { origins, suspectedOrigins } : {}),
        ...(statesNone(stated.hasCore, stated.core, stated.widest) ? { hasCore, core, widest } : {}),
        ...(statesNone(stated.discoveredAt) ? { discoveredAt: input.discoveredAt } : {}),
      },
      faults: [],
    };
  } catch (error) {
    if (!(error instanceof ExposureError) || (error.code !== 'NOT_FOUND' && error.code !== 'BAD_USER_INPUT')) throw error;
    const code = error.code === 'NOT_FOUND' ? 'UNKNOWN_REFERENCE' : 'BAD_VALUE';
    return { proposed: {}, faults: [{ code, path: ['proposal'], message: error.message }] };
  }
}

export const incidentNotices: Pick<IncidentResolvers, 'notices' | 'noticeCounts' | 'noticeGroups'> = {
  notices: async (model, { first, after, ...filter }, context) => {
    const { projection, notices } = await askNotices(context, model.incident, filter);
    const identity = noticeList('Incident.notices', model, projection, filter, filter.terms && notices);
    return pageOfArray(identity, { first, after }, notices, (value) => ({ projection, value }));
  },
  noticeCounts: ({ incident }, filter, context) => askNoticeCounts(context, incident, filter),
  noticeGroups: async (model, { by, first, after, ...filter }, context) => {
    const { projection, notices, groups } = await askNoticeGroups(context, model.incident, by, filter);
    const identity = noticeList('Incident.noticeGroups', model, projection, { by, ...filter }, filter.terms && notices);
    return pageOfArray(identity, { first, after }, groups, (value) => ({ projection, value, by }));
  },
};

/** @param byTime the rows of a list that changes as time passes */
function noticeList(
  list: string,
  { incident, version }: IncidentModel,
  { revision }: Projection,
  question: object,
  byTime: readonly { readonly lab: number; readonly notifier: number }[] | null | undefined,
): ListIdentity {
  const rows = byTime == null ? '' : `-${digestQuestion(byTime.map(({ lab, notifier }) => [lab, notifier]))}`;
  return { list, question: [incident.id, question], revision: `${revision}-${version + incident.logSaves}${rows}` };
}

export const NoticeGroup: NoticeGroupResolvers = {
  lab: ({ projection, by, value }) => (by === 'LAB' ? organizationAt(projection, value.organization) : null),
  notifier: ({ projection, by, value }) => (by === 'LAB' || value.organization < 0 ? null : organizationAt(projection, value.organization)),
  counts: ({ value }) => value.counts,
  nextDueAt: ({ value }) => value.nextDueAt,
  owners: ({ value }) => [...value.owners],
};

export const Notice: NoticeResolvers = {
  lab: ({ projection, value }) => organizationAt(projection, value.lab),
  notifier: ({ projection, value }) => (value.notifier < 0 ? null : organizationAt(projection, value.notifier)),
  engagement: ({ projection, value }) => (value.engagement < 0 ? null : engagementAt(projection, value.engagement)),
  ...readFrom('value', 'dueAt', 'state', 'note', 'toldAt', 'answeredAt', 'owner', 'by'),
};

export const noticeMutations = {
  setNotice: async (_, { input }, context) => {
    const { incident, lab, notifier, ...stated } = input;
    const { projection, saved, faults } = await setNotice(context, context.by, incident, { lab, notifier }, stated);
    return { incident: saved && toIncident(projection, saved), userErrors: [...faults] };
  },
  setNotices: async (_, { input: { incident, notices, ...stated } }, context) => {
    const { projection, saved, change, faults } = await setNotices(context, context.by, incident, notices, stated);
    return { incident: saved && toIncident(projection, saved), change, userErrors: [...faults] };
  },
  undoNotices: async (_, { input: { incident, change } }, context) => {
    const saved = await undoNotices(context, context.by, incident, change);
    return { incident: toIncident(await context.facts(), saved), userErrors: [] };
  },
} satisfies MutationResolvers;

export const notificationPackQueries = {
  notificationPack: (_, { incident, lab, lists }, context) => askPack(context, incident, lab, lists ?? []),
} satisfies QueryResolvers;

export const NotificationPack: NotificationPackResolvers = {
  lab: ({ pack }) => organizationAt(pack.radius.projection, pack.lab),
  radius: ({ answer }) => answer,
  recall: ({ pack, answer }, args) => {
    const { projection } = pack.radius;
    const identity = { list: 'NotificationPack.recall', question: answer.question, revision: projection.revision };
    return pageOfArray(identity, args, pack.recall, (copy) => copyAt(projection, copy));
  },
  notices: ({ pack }) => pack.notices.map((value) => ({ projection: pack.radius.projection, value })),
  markdown: ({ pack }) => documentMarkdown(packDocument(pack)),
};

export const incidentPlan: Pick<IncidentResolvers, 'plan' | 'planStepCount'> = {
  plan: async ({ incident }, _, context) => {
    const { projection, steps } = await askPlan(context, incident);
    return steps.map((value) => ({ projection, value }));
  },
  planStepCount: ({ incident }, _, context) => countPlanSteps(context, incident),
};

export const PlanStep: PlanStepResolvers = {
  id: ({ value }) => value.id,
  action: ({ projection, value }) => value.action && { projection, value: value.action },
  ask: ({ projection, value }) => (value.ask < 0 ? null : organizationAt(projection, value.ask)),
  ...readFrom('value', 'owner', 'dueAt', 'removedHereUsd', 'removedNowUsd', 'doneAt', 'evidence'),
};

export const planMutations = {
  tickPlanStep: async (_, { input }, context) => {
    const { saved, faults } = await tickPlanStep(context, context.by, input);
    return { incident: saved && toIncident(await context.facts(), saved), userErrors: [...faults] };
  },
} satisfies MutationResolvers;

/** The kind of action of each input member. */
const kindOf = {
  revokeAccess: 'REVOKE_ACCESS',
  revokeAllAccess: 'REVOKE_ALL_ACCESS',
  suspend: 'SUSPEND',
  recall: 'RECALL',
  encrypt: 'ENCRYPT',
} as const satisfies Record<string, ActionKind>;

interface Measure {
  readonly at: number;
  readonly access?: string;
  readonly organization?: string;
  readonly holder?: string;
  readonly owner?: string | null | undefined;
}

/** The only member of an action. */
function memberOf(input: ActionInput): { readonly member: keyof typeof kindOf; readonly measure: Measure } {
  for (const member of Object.keys(kindOf) as (keyof typeof kindOf)[]) {
    const measure = input[member];
    if (measure) return { member, measure };
  }
  throw new Error('A oneOf input has exactly one member.');
}

/** The stored form of an action. */
function toIncidentAction(input: ActionInput): IncidentAction {
  const { member, measure } = memberOf(input);
  const { at, access, organization, holder, owner } = measure;
  return { kind: kindOf[member], organization: organization ?? holder ?? null, access: access ?? null, owner: owner ?? null, at };
}

/** Reports each fault in an incident's actions. */
function findScenarioFaults(
  known: KnownOrganizations,
  projection: Projection,
  inputs: readonly ActionInput[],
  fault: (code: string, path: string[], message: string) => void,
): void {
  if (inputs.length > maxActions)
    fault('BAD_VALUE', ['scenario'], `The incident has ${inputs.length} actions; expected at most ${maxActions}.`);
  inputs.forEach((input, i) => {
    const { member, measure } = memberOf(input);
    for (const name of ['access', 'organization', 'holder', 'owner'] as const) {
      const id = measure[name];
      if (id === null || id === undefined) continue;
      const isThere = name === 'access' ? projection.access.id.find(id) >= 0 : isOrganization(known, id);
      const noun = name === 'access' ? 'access' : 'organization';
      if (!isThere) fault('UNKNOWN_REFERENCE', ['scenario', `${i}`, member, name], `There is no ${noun} "${id.slice(0, 80)}".`);
    }
  });
}

/** The actions of an incident, without those on facts that no longer exist. */
async function readScenario({ scenario }: SavedIncident['incident'], context: Context): Promise<ActionModel[]> {
  const projection = await context.facts();
  return scenario.flatMap((action) => {
    const value = resolve(projection, action);
    return value === undefined ? [] : [{ projection, value }];
  });
}

function resolve(projection: Projection, { kind, organization, access, owner, at }: IncidentAction): Action | undefined {
  if (kind === 'REVOKE_ACCESS') {
    const found = projection.access.id.find(access ?? '');
    return found < 0 ? undefined : { kind, access: found, at };
  }
  const { id } = projection.organizations;
  const found = id.find(organization ?? '');
  const lab = owner === null ? none : id.find(owner);
  if (found < 0 || (owner !== null && lab < 0)) return undefined;
  return kind === 'RECALL' || kind === 'ENCRYPT' ? { kind, organization: found, owner: lab, at } : { kind, organization: found, at };
}
