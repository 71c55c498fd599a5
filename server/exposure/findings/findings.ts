import { compareCodePoints } from '../../domain/compare.ts';
import type { FindingKind } from '../../domain/finding-kinds.ts';
import { findingKinds } from '../../domain/finding-kinds.ts';
import type { PagedList } from '../../domain/paged-list.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import { sortInSteps } from '../../projection/turns.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import { LazyOrder } from '../radius/columns/lazy-order.ts';
import type { FactReference, Finding, FindingQuestion, FindingRule, FindingSubject } from './finding.ts';
import { countSubjects, findSubject, getAlikePairs, keyOf, rangesOf } from './finding.ts';
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

/** The findings of one kind: the indexes of their subjects, or numbers of copies and transfers, in no order. Plain data, so that a worker thread can find them. */
export interface FoundSubjects {
  readonly kind: FindingKind;
  readonly indexes: Int32Array;
}

/**
 * Findings by kind, then message, then id. They become objects where they are read, and a kind is put in order where a page of it is read: a
 * million findings take 8 bytes each.
 */
export class FindingList implements PagedList<Finding> {
  readonly length: number;
  readonly #question: FindingQuestion;
  readonly #kinds: readonly OneKind[];

  private constructor(question: FindingQuestion, kinds: readonly OneKind[]) {
    this.#question = question;
    this.#kinds = kinds;
    this.length = kinds.reduce((sum, { length }) => sum + length, 0);
  }

  static from(question: FindingQuestion, found: readonly FoundSubjects[]): FindingList {
    const rules = new Map(rulesOf(question).map((rule) => [rule.kind, rule]));
    const kinds = found.map(({ kind, indexes }) => new OneKind(question, rules.get(kind) as FindingRule, indexes));
    return new FindingList(question, kinds);
  }

  /** Makes the first page of each kind cheap. Complexity: O(n log n) for the n names of organizations and artifacts, once. */
  *prepare(): Generator<void, void> {
    for (const { rule, length } of this.#kinds) if (length > 0) yield* rule.message.prepare();
  }

  /** The number of findings of each kind. */
  get counts(): ReadonlyMap<FindingKind, number> {
    return new Map(this.#kinds.map(({ rule, length }) => [rule.kind, length]));
  }

  slice(from: number, until: number): Finding[] {
    const items: Finding[] = [];
    let start = 0;
    for (const kind of this.#kinds) {
      const [first, last] = [Math.max(0, from - start), Math.min(kind.length, until - start)];
      if (first < last) for (const index of kind.slice(first, last)) items.push(new Found(this.#question, kind.rule, index));
      start += kind.length;
    }
    return items;
  }

  /** The findings of these kinds. */
  ofKinds(kinds: readonly FindingKind[]): FindingList {
    return new FindingList(
      this.#question,
      this.#kinds.filter(({ rule }) => kinds.includes(rule.kind)),
    );
  }

  /** The findings whose ids are among these, or the others. Complexity: O(findings + ids x log(facts)). */
  filter(ids: Iterable<string>, isAmong: boolean): FindingList {
    const wanted = this.#subjectsOf(ids);
    const filtered = this.#kinds.map((kind) => kind.filter(wanted.get(kind.rule.kind), isAmong));
    return new FindingList(this.#question, filtered);
  }

  /** The ids, by kind and then in no order. */
  *ids(): Generator<string> {
    for (const kind of this.#kinds) yield* kind.ids();
  }

  #subjectsOf(ids: Iterable<string>): Map<FindingKind, Set<number>> {
    const subjects = new Map<FindingKind, Set<number>>();
    const rules = new Map(this.#kinds.map(({ rule }) => [rule.kind, rule]));
    for (const id of ids) {
      const end = id.indexOf('/');
      const rule = rules.get(id.slice(0, end) as FindingKind);
      if (rule === undefined) continue;
      const index = findSubject(this.#question.projection, rule.subject, id.slice(end + 1));
      if (index < 0) continue;
      const ofKind = subjects.get(rule.kind) ?? new Set();
      subjects.set(rule.kind, ofKind.add(index));
    }
    return subjects;
  }
}

/** The findings of one kind. */
class OneKind {
  readonly rule: FindingRule;
  readonly #question: FindingQuestion;
  readonly #indexes: Int32Array;
  #order: LazyOrder | undefined;

  constructor(question: FindingQuestion, rule: FindingRule, indexes: Int32Array) {
    this.#question = question;
    this.rule = rule;
    this.#indexes = indexes;
  }

  get length(): number {
    return this.#indexes.length;
  }

  slice(from: number, until: number): Int32Array {
    this.#order ??= this.#makeOrder();
    return this.#order.slice(from, until);
  }

  filter(subjects: ReadonlySet<number> | undefined, isAmong: boolean): OneKind {
    if (subjects === undefined && !isAmong) return this;
    const indexes = subjects === undefined ? new Int32Array(0) : this.#indexes.filter((index) => subjects.has(index) === isAmong);
    return new OneKind(this.#question, this.rule, indexes);
  }

  *ids(): Generator<string> {
    for (const index of this.#indexes) yield this.#idOf(index);
  }

  #idOf(index: number): string {
    return idOf(this.#question, this.rule, index);
  }

  #makeOrder(): LazyOrder {
    const { message } = this.rule;
    const compare = (a: number, b: number) => message.compare(a, b) || compareCodePoints(this.#idOf(a), this.#idOf(b));
    return LazyOrder.inGroups(this.#indexes, (index) => message.groupOf(index), message.groupCount, compare);
  }
}

/** Builds its facts and id on demand. */
export class Found implements Finding {
  readonly message: string;
  readonly #index: number;
  readonly #question: FindingQuestion;
  readonly #rule: FindingRule;

  constructor(question: FindingQuestion, rule: FindingRule, index: number) {
    this.message = rule.message.of(index);
    this.#index = index;
    this.#question = question;
    this.#rule = rule;
  }

  get kind(): FindingKind {
    return this.#rule.kind;
  }

  get id(): string {
    return idOf(this.#question, this.#rule, this.#index);
  }

  get facts(): FactReference[] {
    return this.#rule.facts(this.#index);
  }
}

function idOf({ projection }: FindingQuestion, { kind, subject }: FindingRule, index: number): string {
  return `${kind}/${keyOf(projection, subject, index)}`;
}
