import { getOrInsert } from '../../domain/get-or-insert.ts';
import { fromVocabulary, vocabularyRows } from '../vocabulary/vocabulary-rows.ts';
import { toNameWords, toSameKey } from './name-keys.ts';

export interface BrandFamily {
  /** The key of the family's main organization. */
  readonly head: string;
  /** A sentence without a subject; undefined for the head itself. */
  readonly evidence: string | undefined;
  readonly parent: { readonly key: string; readonly evidence: string } | undefined;
}

/** The meaning of each relation of brands.csv for the other name. PARENT is about the name itself. */
export const brandRelations = {
  FORMER_NAME: 'is a former name of',
  PRODUCT: 'is a product of',
  SHORT_NAME: 'is another name of',
  PARENT: 'belongs to',
} as const;

/** Those of vendors.csv. A domain and a registration number are no names. */
export const vendorRelations = { ...brandRelations, DOMAIN: 'is a domain of', REGISTRATION: 'is the registration number of' } as const;

/** A vendor of the catalogue that a domain or a registration number belongs to. */
export interface KnownVendor {
  readonly key: string;
  /** A sentence without a subject. */
  readonly evidence: string;
}

/** Hosts that a vendor keeps for itself. Those with other names may be pages of its customers. */
const ownHost = /^(?:api|app|blog|cloud|console|developers?|docs|help|learn|legal|platform|security|status|support|trust)\./;

/** The vendor of a host; undefined if the catalogue has none. */
export function vendorOfHost(host: string): KnownVendor | undefined {
  const domain = host.toLowerCase();
  return vendorMarks().get(`DOMAIN ${domain}`) ?? vendorMarks().get(`DOMAIN ${domain.replace(ownHost, '')}`);
}

/** @param taxKey the letters and digits of a number */
export function vendorOfRegistration(taxKey: string): KnownVendor | undefined {
  return vendorMarks().get(`REGISTRATION ${taxKey}`);
}

/** The mark of a domain or number of the catalogue, for comparisons. */
export function toVendorMark(relation: string, other: string): string {
  return relation === 'DOMAIN' ? `DOMAIN ${other.toLowerCase()}` : `REGISTRATION ${other.toUpperCase().replace(/[^A-Z0-9]/g, '')}`;
}

const vendorMarks = fromVocabulary(() => {
  const found = new Map<string, KnownVendor>();
  for (const { name, relation, other, source, date } of vocabularyRows('vendors')) {
    if (relation !== 'DOMAIN' && relation !== 'REGISTRATION') continue;
    const what = relation === 'DOMAIN' ? 'has a website' : 'has the registration number';
    const evidence = `${what} of ${name}, ${other}, in the catalogue of vendors (${source}, ${date})`;
    found.set(toVendorMark(relation, other), { key: keyOfBrand(name), evidence });
  }
  return found;
});

/** The rows about names of brands.csv, and of the catalogue of vendors. */
function nameRows(): { readonly name: string; readonly relation: string; readonly other: string; readonly source: string }[] {
  const vendors = vocabularyRows('vendors').filter(({ relation }) => relation in brandRelations);
  return [
    ...vocabularyRows('brands'),
    ...vendors.map(({ source, date, ...row }) => ({ ...row, source: `catalogue of vendors: ${source}, ${date}` })),
  ];
}

/**
 * The family of a name in brands.csv and vendors.csv, by its key (`toSameKey`); undefined without one. An import proposes what the file says, and never applies it
 * without a decision.
 */
export function familyOf(key: string): BrandFamily | undefined {
  return families().get(key);
}

export function keyOfBrand(name: string): string {
  return toSameKey(toNameWords(name));
}

const families = fromVocabulary(() => {
  const rowsOf = new Map<string, { relation: string; other: string; source: string; name: string }[]>();
  for (const row of nameRows()) getOrInsert(rowsOf, keyOfBrand(row.name), () => []).push(row);
  const found = new Map<string, BrandFamily>();
  for (const [head, rows] of rowsOf) {
    const owner = rows.find(({ relation }) => relation === 'PARENT');
    const parent =
      owner === undefined
        ? undefined
        : { key: keyOfBrand(owner.other), evidence: `${brandRelations.PARENT} ${owner.other} (${owner.source})` };
    for (const { relation, other, source, name } of rows) {
      if (relation === 'PARENT') continue;
      const says = brandRelations[relation as keyof typeof brandRelations];
      found.set(keyOfBrand(other), { head, evidence: `${says} ${name} (${source})`, parent });
    }
    found.set(head, { head, evidence: undefined, parent });
  }
  return found;
});
