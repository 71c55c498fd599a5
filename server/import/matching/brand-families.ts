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

/**
 * The family of a name in brands.csv, by its key (`toSameKey`); undefined without one. An import proposes what the file says, and never applies it
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
  for (const row of vocabularyRows('brands')) getOrInsert(rowsOf, keyOfBrand(row.name), () => []).push(row);
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
