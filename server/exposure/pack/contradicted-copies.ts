import type { AssessmentState } from '../../domain/records/assessment.ts';
import { formOf } from '../../projection/copy-fields.ts';
import { isContradicted } from '../../rules/contradicted-assessment.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';

/** The copies of an artifact that contradict what people found, ascending: the inventory shows what they rule out. */
export function findContradictedCopies({ projection, held }: BlastRadius, artifact: number, state: AssessmentState): number[] {
  return (held.get(artifact)?.open ?? [])
    .filter(({ copy, tier }) => isContradicted(state, formOf(projection, copy), tier))
    .map(({ copy }) => copy);
}
