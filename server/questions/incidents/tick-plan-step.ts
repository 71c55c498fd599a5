import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import type { PlanStepSet } from '../../domain/records/incident-log.ts';
import { formatStepId, latestSteps, parseStepId } from '../../domain/records/incident-log.ts';
import { maxNoteLength } from '../../domain/records/saved-texts.ts';
import type { DoneFacts, PlanTask } from '../../exposure/incidents/plan-steps.ts';
import { describeStep, findDoneFacts } from '../../exposure/incidents/plan-steps.ts';
import { formatCopies, formatDay, formatLastDay, formatUsd } from '../../exposure/sentence-formats.ts';
import type { Asker } from '../asker.ts';
import type { AnsweredRadius } from '../radius/ask-radius.ts';
import { answerRadius } from '../radius/ask-radius.ts';
import type { Fault } from '../records/faults.ts';
import { faultList } from '../records/faults.ts';
import { resolveMergedIds } from '../resolved-ids.ts';
import { writeFacts } from '../write-facts.ts';
import type { SavedIncident } from './ask-incidents.ts';
import { getIncident, readResolvedIncident } from './ask-incidents.ts';
import { findTask } from './ask-plan.ts';
import { withoutRefusal } from './incident-history.ts';
import { saveLog } from './save-incident.ts';

/** A change of one step. Undefined: the field keeps its value. Null clears it. */
export interface StepChange {
  readonly incident: string;
  readonly step: string;
  readonly owner?: string | null | undefined;
  readonly doneAt?: number | null | undefined;
  readonly evidence?: string | null | undefined;
}

/** Characters of the source of a fact that evidence names. */
const maxSourceLength = 500;

/**
 * Says who does a step of an incident's plan, or that it is done. A step that becomes done is recorded as facts where it has some
 * (plan-steps.ts), with the evidence as their source. The history says whether the radius of the incident changed.
 *
 * The facts are written first, then the incident. If the second write fails, the same tick again writes no fact twice.
 *
 * Throws NOT_FOUND (the incident), LIMIT_EXCEEDED, STORE_UNAVAILABLE.
 */
export async function tickPlanStep(
  asker: Asker,
  by: string,
  requested: StepChange,
): Promise<{ saved: SavedIncident | null; faults: readonly Fault[] }> {
  asker.needAllFacts();
  const { faults, fault, checkText } = faultList();
  const projection = await asker.facts();
  const incident = await readResolvedIncident(asker, projection, await getIncident(asker, requested.incident));
  const named = parseStepId(requested.step);
  const name = named && (await resolveMergedIds(asker, projection, named, ['organization', 'owner']));
  const change = name === undefined ? requested : { ...requested, step: formatStepId(name) };
  const stated = withinToday(change, asker.now);
  const task = name && findTask(projection, name, stated.doneAt ?? asker.now);
  if (task === undefined) {
    fault('UNKNOWN_REFERENCE', ['step'], `There is no step "${change.step.slice(0, 80)}"; take its id from the plan of the incident.`);
    return { saved: null, faults };
  }
  const before = latestSteps(incident.log.plan).get(change.step);
  const step = mergeStep(before, stated, by, asker.now);
  if (step.owner !== null) checkText('owner', 'step', step.owner, maxNoteLength);
  if (step.evidence !== null) checkText('evidence', 'step', step.evidence, maxNoteLength);
  if (step.doneAt !== null && step.doneAt > asker.now) {
    fault('BAD_VALUE', ['doneAt'], `The step is done on ${formatDay(step.doneAt)}, which is in the future; expected now or earlier.`);
  }
  if (step.doneAt !== null && step.evidence === null) {
    fault('MISSING_VALUE', ['evidence'], 'A step that is done needs evidence; say where it lies, such as the number of a certificate.');
  }
  if (faults.length > 0) return { saved: null, faults };

  const isDone = step.doneAt !== null && step.doneAt !== before?.doneAt;
  const outcome = isDone ? await recordDone(asker, by, change.incident, task, step) : undefined;
  if (outcome !== undefined && outcome.faults.length > 0) return { saved: null, faults: outcome.faults };
  const text = describeTick(describeStep(projection, task), before, step, outcome?.text ?? '');
  const saved = await saveLog(
    asker,
    by,
    change.incident,
    ({ log }) => ({ log: { ...log, plan: [...log.plan, step] }, text }),
    outcome?.earlier,
  );
  return { saved, faults };
}

const dayMs = 86_400_000;

/** A date of today means the end of the day, which is still to come: the step is done now. */
function withinToday(change: StepChange, now: number): StepChange {
  const endOfDay = (Math.floor(now / dayMs) + 1) * dayMs;
  const { doneAt } = change;
  return typeof doneAt === 'number' && doneAt > now && doneAt <= endOfDay ? { ...change, doneAt: now } : change;
}

function mergeStep(before: PlanStepSet | undefined, change: StepChange, by: string, at: number): PlanStepSet {
  const stated = <T>(value: T | null | undefined, old: T | null | undefined): T | null => (value === undefined ? (old ?? null) : value);
  const text = (value: string | null | undefined) => (typeof value === 'string' && value.trim() === '' ? null : value);
  return {
    step: change.step,
    owner: stated(text(change.owner), before?.owner),
    doneAt: stated(change.doneAt, before?.doneAt),
    evidence: stated(text(change.evidence), before?.evidence),
    by,
    at,
  };
}

function describeTick(what: string, before: PlanStepSet | undefined, step: PlanStepSet, outcome: string): string {
  const sentences: string[] = [];
  if (step.owner !== (before?.owner ?? null)) sentences.push(step.owner === null ? 'Nobody does it.' : `${step.owner} does it.`);
  if (step.doneAt === null && (before?.doneAt ?? null) !== null) sentences.push('It is open again. The facts that recorded it stay.');
  if (step.doneAt !== null && step.doneAt !== before?.doneAt) sentences.push(`Done: ${formatLastDay(step.doneAt)}.`);
  if (step.evidence !== null && step.evidence !== before?.evidence) sentences.push(`Evidence: ${step.evidence.replace(/[.]?$/, '.')}`);
  return [`${what}.`, ...sentences, outcome].filter((sentence) => sentence !== '').join(' ');
}

/** Writes the facts of a done step, and says what that does to the incident's radius. */
async function recordDone(
  asker: Asker,
  by: string,
  incidentId: string,
  { action }: PlanTask,
  step: PlanStepSet,
): Promise<{ readonly faults: readonly Fault[]; readonly text: string; readonly earlier?: AnsweredRadius | undefined }> {
  if (action === null) return { faults: [], text: '' };
  const projection = await asker.facts();
  const incident = await getIncident(asker, incidentId);
  const facts = findDoneFacts(projection, action);
  const assertions = [
    ...facts.deleted.map((id) => stateEnd('TRANSFER', id, { deletionState: 'VERIFIED', deletedAt: action.at }, step)),
    ...facts.ended.map((id) => stateEnd('ACCESS', id, { validUntil: action.at }, step)),
  ];
  if (assertions.length === 0) return { faults: [], text: describeRecord(facts) };
  const was = await withoutRefusal(() => answerRadius(asker, {}, incident));
  const { isWritten, violations } = await writeFacts(asker, { by, at: asker.now, assertions: PackedAssertions.of(assertions) });
  if (!isWritten && violations.length > 0) {
    return { faults: violations.map(({ code, message }) => ({ code, message, path: ['doneAt'] })), text: '' };
  }
  const is = await withoutRefusal(() => answerRadius(asker, {}, incident));
  return { faults: [], text: [describeRecord(facts), was && is ? describeEffect(was, is, action.at) : ''].join(' '), earlier: was };
}

/** An assertion that speaks of the key and the given fields alone. */
function stateEnd(kind: FactKind, key: string, stated: Readonly<Record<string, FactValue>>, { evidence, at }: PlanStepSet): Assertion {
  const values: (FactValue | undefined)[] = factFields[kind].map(({ name, isKey }) => (isKey ? key : stated[name]));
  return {
    kind,
    key,
    isRetraction: false,
    values,
    assertedAt: at,
    source: (evidence ?? '').slice(0, maxSourceLength),
    file: null,
    line: null,
  };
}

function describeRecord({ deleted, attested, ended, unrecordedCount }: DoneFacts): string {
  const sentences: string[] = [];
  if (deleted.length > 0) sentences.push(`The deletion of ${formatCopies(deleted.length)} is recorded as verified.`);
  if (ended.length > 0) sentences.push(`The end of ${ended.length === 1 ? '1 access' : `${ended.length} accesses`} is recorded.`);
  if (attested.length > 0) {
    const [first] = attested;
    const which = attested.length === 1 ? `that of transfer ${first}` : `those of transfer ${first} and ${attested.length - 1} more`;
    sentences.push(
      `${formatCopies(attested.length)}, ${which}, ${attested.length === 1 ? 'stays' : 'stay'} attested as deleted on the earlier date: ` +
        'a verified deletion on the later date would say that the holder surely had it until then. ' +
        'If the evidence supports the earlier date, state it on the transfer as verified.',
    );
  }
  if (unrecordedCount > 0) sentences.push(`${formatCopies(unrecordedCount)} came by no known transfer, so no fact records their deletion.`);
  return sentences.length === 0 ? 'No fact changes.' : sentences.join(' ');
}

/** Whether the facts changed the radius of the incident, and if not, why. */
function describeEffect({ radius: was }: AnsweredRadius, { radius: is }: AnsweredRadius, at: number): string {
  const count = ({ summary }: typeof was) => `${summary.exposedCount} exposed and ${summary.possibleCount} possible`;
  if (JSON.stringify(was.summary) !== JSON.stringify(is.summary)) {
    const loss = `${formatUsd(was.summary.weightedLossUsd)} → ${formatUsd(is.summary.weightedLossUsd)}`;
    return `This radius changed: ${count(was)} → ${count(is)}, weighted loss ${loss}.`;
  }
  return at > is.input.widest.from
    ? `This radius stays as it is: ${formatDay(at)} is not before its widest window, which starts on ${formatDay(is.input.widest.from)}.`
    : 'This radius stays as it is.';
}
