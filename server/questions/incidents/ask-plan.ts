import { toCents } from '../../domain/compare.ts';
import type { Incident } from '../../domain/incident.ts';
import {
  actionKinds,
  formatStepId,
  latestSteps,
  type PlanStepName,
  type PlanStepSet,
  parseStepId,
} from '../../domain/records/incident-log.ts';
import type { RemovedLoss } from '../../exposure/incidents/plan-steps.ts';
import { askedNow, describeStep, listPlanTasks, type PlanTask } from '../../exposure/incidents/plan-steps.ts';
import { findNotices } from '../../exposure/radius/notices.ts';
import type { Action } from '../../exposure/scenario/actions.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { answerRadius, findRadius } from '../radius/ask-radius.ts';
import { readResolvedIncident } from './ask-incidents.ts';

/** A step of an incident's plan, with what it removes and whether it is done. */
export interface PlanStep extends PlanTask {
  readonly id: string;
  /** The step as an instruction. */
  readonly text: string;
  /** The person who does it. */
  readonly owner: string | null;
  /** The weighted loss that it removes from this radius, and from a compromise of the same origins now. US dollars. */
  readonly removedHereUsd: number;
  readonly removedNowUsd: number;
  readonly doneAt: number | null;
  readonly evidence: string | null;
}

export interface Plan {
  readonly projection: Projection;
  /** Open steps, then done ones. */
  readonly steps: readonly PlanStep[];
}

/**
 * The plan of an incident: what to do, the most urgent first. Each step shows the weighted loss that it alone removes from this radius,
 * and from a compromise of the same origins now (semantics §8). The second, to the cent, orders the plan; then the deadline, the first,
 * the kind and the id. Steps that are done come last, the latest first, even if the facts no longer ask for them.
 *
 * Throws as `askNotices`.
 */
export async function askPlan(asker: Asker, incident: Incident): Promise<Plan> {
  const { radius, later, stated, entries } = await listEntries(asker, incident);
  const { projection, input } = radius;
  const actions = entries.flatMap(({ task }) => task.action ?? []);
  const removed = await asker.runInThread(projection, 'planWeights', { here: input, now: later, actions });
  const weights = new Map(actions.map((action, i) => [action, removed[i] as RemovedLoss]));
  const steps = entries.map(({ id, task }): PlanStep => {
    const { owner, doneAt, evidence } = stated.get(id) ?? { owner: null, doneAt: null, evidence: null };
    const { hereUsd, nowUsd } = (task.action && weights.get(task.action)) ?? { hereUsd: 0, nowUsd: 0 };
    return { ...task, id, text: describeStep(projection, task), owner, doneAt, evidence, removedHereUsd: hereUsd, removedNowUsd: nowUsd };
  });
  steps.sort(compareSteps);
  return { projection, steps };
}

/** The number of steps of the plan. It weighs none of them, which takes a scenario for each. Throws as `askPlan`. */
export async function countPlanSteps(asker: Asker, incident: Incident): Promise<number> {
  return (await listEntries(asker, incident)).entries.length;
}

/** The steps in no order and without weights, and what people stated of them. */
async function listEntries(asker: Asker, incident: Incident) {
  asker.needAllFacts();
  const { radius } = await answerRadius(asker, {}, incident);
  const { projection, input } = radius;
  const later = askedNow(input, asker.now);
  const notices = await asker.run(findNotices(radius, incident.discoveredAt, asker.now));
  const tasks = listPlanTasks(radius, await findRadius(asker, projection, later), notices, asker.now);
  const stated = latestSteps((await readResolvedIncident(asker, projection, incident)).log.plan);
  const open = new Map(tasks.map((task) => [formatStepId(nameOf(projection, task)), task]));
  for (const statement of stated.values()) {
    const task = open.has(statement.step) ? undefined : statedTask(projection, statement, asker.now);
    if (task !== undefined) open.set(statement.step, task);
  }
  const entries = [...open].map(([id, task]) => ({ id, task: doneThen(task, stated.get(id)) }));
  return { radius, later, stated, entries };
}

/** A step that is done acted when it was done. */
function doneThen(task: PlanTask, stated: PlanStepSet | undefined): PlanTask {
  const doneAt = stated?.doneAt ?? null;
  return task.action === null || doneAt === null ? task : { ...task, action: { ...task.action, at: doneAt } };
}

/** A step that somebody took on or did, and that the facts no longer ask for. Undefined if a record that it names is gone. */
function statedTask(projection: Projection, { step }: PlanStepSet, now: number): PlanTask | undefined {
  const name = parseStepId(step);
  return name && findTask(projection, name, now);
}

/** The task of a step; undefined if a record that it names does not exist. */
export function findTask(projection: Projection, name: PlanStepName, at: number): PlanTask | undefined {
  const find = (id: string | null) => projection.organizations.id.find(id ?? '');
  const { kind } = name;
  if (kind === 'REVOKE_ACCESS') {
    const access = projection.access.id.find(name.access ?? '');
    return access < 0 ? undefined : { action: { kind, access, at }, ask: none, dueAt: null };
  }
  const organization = find(name.organization);
  const owner = name.owner === null ? none : find(name.owner);
  if (organization < 0 || (name.owner !== null && owner < 0)) return undefined;
  if (kind === 'ASK') return { action: null, ask: organization, dueAt: null };
  const action: Action = kind === 'RECALL' || kind === 'ENCRYPT' ? { kind, organization, owner, at } : { kind, organization, at };
  return { action, ask: none, dueAt: null };
}

function nameOf({ access, organizations }: Projection, { action, ask }: PlanTask): PlanStepName {
  const id = (organization: number) => (organization < 0 ? null : organizations.id.get(organization));
  if (action === null) return { kind: 'ASK', organization: id(ask), access: null, owner: null };
  if (action.kind === 'REVOKE_ACCESS') return { kind: action.kind, organization: null, access: access.id.get(action.access), owner: null };
  return { kind: action.kind, organization: id(action.organization), access: null, owner: 'owner' in action ? id(action.owner) : null };
}

function compareSteps(a: PlanStep, b: PlanStep): number {
  return (
    (b.doneAt ?? Infinity) - (a.doneAt ?? Infinity) ||
    toCents(b.removedNowUsd) - toCents(a.removedNowUsd) ||
    (a.dueAt ?? Number.MAX_VALUE) - (b.dueAt ?? Number.MAX_VALUE) ||
    toCents(b.removedHereUsd) - toCents(a.removedHereUsd) ||
    kindOrder(a) - kindOrder(b) ||
    target(a) - target(b) ||
    owner(a) - owner(b)
  );
}

/** Questions come after the actions. */
function kindOrder({ action }: PlanStep): number {
  return action === null ? actionKinds.length : actionKinds.indexOf(action.kind);
}

/** Indexes follow the order of ids. */
function target({ action, ask }: PlanStep): number {
  if (action === null) return ask;
  return action.kind === 'REVOKE_ACCESS' ? action.access : action.organization;
}

function owner({ action }: PlanStep): number {
  return action !== null && 'owner' in action ? action.owner : none;
}
