import { compareCodePoints } from '../../domain/compare.ts';
import { findDomain } from '../../domain/names/plain-name.ts';
import type { KnownOrganization } from './matching-types.ts';
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

export interface NodeSource extends KnownOrganization {
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
export function haveDifferentIds(a: readonly string[], b: readonly string[]): boolean {
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
