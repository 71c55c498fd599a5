import type { Assessment, AssessmentState } from '../../domain/records/incident-log.ts';
import { maxAssessed } from '../../domain/records/incident-log.ts';
import { maxNoteLength } from '../../domain/records/saved-texts.ts';
import { findContradictedCopies } from '../../exposure/incidents/incident-documents.ts';
import { copyId } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import type { AnsweredRadius } from '../radius/ask-radius.ts';
import { answerRadius } from '../radius/ask-radius.ts';
import type { Fault } from '../records/faults.ts';
import { faultList } from '../records/faults.ts';
import type { SavedIncident } from './ask-incidents.ts';
import { getIncident } from './ask-incidents.ts';
import { withoutRefusal } from './incident-history.ts';
import { saveLog } from './save-incident.ts';

/** One assessment for several artifacts. */
export interface AssessmentStatement {
  readonly artifacts: readonly string[];
  readonly state: AssessmentState;
  readonly reason?: string | null | undefined;
  readonly evidence?: string | null | undefined;
}

/** The assessment that a statement makes, and the faults of the statement. */
export function planAssessment(
  projection: Projection,
  { artifacts: named, state, ...texts }: AssessmentStatement,
  by: string,
  at: number,
): { readonly assessment: Assessment; readonly faults: readonly Fault[] } {
  const { faults, fault, checkText } = faultList();
  const artifacts = [...new Set(named)];
  const reason = blankToNull(texts.reason);
  const evidence = blankToNull(texts.evidence);
  if (artifacts.length < 1 || artifacts.length > maxAssessed) {
    const count = artifacts.length.toLocaleString('en-US');
    fault('BAD_VALUE', ['artifacts'], `The assessment names ${count} artifacts; expected 1 to ${maxAssessed.toLocaleString('en-US')}.`);
  }
  for (const [i, id] of named.slice(0, maxAssessed).entries()) {
    if (projection.artifacts.id.find(id) < 0)
      fault('UNKNOWN_REFERENCE', ['artifacts', `${i}`], `There is no artifact "${id.slice(0, 80)}".`);
  }
  if (state === 'NOT_DISCLOSED' && reason === null) {
    fault('MISSING_VALUE', ['reason'], 'NOT_DISCLOSED needs a reason; say how it was shown.');
  }
  if (reason !== null) checkText('reason', 'assessment', reason, maxNoteLength);
  if (evidence !== null) checkText('evidence', 'assessment', evidence, maxNoteLength);
  return { assessment: { artifacts, state, reason, evidence, by, at }, faults };
}

function blankToNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.trim() === '' ? null : text;
}

/**
 * Records assessments of artifacts. The entry in the history names the artifacts, and the copies that contradict an assessment.
 * Throws NOT_FOUND (the incident), LIMIT_EXCEEDED, STORE_UNAVAILABLE.
 */
export async function setAssessments(asker: Asker, id: string, assessment: Assessment): Promise<SavedIncident> {
  const incident = await getIncident(asker, id);
  const radius = await withoutRefusal(() => answerRadius(asker, {}, incident));
  const { artifacts } = radius?.radius.projection ?? (await asker.facts());
  const nameOf = (artifact: string) => {
    const index = artifacts.id.find(artifact);
    return index < 0 ? artifact : artifacts.name.get(index);
  };
  const text = [
    `${stateNames[assessment.state]}: ${listSome(assessment.artifacts.map(nameOf))}.`,
    assessment.reason === null ? '' : `Reason: ${close(assessment.reason)}`,
    assessment.evidence === null ? '' : `Evidence: ${close(assessment.evidence)}`,
    radius === undefined ? '' : describeContradictions(radius, assessment),
  ];
  return saveLog(asker, assessment.by, id, ({ log }) => ({
    log: { ...log, assessments: [...log.assessments, assessment] },
    text: text.filter((sentence) => sentence !== '').join(' '),
  }));
}

const stateNames = {
  UNDER_INVESTIGATION: 'Under investigation',
  CONFIRMED: 'Disclosure confirmed',
  NOT_DISCLOSED: 'Not disclosed',
  REMEDIATED: 'Remediated',
} as const;

/** One sentence with the copies that contradict an assessment. Empty if there are none. */
function describeContradictions({ radius }: AnsweredRadius, { artifacts, state }: Assessment): string {
  const { projection } = radius;
  const copies = artifacts.flatMap((id) => findContradictedCopies(radius, projection.artifacts.id.find(id), state));
  if (copies.length === 0) return '';
  const named = copies.map((copy) => {
    const artifact = projection.artifacts.name.get(projection.copies.artifact.at(copy));
    const holder = projection.organizations.name.get(projection.copies.holder.at(copy));
    return `${artifact} at ${holder} (copy ${copyId(projection, copy)})`;
  });
  return `The inventory contradicts this: it shows a plaintext copy in the core window of ${listSome(named)}.`;
}

/** A text that a person wrote, with an end. */
function close(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

const mostNamed = 5;

function listSome(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return names.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more.toLocaleString('en-US')} more` : '');
}
