import { compareCodePoints } from '../../domain/compare.ts';
import { pairKey } from '../../domain/facts.ts';
import { rowOf } from '../../projection/csr.ts';
import { copyId } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import { getAlikePairs } from './alike-pairs.ts';
import { copyRules } from './copy-findings.ts';
import type { FactReference, Finding, FindingKind, FindingQuestion, FindingRule, FindingSubject } from './finding.ts';
import { findingKinds } from './finding.ts';
import { blindSpotFacts, explainBlindSpot, organizationRules } from './organization-findings.ts';
import { sortInSteps } from './sort-in-steps.ts';
import { termRules } from './term-findings.ts';
import { transferRules } from './transfer-findings.ts';

/** The number of records examined between two yields. */
const stepSize = 500;

/**
 * All findings (semantics §9): facts that make an answer less certain than it looks, and broken promises. By kind in the order
 * of `findingKinds`, then message, then id.
 *
 * @param kinds null or absent: all
 * @param onProgress called with the number of records examined, by any rule
 * Complexity: O(facts + copies), plus the engagements below each lab, and a sort of the findings.
 */
export function* listFindings(
  question: FindingQuestion,
  kinds?: readonly FindingKind[] | null,
  onProgress?: OnProgress,
): Generator<void, Finding[]> {
  const found: Finding[] = [];
  const rules = rulesOf(question).filter(({ kind }) => !kinds || kinds.includes(kind));
  const counts = rules.map(({ subject }) => countSubjects(question.projection, subject));
  const total = counts.reduce((sum, count) => sum + count, 0);
  let done = 0;
  for (const [place, rule] of rules.entries()) {
    const ofKind: Finding[] = [];
    const count = counts[place] as number;
    for (let index = 0; index < count; index++) {
      if (index % stepSize === 0) {
        onProgress?.(done + index, total);
        yield;
      }
      if (rule.isFound(index)) ofKind.push(new Found(question.projection, rule, index));
    }
    done += count;
    for (const finding of yield* sortInSteps(ofKind, compareInKind)) found.push(finding);
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
      if (rule.isFound(index)) found.push(new Found(question.projection, rule, index));
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

/** In the order of `findingKinds`. */
function rulesOf(question: FindingQuestion): FindingRule[] {
  const rules = [...copyRules(question), ...transferRules(question), ...organizationRules(question), ...termRules(question)];
  return rules.sort((a, b) => findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind));
}

function compareInKind(a: Finding, b: Finding): number {
  return compareCodePoints(a.message, b.message) || compareCodePoints(a.id, b.id);
}

/** Builds its facts and id on demand: most answers show few of the findings. */
class Found implements Finding {
  readonly message: string;
  readonly #projection: Projection;
  readonly #rule: FindingRule;
  readonly #index: number;

  constructor(projection: Projection, rule: FindingRule, index: number) {
    this.message = rule.message(index);
    this.#projection = projection;
    this.#rule = rule;
    this.#index = index;
  }

  get kind(): FindingKind {
    return this.#rule.kind;
  }

  get id(): string {
    return `${this.#rule.kind}/${keyOf(this.#projection, this.#rule.subject, this.#index)}`;
  }

  get facts(): FactReference[] {
    return this.#rule.facts(this.#index);
  }
}

function countSubjects(projection: Projection, subject: FindingSubject): number {
  switch (subject) {
    case 'organization':
      return projection.organizations.count;
    case 'artifact':
      return projection.artifacts.count;
    case 'copy':
      return projection.copies.count;
    case 'transfer':
      return projection.transfers.count;
    case 'engagement':
      return projection.engagements.count;
    case 'control':
      return projection.controls.count;
    case 'pair':
      return getAlikePairs(projection).length;
  }
}

function keyOf(projection: Projection, subject: FindingSubject, index: number): string {
  const { organizations, artifacts, transfers, engagements, controls } = projection;
  switch (subject) {
    case 'organization':
      return organizations.id.get(index);
    case 'artifact':
      return artifacts.id.get(index);
    case 'copy':
      return copyId(projection, index);
    case 'transfer':
      return transfers.id.get(index);
    case 'engagement':
      return engagements.id.get(index);
    case 'control':
      return pairKey(organizations.id.get(controls.organization[index] as number), controls.control.get(index) as string);
    case 'pair': {
      const pair = getAlikePairs(projection)[index];
      return pair === undefined ? '' : pairKey(organizations.id.get(pair.first), organizations.id.get(pair.second));
    }
  }
}

/** The subjects of the findings of a radius, each once. */
function gatherSubjects(projection: Projection, radius: BlastRadius): Readonly<Record<FindingSubject, Iterable<number>>> {
  const { organizations, artifacts, controls } = projection;
  const reached = new Set(radius.reached.map(({ organization }) => organization));
  const inRadius = radius.artifacts.map(({ artifact }) => artifact);
  const copies = new Set<number>();
  const transfers = new Set<number>();
  const engagements = new Set<number>();
  const add = (to: Set<number>, rows: Int32Array) => {
    for (const row of rows) to.add(row);
  };
  for (const organization of reached) {
    for (const copy of rowOf(organizations.copies, organization)) if (radius.tierOf(copy) !== undefined) copies.add(copy);
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
    copy: copies,
    transfer: transfers,
    engagement: engagements,
    control: allControls.filter((c) => reached.has(controls.organization[c] as number) || reached.has(controls.issuer[c] as number)),
    pair: getAlikePairs(projection).flatMap(({ first, second }, i) => (reached.has(first) || reached.has(second) ? [i] : [])),
  };
}
