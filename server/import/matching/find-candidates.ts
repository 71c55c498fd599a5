import { getOrInsert } from '../../domain/get-or-insert.ts';
import { toInitials } from '../../domain/names/plain-name.ts';
import type { KnownVendor } from './brand-families.ts';
import { familyOf, vendorOfHost, vendorOfRegistration } from './brand-families.ts';
import type { MatchNode, Spelling } from './found-links.ts';
import { FoundLinks, mostCandidates } from './found-links.ts';
import type { MatchCandidate } from './matching-types.ts';
import { findNamePieces, isAffiliateWord, toNameWords, toSameKey } from './name-keys.ts';

/** If more names share a domain, they are customers of one host, not one company, and the domain says nothing about them. */
const mostOfOneDomain = 8;
/** If more names share a beginning, it is a common word. */
const mostOfOneBeginning = 12;

/**
 * Finds candidates for each organization that `isAsked` selects (semantics §9 for SAME), by grade, then score, then id.
 *
 * Names are compared within blocks: by key, domain, tax id, LEI, brand, initials, pieces, beginning, core without regions, and one
 * letter left out; by known vendor too. Within a block, each name is compared only with the first ten, which bounds the pairs of a large block.
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
  linkLeis(found);
  linkFamilies(found, byKey);
  linkVendors(found, byKey);
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
    // "Zeta Ltd", "Zeta LLC" and "Zeta": the last one may be either.
    const forms = new Set(members.map((node) => spellingOf(found.nodes[node] as MatchNode, key).form).filter((form) => form !== ''));
    found.addBlock(members, (later, earlier) => {
      const a = spellingOf(found.nodes[later] as MatchNode, key);
      const b = spellingOf(found.nodes[earlier] as MatchNode, key);
      const alias = b.text === (found.nodes[earlier] as MatchNode).name ? '' : `, its alias ${b.text}`;
      if (a.text === b.text) return ['SAME', 0.99, `same name${alias}`, true];
      const isExact = forms.size < 2 || a.form === b.form;
      const how = isExact ? '' : `, and legal forms differ here: ${[...forms].sort().join(', ')}`;
      return ['SAME', isExact ? 0.95 : 0.8, `same name but for case, accents, punctuation or legal form${alias}${how}`, isExact];
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

/** If more names share a website, it is that of a dealer or a holding, and no identity. */
const mostOfOneWebsite = 2;

/** A website alone is never exact: a dealer, a holding page or a link shortener stands for several. */
function linkDomains(found: FoundLinks): void {
  for (const [domain, members] of group(found.nodes, (node) => [node.domain])) {
    const names = new Set(members.map((node) => (found.nodes[node] as MatchNode).spellings[0]?.key));
    const isShared = names.size > mostOfOneWebsite;
    found.addBlock(members, () =>
      isShared ? ['HINT', 0.2, `same domain ${domain}, as ${names.size - 1} other names`] : ['SAME', 0.9, `same domain ${domain}`],
    );
  }
}

/** An equal tax or registration number is the strongest evidence, unless it is that of one that collects payments for many. */
function linkTaxIds(found: FoundLinks): void {
  for (const [taxId, members] of group(found.nodes, (node) => node.taxIds)) {
    const names = new Set(members.map((node) => (found.nodes[node] as MatchNode).spellings[0]?.key));
    found.addBlock(members, () =>
      names.size > mostOfOneWebsite
        ? ['HINT', 0.3, `same tax id ${taxId}, as ${names.size - 1} other names: one that collects payments may be listed for many`]
        : ['RELATED', 0.95, `same tax id ${taxId}`],
    );
  }
}

/** A legal entity has one LEI, and no other has it: two names with one are one firm, or one row of the two is wrong. */
function linkLeis(found: FoundLinks): void {
  for (const [lei, members] of group(found.nodes, (node) => [node.lei]))
    found.addBlock(members, () => ['RELATED', 0.97, `same LEI ${lei}`]);
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
      if (evidence !== undefined) found.addPart(node, head, 0.8, evidence);
      const parent = says?.parent;
      // An owner without brands of its own has no family.
      const parentNode = parent === undefined ? undefined : (heads.get(parent.key) ?? byKey.get(parent.key)?.[0]);
      if (parent !== undefined && parentNode !== undefined) found.addPart(node, parentNode, 0.55, parent.evidence);
    }
  }
}

/**
 * Links names by the catalogue of vendors: a name whose website or registration number is that of a known vendor with the name of that
 * vendor, else with the likeliest other name with one of its websites.
 */
function linkVendors(found: FoundLinks, byKey: Blocks): void {
  const vendorAt = ({ domain, taxIds }: MatchNode): KnownVendor | undefined =>
    taxIds.map(vendorOfRegistration).find((vendor) => vendor !== undefined) ?? (domain === undefined ? undefined : vendorOfHost(domain));
  const headOf = (node: MatchNode) => node.spellings.map(({ key }) => familyOf(key)?.head).find((head) => head !== undefined);
  const families = group(found.nodes, (node) => [headOf(node)]);
  for (const [key, all] of group(found.nodes, (node) => [vendorAt(node)?.key])) {
    const head = byKey.get(key)?.[0] ?? families.get(familyOf(key)?.head ?? key)?.[0] ?? (all[0] as number);
    for (const node of all) {
      if (node === head || hasKey(found, node, key) || found.has(node, head)) continue;
      found.addPart(node, head, 0.7, vendorAt(found.nodes[node] as MatchNode)?.evidence as string);
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

const shortest = 5;
const longest = 60;
/** Bits of a packed pair: 32 of the hash, 20 of the index. */
const indexes = 2 ** 20;

/**
 * Finds pairs of texts of 5 to 60 characters that differ by one inserted, deleted or replaced letter, but no digit.
 *
 * Two texts of a pair share a spelling with at most one letter left out. Only texts that share one are compared.
 *
 * @param texts distinct, at most 1,048,576; later ones are ignored
 * Complexity: O(n l log(n l)) for n texts of l characters.
 */
function findOneLetterApart(texts: readonly string[]): [number, number][] {
  const packed: number[] = [];
  texts.slice(0, indexes).forEach((text, index) => {
    if (text.length < shortest || text.length > longest) return;
    for (let left = -1; left < text.length; left++) packed.push(hashWithout(text, left) * indexes + index);
  });
  const sorted = Float64Array.from(packed).sort();
  const pairs = new Map<number, [number, number]>();
  let start = 0;
  for (let end = 1; end <= sorted.length; end++) {
    if (end < sorted.length && hashOf(sorted[end] as number) === hashOf(sorted[start] as number)) continue;
    // Texts with a common hash. A large group is a coincidence of short texts, so it is skipped.
    if (end - start > 1 && end - start <= 40) addPairs(sorted.subarray(start, end), texts, pairs);
    start = end;
  }
  return [...pairs.values()];
}

const hashOf = (value: number) => Math.floor(value / indexes);

function addPairs(group: Float64Array, texts: readonly string[], pairs: Map<number, [number, number]>): void {
  for (let i = 0; i < group.length; i++) {
    for (let j = i + 1; j < group.length; j++) {
      const a = (group[i] as number) % indexes;
      const b = (group[j] as number) % indexes;
      if (a !== b && isOneLetterApart(texts[a] as string, texts[b] as string)) pairs.set(a * indexes + b, [a, b]);
    }
  }
}

function hashWithout(text: string, left: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) if (i !== left) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const isDigit = (letter: string | undefined) => letter !== undefined && letter >= '0' && letter <= '9';

function isOneLetterApart(a: string, b: string): boolean {
  if (a.length > b.length) return isOneLetterApart(b, a);
  if (b.length - a.length > 1 || a === b) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  // Supplier 12 and Supplier 13 are two: a number is no misspelling of another.
  if (isDigit(b[at]) || (a.length === b.length && isDigit(a[at]))) return false;
  return a.slice(a.length === b.length ? at + 1 : at) === b.slice(at + 1);
}
