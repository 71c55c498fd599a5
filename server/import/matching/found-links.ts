import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { findDomain } from '../../domain/names/plain-name.ts';
import type { KnownOrganization, MatchCandidate, MatchGrade } from './matching-types.ts';
import { toLegalForm, toNameWords, toSameKey } from './name-keys.ts';

/** One spelling of an organization, in the form for comparisons. */
export interface Spelling {
  readonly text: string;
  readonly words: readonly string[];
  readonly key: string;
  /** Its legal form (`toLegalForm`). */
  readonly form: string;
}

/** An organization of the store or of the files, in the form for the search of candidates. */
export interface MatchNode {
  readonly id: string;
  readonly name: string;
  readonly isStored: boolean;
  /** Whether the id comes from an inventory; otherwise it is derived from the name. */
  readonly hasOwnId: boolean;
  readonly rowCount: number;
  /** The name first, then aliases. */
  readonly spellings: readonly Spelling[];
  readonly domain: string | undefined;
  readonly taxIds: readonly string[];
  readonly lei: string | undefined;
  /** As that of a group. Empty for a stored organization. */
  readonly listIds: readonly string[];
}

interface NodeSource extends KnownOrganization {
  readonly isStored: boolean;
  readonly hasOwnId: boolean;
  readonly rowCount: number;
  readonly listIds?: readonly string[];
}

export function toNode(of: NodeSource): MatchNode {
  const { id, name, isStored, hasOwnId, rowCount } = of;
  return {
    id,
    name,
    isStored,
    hasOwnId,
    rowCount,
    spellings: [...new Set([name, ...of.aliases])].map(toSpelling),
    domain: toTellingDomain(of),
    taxIds: [...new Set([of.taxId, ...(of.otherTaxIds ?? [])].flatMap((taxId) => toTaxKey(taxId) ?? []))],
    lei: of.lei ?? undefined,
    listIds: of.listIds ?? [],
  };
}

/** Whether one list gives two organizations different ids of its own. */
function haveDifferentIds(a: readonly string[], b: readonly string[]): boolean {
  const fileOf = (id: string) => id.slice(0, id.indexOf('\n'));
  return a.some((one) => b.some((other) => one !== other && fileOf(one) === fileOf(other)));
}

/** Orders candidates: organizations of the store first, then the organizations that the files name most. */
export function compareNodes(a: MatchNode, b: MatchNode): number {
  return (
    Number(b.isStored) - Number(a.isStored) ||
    Number(b.hasOwnId) - Number(a.hasOwnId) ||
    b.rowCount - a.rowCount ||
    compareCodePoints(a.id, b.id)
  );
}

function toSpelling(text: string): Spelling {
  const words = toNameWords(text);
  return { text, words, key: toSameKey(words), form: toLegalForm(text) };
}

/** Hosts with pages of many organizations, link shorteners and holding pages: a shared host is no evidence that two organizations are the same. */
const sharedHosts = new Set(
  (
    'docs.google.com sites.google.com play.google.com apps.apple.com github.com gitlab.com linkedin.com facebook.com instagram.com twitter.com x.com youtube.com ' +
    'medium.com wikipedia.org en.wikipedia.org crunchbase.com g2.com capterra.com trustpilot.com getapp.com github.io notion.site about.me linktr.ee gmail.com outlook.com hotmail.com yahoo.com ' +
    'bit.ly goo.gl maps.app.goo.gl tinyurl.com t.co ow.ly buff.ly rebrand.ly is.gd t.ly lnkd.in aka.ms cutt.ly rb.gy tiny.cc shorturl.at ' +
    'sedoparking.com dan.com afternic.com hugedomains.com godaddy.com wordpress.com wixsite.com'
  ).split(' '),
);

/** The domain of the website, or the name if it is a domain; undefined if the domain does not identify the organization. */
function toTellingDomain({ name, website }: KnownOrganization): string | undefined {
  const domain = findDomain(website) ?? (/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(name) ? findDomain(name) : undefined);
  if (domain === undefined || !sharedHosts.has(domain)) return domain;
  return /^(?:[a-z]+:\/\/)?[^/]+\/?$/i.test(website?.trim() ?? '') && !/mail|hot|yahoo|outlook/.test(domain) ? domain : undefined;
}

/** The letters and digits of a tax id; undefined for an invalid one or a filler, e.g. 000000000. */
function toTaxKey(taxId: string | null): string | undefined {
  const key = taxId?.toUpperCase().replace(/[^A-Z0-9]/g, '') ?? '';
  return key.length < 6 || /^(.)\1*$/.test(key) || !/\d/.test(key) ? undefined : key;
}

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
