import { compareCodePoints } from '../../domain/compare.ts';
import { findingKinds } from '../../domain/finding-kinds.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import { sortInSteps } from '../../projection/turns.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { Finding, FindingQuestion, FindingSubject } from './finding.ts';
import { countSubjects, getAlikePairs, keyOf, rangesOf } from './finding.ts';
import type { FoundSubjects } from './finding-list.ts';
import { Found } from './finding-list.ts';
import { blindSpotFacts, explainBlindSpot } from './organization-findings.ts';
import { rulesOf } from './rules-of.ts';

/** The number of records examined between two yields, or two reports of progress. */
const stepSize = 500;

/**
 * All findings (semantics §9): facts that make an answer less certain than it looks, and broken promises. By kind in the order
 * of `findingKinds`; the subjects of each in no order.
 *
 * @param onProgress called with the number of records examined, by any rule
 * @param subjects only findings about these
 * Complexity: O(facts + copies), plus the engagements below each lab.
 */
export function findSubjects(question: FindingQuestion, onProgress?: OnProgress, subjects?: readonly FindingSubject[]): FoundSubjects[] {
  const found: FoundSubjects[] = [];
  const rules = rulesOf(question).filter(({ subject }) => subjects === undefined || subjects.includes(subject));
  const counts = rules.map(({ subject }) => countSubjects(question.projection, subject));
  const total = counts.reduce((sum, count) => sum + count, 0);
  let done = 0;
  for (const [place, rule] of rules.entries()) {
    const indexes: number[] = [];
    let examined = 0;
    for (const [first, end] of rangesOf(question.projection, rule.subject)) {
      for (let index = first; index < end; index++) {
        if (examined++ % stepSize === 0) onProgress?.(done + examined, total);
        if (rule.isFound(index)) indexes.push(index);
      }
    }
    done += counts[place] as number;
    found.push({ kind: rule.kind, indexes: Int32Array.from(indexes) });
  }
  return found;
}

/**
 * The findings of a radius (§9), as of `widest.to`: those about a reached organization, or about an artifact or copy in the
 * radius, and the radius's blind spots. Same order. Runs in steps.
 *
 * @param question at the radius's `widest.to`
 * Complexity: O(facts and copies at the reached organizations and the artifacts in the radius + controls + alike pairs).
 */
export function* listRadiusFindings(question: FindingQuestion, radius: BlastRadius): Generator<void, Finding[]> {
  const subjects = gatherSubjects(question.projection, radius);
  const found: Finding[] = [];
  for (const rule of rulesOf(question)) {
    let examined = 0;
    for (const index of subjects[rule.subject]) {
      if (examined++ % stepSize === 0) yield;
      if (rule.isFound(index)) found.push(new Found(question, rule, index));
    }
  }
  for (const { organization, path, isBlindSpot } of radius.dependents) {
    if (!isBlindSpot) continue;
    const engagement = path[0] as number;
    found.push({
      kind: 'BLIND_SPOT',
      id: `BLIND_SPOT/${keyOf(question.projection, 'organization', organization)}`,
      message: explainBlindSpot(question.projection, organization, engagement),
      facts: blindSpotFacts(organization, engagement),
    });
  }
  return yield* sortInSteps(found, (a, b) => findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind) || compareInKind(a, b));
}

function compareInKind(a: Finding, b: Finding): number {
  return compareCodePoints(a.message, b.message) || compareCodePoints(a.id, b.id);
}

/** The subjects of the findings of a radius, each once. */
function gatherSubjects(projection: Projection, radius: BlastRadius): Readonly<Record<FindingSubject, Iterable<number>>> {
  const { organizations, artifacts, controls } = projection;
  const reached = new Set(radius.reached.map(({ organization }) => organization));
  const inRadius = radius.artifacts.map(({ artifact }) => artifact);
  const transfers = new Set<number>();
  const engagements = new Set<number>();
  const add = (to: Set<number>, rows: Int32Array) => {
    for (const row of rows) to.add(row);
  };
  for (const organization of reached) {
    add(transfers, rowOf(organizations.sent, organization));
    add(transfers, rowOf(organizations.received, organization));
    add(engagements, rowOf(organizations.engagementsAsClient, organization));
    add(engagements, rowOf(organizations.engagementsAsProvider, organization));
  }
  // A copy in the radius belongs to an artifact in it, so its transfer is among these.
  for (const artifact of inRadius) add(transfers, rowOf(artifacts.transfers, artifact));
  const allControls = Array.from({ length: controls.count }, (_, c) => c);
  return {
    organization: reached,
    artifact: inRadius,
    copy: new Set(radius.columns.held.copy),
    transfer: transfers,
    engagement: engagements,
    control: allControls.filter((c) => reached.has(controls.organization[c] as number) || reached.has(controls.issuer[c] as number)),
    pair: getAlikePairs(projection).flatMap(({ first, second }, i) => (reached.has(first) || reached.has(second) ? [i] : [])),
  };
}
