import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { MatchNode } from './match-nodes.ts';
import { haveDifferentIds } from './match-nodes.ts';
import type { MatchCandidate, MatchGrade } from './matching-types.ts';

export const mostCandidates = 10;
const grades: readonly MatchGrade[] = ['SAME', 'RELATED', 'HINT'];

interface Link {
  grade: MatchGrade;
  score: number;
  evidence: string[];
  isExact: boolean;
}

/** The links found so far. The strongest grade of a pair counts; contrary evidence weakens it at the end. */
export class FoundLinks {
  readonly nodes: readonly MatchNode[];
  readonly #isSelected: (node: number) => boolean;
  readonly #links = new Map<number, Map<number, Link>>();

  constructor(nodes: readonly MatchNode[], isSelected: (node: number) => boolean) {
    this.nodes = nodes;
    this.#isSelected = isSelected;
  }

  /**
   * Offers `to` as a candidate for `from`; the reverse if `from` is not asked about.
   * @param isExact whether nothing about the names themselves speaks against the grade SAME
   */
  add(from: number, to: number, grade: MatchGrade, score: number, evidence: string, isExact = false): void {
    if (from === to) return;
    if (this.#isSelected(from)) this.#put(from, to, grade, score, evidence, isExact);
    else if (this.#isSelected(to)) this.#put(to, from, grade, score, evidence, isExact);
  }

  /** As `add`, for a part and its whole. The whole is never offered a part of it as its name: the reverse is a hint. */
  addPart(part: number, whole: number, score: number, evidence: string): void {
    if (part === whole) return;
    if (this.#isSelected(part)) this.#put(part, whole, 'RELATED', score, evidence, false);
    else if (this.#isSelected(whole)) this.#put(whole, part, 'HINT', score, `the other one ${evidence}`, false);
  }

  /** Links each organization of a block with the first ten before it. */
  addBlock(
    members: readonly number[],
    describe: (later: number, earlier: number) => readonly [MatchGrade, number, string, boolean?] | undefined,
  ): void {
    members.forEach((later, i) => {
      for (const earlier of members.slice(0, Math.min(i, mostCandidates))) {
        const link = describe(later, earlier);
        if (link !== undefined) this.add(later, earlier, ...link);
      }
    });
  }

  /** The organizations of a name to offer: each stored one, else the likeliest of the files. Its other spellings are the same one. */
  likeliest(members: readonly number[] | undefined): readonly number[] {
    if (members === undefined || members.length === 0) return [];
    const stored = members.slice(0, mostCandidates).filter((node) => (this.nodes[node] as MatchNode).isStored);
    return stored.length > 0 ? stored : members.slice(0, 1);
  }

  has(from: number, to: number): boolean {
    return this.#links.get(from)?.has(to) === true || this.#links.get(to)?.has(from) === true;
  }

  candidatesOf(node: number): MatchCandidate[] {
    const links = [...(this.#links.get(node) ?? [])];
    return links
      .map(([to, link]) => this.#toCandidate(node, to, link))
      .sort((a, b) => grades.indexOf(a.grade) - grades.indexOf(b.grade) || b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, mostCandidates);
  }

  #put(from: number, to: number, grade: MatchGrade, score: number, evidence: string, isExact: boolean): void {
    const of = getOrInsert(this.#links, from, () => new Map<number, Link>());
    const before = of.get(to);
    if (before === undefined) {
      of.set(to, { grade, score, evidence: [evidence], isExact });
      return;
    }
    before.isExact ||= isExact;
    if (!before.evidence.includes(evidence)) before.evidence.push(evidence);
    const isStronger = grades.indexOf(grade) < grades.indexOf(before.grade);
    if (isStronger) before.grade = grade;
    before.score = isStronger ? score : before.grade === grade ? Math.max(before.score, score) : before.score;
  }

  #toCandidate(from: number, to: number, link: Link): MatchCandidate {
    const { id, name, isStored } = this.nodes[to] as MatchNode;
    return { id, name, isStored, ...weighAgainst(this.nodes[from] as MatchNode, this.nodes[to] as MatchNode, link) };
  }
}

/**
 * Lowers the grade SAME if evidence contradicts it: different domains, different tax ids or LEIs, or different ids in the inventories. Two ids of
 * one list leave the grade, but a person must decide.
 */
function weighAgainst(a: MatchNode, b: MatchNode, link: Link): Link {
  const { grade, score, evidence } = link;
  if (grade !== 'SAME') return { ...link, isExact: false };
  const isDomainEqual = a.domain !== undefined && a.domain === b.domain;
  const areListedApart = haveDifferentIds(a.listIds, b.listIds);
  const both = areListedApart ? [...evidence, 'one list gives each an id of its own'] : evidence;
  const isExact = link.isExact && !areListedApart;
  if (a.hasOwnId && b.hasOwnId) {
    const ids = [...both, `the inventories give both an id: ${a.id} and ${b.id}`];
    return isDomainEqual ? { grade, score, evidence: ids, isExact: false } : { grade: 'HINT', score: 0.45, evidence: ids, isExact: false };
  }
  const against: string[] = [];
  if (a.domain !== undefined && b.domain !== undefined && !areDomainsRelated(a.domain, b.domain))
    against.push(`different domains: ${a.domain} and ${b.domain}`);
  // Numbers of different lengths are of different registers.
  const areComparable = a.taxIds.some(({ length }) => b.taxIds.some((taxId) => taxId.length === length));
  if (areComparable && !a.taxIds.some((taxId) => b.taxIds.includes(taxId)))
    against.push(`different tax ids: ${a.taxIds.join(', ')} and ${b.taxIds.join(', ')}`);
  if (a.lei !== undefined && b.lei !== undefined && a.lei !== b.lei) against.push(`different LEIs: ${a.lei} and ${b.lei}`);
  return against.length === 0
    ? { grade, score, evidence: both, isExact }
    : { grade: 'RELATED', score: 0.65, evidence: [...both, ...against], isExact: false };
}

function areDomainsRelated(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
