import type { PagedList } from '../../domain/paged-list.ts';
import type { FactReference, Finding, FindingKind, FindingQuestion, FindingRule } from './finding.ts';
import { rulesOf } from './rules-of.ts';
import { findSubject, keyOf } from './subject-key.ts';

/** The findings of one kind: indexes of their subjects. Plain data, so that a worker thread can find them. */
export interface FoundSubjects {
  readonly kind: FindingKind;
  readonly indexes: Int32Array;
}

/** Findings that become objects where they are read: a million of them take 4 bytes each. */
export class FindingList implements PagedList<Finding> {
  readonly length: number;
  readonly found: readonly FoundSubjects[];
  readonly #question: FindingQuestion;
  readonly #rules: ReadonlyMap<FindingKind, FindingRule>;

  constructor(question: FindingQuestion, found: readonly FoundSubjects[]) {
    this.#question = question;
    this.found = found;
    this.length = found.reduce((sum, { indexes }) => sum + indexes.length, 0);
    this.#rules = new Map(rulesOf(question).map((rule) => [rule.kind, rule]));
  }

  slice(from: number, until: number): Finding[] {
    const items: Finding[] = [];
    let start = 0;
    for (const { kind, indexes } of this.found) {
      const rule = this.#rules.get(kind) as FindingRule;
      for (const index of indexes.subarray(Math.max(0, from - start), Math.max(0, until - start)))
        items.push(new Found(this.#question, rule, index));
      start += indexes.length;
    }
    return items;
  }

  /** The findings whose ids are among these, or the others, in the same order. Complexity: O(findings + ids x log(facts)). */
  filter(ids: Iterable<string>, isAmong: boolean): FindingList {
    const wanted = this.#subjectsOf(ids);
    const filtered = this.found.map(({ kind, indexes }) => {
      const subjects = wanted.get(kind);
      if (subjects === undefined) return { kind, indexes: isAmong ? new Int32Array(0) : indexes };
      return { kind, indexes: indexes.filter((index) => subjects.has(index) === isAmong) };
    });
    return new FindingList(this.#question, filtered);
  }

  *ids(): Generator<string> {
    for (const { kind, indexes } of this.found) {
      const { subject } = this.#rules.get(kind) as FindingRule;
      for (const index of indexes) yield `${kind}/${keyOf(this.#question.projection, subject, index)}`;
    }
  }

  #subjectsOf(ids: Iterable<string>): Map<FindingKind, Set<number>> {
    const subjects = new Map<FindingKind, Set<number>>();
    for (const id of ids) {
      const end = id.indexOf('/');
      const rule = this.#rules.get(id.slice(0, end) as FindingKind);
      if (rule === undefined) continue;
      const index = findSubject(this.#question.projection, rule.subject, id.slice(end + 1));
      if (index < 0) continue;
      const ofKind = subjects.get(rule.kind) ?? new Set();
      subjects.set(rule.kind, ofKind.add(index));
    }
    return subjects;
  }
}

/** Builds its facts and id on demand. */
export class Found implements Finding {
  readonly message: string;
  readonly index: number;
  readonly #question: FindingQuestion;
  readonly #rule: FindingRule;

  constructor(question: FindingQuestion, rule: FindingRule, index: number) {
    this.message = rule.message(index);
    this.index = index;
    this.#question = question;
    this.#rule = rule;
  }

  get kind(): FindingKind {
    return this.#rule.kind;
  }

  get id(): string {
    return `${this.#rule.kind}/${keyOf(this.#question.projection, this.#rule.subject, this.index)}`;
  }

  get facts(): FactReference[] {
    return this.#rule.facts(this.index);
  }
}
