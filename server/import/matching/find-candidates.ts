import { getOrInsert } from '../../domain/get-or-insert.ts';
import { toInitials } from '../../domain/names/initials.ts';
import { familyOf } from './brand-families.ts';
import { FoundLinks, mostCandidates } from './found-links.ts';
import type { MatchNode, Spelling } from './match-nodes.ts';
import type { MatchCandidate } from './matching-types.ts';
import { findNamePieces, isAffiliateWord, toNameWords, toSameKey } from './name-keys.ts';
import { findOneLetterApart } from './one-letter-apart.ts';

/** If more names share a domain, they are customers of one host, not one company, and the domain says nothing about them. */
const mostOfOneDomain = 8;
/** If more names share a beginning, it is a common word. */
const mostOfOneBeginning = 12;

/**
 * Finds candidates for each organization that `isAsked` selects (semantics §9 for SAME), by grade, then score, then id.
 *
 * Names are compared within blocks: by key, domain, tax id, brand, initials, pieces, beginning, core without regions, and one
 * letter left out. Within a block, each name is compared only with the first ten, which bounds the pairs of a large block.
 * If both organizations of a pair are asked about, only one lists the other: the later one in `all`, or the more specific one.
 *
 * @param all the likeliest candidates first (`compareNodes`)
 * @param isSelected by index
 * @returns by index; empty for those that are not asked about
 * Complexity: O(n l log n) for n names of l characters.
 */
export function findCandidates(all: readonly MatchNode[], isSelected: (node: number) => boolean): MatchCandidate[][] {
  const nodes = forgetCrowdDomains(all);
  const found = new FoundLinks(nodes, isSelected);
  const byKey = group(nodes, ({ spellings }) => spellings.map(({ key }) => key));
  linkNames(found, byKey);
  linkDomains(found);
  linkTaxIds(found);
  linkFamilies(found, byKey);
  linkInitials(found, byKey);
  linkPieces(found, byKey);
  linkBeginnings(found, byKey);
  linkAffiliates(found);
  linkOneLetterApart(found, byKey);
  return nodes.map((_, node) => found.candidatesOf(node));
}

/** Key -> the indexes of its organizations, ascending. */
type Blocks = ReadonlyMap<string, readonly number[]>;

function group(nodes: readonly MatchNode[], keysOf: (node: MatchNode) => readonly (string | undefined)[]): Blocks {
  const blocks = new Map<string, number[]>();
  nodes.forEach((node, index) => {
    for (const key of new Set(keysOf(node))) if (key !== undefined && key !== '') getOrInsert(blocks, key, () => []).push(index);
  });
  return blocks;
}

function linkNames(found: FoundLinks, byKey: Blocks): void {
  for (const [key, members] of byKey) {
    found.addBlock(members, (later, earlier) => {
      const a = spellingOf(found.nodes[later] as MatchNode, key);
      const b = spellingOf(found.nodes[earlier] as MatchNode, key);
      const alias = b.text === (found.nodes[earlier] as MatchNode).name ? '' : `, its alias ${b.text}`;
      if (a.text === b.text) return ['SAME', 0.99, `same name${alias}`];
      return ['SAME', 0.95, `same name but for case, accents, punctuation or legal form${alias}`];
    });
  }
}

function spellingOf(node: MatchNode, key: string): Spelling {
  return node.spellings.find((spelling) => spelling.key === key) as Spelling;
}

/** Leaves out a domain that more than `mostOfOneDomain` different names share: it neither links two of them nor tells them apart. */
function forgetCrowdDomains(nodes: readonly MatchNode[]): readonly MatchNode[] {
  const names = new Map<string, Set<string>>();
  for (const { domain, spellings } of nodes)
    if (domain !== undefined) getOrInsert(names, domain, () => new Set()).add((spellings[0] as Spelling).key);
  const isCrowd = (domain: string | undefined) => domain !== undefined && (names.get(domain) as Set<string>).size > mostOfOneDomain;
  return nodes.map((node) => (isCrowd(node.domain) ? { ...node, domain: undefined } : node));
}

function linkDomains(found: FoundLinks): void {
  for (const [domain, members] of group(found.nodes, (node) => [node.domain])) {
    found.addBlock(members, () => ['SAME', 0.9, `same domain ${domain}`]);
  }
}

function linkTaxIds(found: FoundLinks): void {
  for (const [taxId, members] of group(found.nodes, (node) => [node.taxId])) {
    found.addBlock(members, () => ['HINT', 0.3, `same tax id ${taxId}: one that collects payments may be listed for many`]);
  }
}

/** Links names by the brand table: each member of a family with the family's head, and a head with its owner. */
function linkFamilies(found: FoundLinks, byKey: Blocks): void {
  const familyAt = (node: MatchNode) => node.spellings.map(({ key }) => familyOf(key)).find((family) => family !== undefined);
  const members = group(found.nodes, (node) => [familyAt(node)?.head]);
  const heads = new Map(
    [...members].map(([family, all]) => [family, all.find((node) => hasKey(found, node, family)) ?? (all[0] as number)]),
  );
  for (const [family, all] of members) {
    const head = heads.get(family) as number;
    for (const node of all) {
      const says = familyAt(found.nodes[node] as MatchNode);
      // The block of its key links another spelling of the head's own name.
      const evidence = says?.evidence ?? (hasKey(found, head, family) ? undefined : familyAt(found.nodes[head] as MatchNode)?.evidence);
      if (evidence !== undefined) found.add(node, head, 'RELATED', 0.8, evidence);
      const parent = says?.parent;
      // An owner without brands of its own has no family.
      const parentNode = parent === undefined ? undefined : (heads.get(parent.key) ?? byKey.get(parent.key)?.[0]);
      if (parent !== undefined && parentNode !== undefined) found.add(node, parentNode, 'RELATED', 0.55, parent.evidence);
    }
  }
}

function hasKey(found: FoundLinks, node: number, key: string): boolean {
  return (found.nodes[node] as MatchNode).spellings.some((spelling) => spelling.key === key);
}

function linkInitials(found: FoundLinks, byKey: Blocks): void {
  const isShort = (node: number, initials: string) =>
    (found.nodes[node] as MatchNode).spellings.some(({ words }) => words.length === 1 && words[0] === initials);
  found.nodes.forEach((node, index) => {
    for (const { words } of node.spellings) {
      const initials = toInitials(words);
      if (initials === undefined) continue;
      const short = byKey
        .get(initials)
        ?.slice(0, mostCandidates)
        .filter((other) => isShort(other, initials));
      for (const other of found.likeliest(short)) {
        found.add(Math.max(other, index), Math.min(other, index), 'RELATED', 0.6, `${initials.toUpperCase()} may be the initials`);
      }
    }
  });
}

function linkPieces(found: FoundLinks, byKey: Blocks): void {
  const byPiece = new Map<string, number>();
  const counts = new Map<string, number>();
  const pieces = found.nodes.map(({ spellings }) =>
    spellings.flatMap(({ text }) => findNamePieces(text).map((piece) => ({ piece, key: toSameKey(toNameWords(piece.name)) }))),
  );
  for (const list of pieces) for (const key of new Set(list.map((one) => one.key))) counts.set(key, (counts.get(key) ?? 0) + 1);
  pieces.forEach((list, index) => {
    for (const { piece, key } of list) {
      for (const other of found.likeliest(byKey.get(key))) found.add(index, other, 'RELATED', 0.75, `${piece.evidence}: ${piece.name}`);
      // All names with this piece are linked with the first one, unless it says what they are, as the "(town hall)" of many towns.
      const first = getOrInsert(byPiece, key, () => index);
      const isTelling = (counts.get(key) as number) <= mostCandidates;
      if (isTelling && first !== index && !found.has(index, first))
        found.add(index, first, 'RELATED', 0.5, `both names hold ${piece.name}`);
      const family = familyOf(key);
      const head = family?.evidence === undefined ? undefined : byKey.get(family.head)?.[0];
      if (head !== undefined) found.add(index, head, 'RELATED', 0.7, `${piece.evidence}: ${piece.name}, which ${family?.evidence}`);
    }
  });
}

/** Links a name with the longest name that it begins with: "Notion Labs" with "Notion". */
function linkBeginnings(found: FoundLinks, byKey: Blocks): void {
  const begun = new Map<number, { readonly from: number; readonly name: string }[]>();
  found.nodes.forEach((node, index) => {
    for (const { words } of node.spellings) {
      for (let length = words.length - 1; length > 0; length--) {
        const key = toSameKey(words.slice(0, length));
        const shorter = key.length < 4 ? undefined : byKey.get(key)?.[0];
        if (shorter === undefined || shorter === index) continue;
        getOrInsert(begun, shorter, () => []).push({ from: index, name: words.slice(0, length).join(' ') });
        break;
      }
    }
  });
  for (const [shorter, longer] of begun) {
    const isCommon = longer.length > mostOfOneBeginning;
    for (const { from } of longer) {
      if (isAffiliatePair(found, from, shorter)) continue;
      const { name } = found.nodes[shorter] as MatchNode;
      if (isCommon) found.add(from, shorter, 'HINT', 0.15, `begins with ${name}, as ${longer.length - 1} others`);
      else found.add(from, shorter, 'RELATED', 0.5, `begins with ${name}: perhaps its product or a part of it`);
    }
  }
}

function isAffiliatePair(found: FoundLinks, a: number, b: number): boolean {
  const coreOf = (node: number) => toCoreKey((found.nodes[node] as MatchNode).spellings[0]?.words ?? []);
  return coreOf(a) !== '' && coreOf(a) === coreOf(b);
}

/**
 * Links affiliates of one company, "OpenAI Ireland" and "OpenAI Japan", with the company itself and with the likeliest of them.
 * Affiliates are companies with engagements of their own.
 */
function linkAffiliates(found: FoundLinks): void {
  for (const [core, members] of group(found.nodes, ({ spellings }) => [toCoreKey(spellings[0]?.words ?? [])])) {
    const first = members[0] as number;
    const head = members.find((node) => hasKey(found, node, core)) ?? first;
    for (const node of members) {
      for (const other of new Set([head, first])) {
        if (node !== other && !found.has(node, other))
          found.add(node, other, 'HINT', 0.4, 'differs in a region or a part of the group: perhaps an affiliate');
      }
    }
  }
}

/** The key without words for a region or a part of a group; empty if no other word remains. */
function toCoreKey(words: readonly string[]): string {
  return toSameKey(words.filter((word) => !isAffiliateWord(word)));
}

function linkOneLetterApart(found: FoundLinks, byKey: Blocks): void {
  const keys = [...byKey.keys()];
  for (const [a, b] of findOneLetterApart(keys)) {
    const first = byKey.get(keys[a] as string)?.[0] as number;
    const second = byKey.get(keys[b] as string)?.[0] as number;
    if (!found.has(first, second)) found.add(Math.max(first, second), Math.min(first, second), 'HINT', 0.35, 'names differ in one letter');
  }
}
