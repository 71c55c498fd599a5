import { brands } from './brands.ts';
import { toNameWords, toSameKey } from './name-keys.ts';

export interface BrandFamily {
  /** The key of the family's main organization. */
  readonly head: string;
  /** A sentence without a subject; undefined for the head itself. */
  readonly evidence: string | undefined;
  readonly parent: { readonly key: string; readonly evidence: string } | undefined;
}

/** The brand table's entry for a name, by its key (`toSameKey`); undefined without an entry. */
export function familyOf(key: string): BrandFamily | undefined {
  return families.get(key);
}

const keyOf = (name: string) => toSameKey(toNameWords(name));

const families: ReadonlyMap<string, BrandFamily> = new Map(
  brands.flatMap((brand) => {
    const head = keyOf(brand.name);
    const source = `(${brand.source})`;
    const parent = brand.parent === undefined ? undefined : { key: keyOf(brand.parent), evidence: `belongs to ${brand.parent} ${source}` };
    const entries = (names: readonly string[] | undefined, says: string): [string, BrandFamily][] =>
      (names ?? []).map((name) => [keyOf(name), { head, evidence: `${says} ${brand.name} ${source}`, parent }]);
    return [
      ...entries(brand.formerNames, 'is a former name of'),
      ...entries(brand.products, 'is a product of'),
      ...entries(brand.shortNames, 'is another name of'),
      [head, { head, evidence: undefined, parent }] satisfies [string, BrandFamily],
    ];
  }),
);
