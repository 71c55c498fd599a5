import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { ConceptName } from '../column-synonyms.ts';
import { otherRegisters, vagueHeaders, vendorWords } from '../column-synonyms.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import type { ListEvidence } from './list-evidence.ts';
import { isRepeated, shareRead } from './list-evidence.ts';
import type { ListShape, Target } from './list-shapes.ts';
import type { ColumnGuess } from './recognize-columns.ts';

export const noRows = 'The table has no rows.';

/** Columns that a list of bought products or of vendors has beside their names. */
const signsOfVendors: readonly ConceptName[] =
  'SERVICE|STARTS|ENDS|RENEWS|COUNTRY|WEBSITE|EMAIL|STATUS|OWNER|SENSITIVITY|VENDOR_ID|TAX_ID|ENGAGEMENT_ID'.split('|') as ConceptName[];

/** The likeliest column for each concept. */
export class ConceptColumns {
  readonly #best = new Map<ConceptName, { index: number; confidence: number }>();
  readonly #evidence: ListEvidence;
  readonly #hasControls: boolean;

  constructor(guesses: readonly (readonly ColumnGuess[])[], evidence: ListEvidence) {
    this.#evidence = evidence;
    this.#hasControls = guesses.some((list) => list[0]?.what === 'control');
    for (const [index, list] of guesses.entries()) {
      for (const guess of list) {
        if (guess.what !== 'concept') continue;
        const earlier = this.#best.get(guess.concept);
        const filled = (evidence.profiles[index] as ColumnProfile).filled;
        if (filled === 0) continue;
        if (earlier === undefined || guess.confidence > earlier.confidence)
          this.#best.set(guess.concept, { index, confidence: guess.confidence });
      }
    }
  }

  has(...names: readonly ConceptName[]): boolean {
    return names.some((name) => this.#best.has(name));
  }

  of(name: ConceptName): number | undefined {
    return this.#best.get(name)?.index;
  }

  /** Every concept whose best column this is. */
  conceptsAt(index: number): ConceptName[] {
    return [...this.#best].filter(([, best]) => best.index === index).map(([name]) => name);
  }

  /** The other column that the list reads as a field. */
  findOther(index: number, ofShape: Partial<Record<ConceptName, Target>>, target: Target): number | undefined {
    const names = (Object.keys(ofShape) as ConceptName[]).filter((name) => (ofShape[name] as Target).join('.') === target.join('.'));
    return names.map((name) => this.of(name)).find((at) => at !== undefined && at !== index);
  }

  move(from: ConceptName, to: ConceptName): void {
    const best = this.#best.get(from);
    if (best === undefined) return;
    this.#best.delete(from);
    this.#best.set(to, best);
  }

  chooseShape(): { shape: ListShape; isUnsure: boolean } | string {
    const sure = (shape: ListShape) => ({ shape, isUnsure: false });
    const has = (...names: ConceptName[]) => this.has(...names);
    if (this.#evidence.profiles.every(({ filled }) => filled === 0)) return noRows;
    if (has('REVEALS') && has('DEGREE')) return sure('REVEALS');
    if (has('GRANTEE') && has('GRANTOR')) return sure('ACCESS');
    const isHandedOver = has('RECIPIENT') || (has('PROVIDER') && has('SENT_AT', 'FORM', 'DELETION_STATE', 'DELETED_AT', 'CHANNEL'));
    if (has('ARTIFACT', 'ARTIFACT_ID') && isHandedOver) return sure('TRANSFERS');
    const isDescribed = (has('ARTIFACT_TYPE') && has('OWNER', 'SENSITIVITY')) || (has('OWNER') && has('SENSITIVITY'));
    if (has('ARTIFACT', 'NAME') && isDescribed && !has('PROVIDER') && this.#holdsArtifactTypes()) return sure('ARTIFACTS');
    if (has('CONTROL') && has('PROVIDER', 'NAME') && has('EVIDENCE', 'ISSUED_AT', 'EXPIRES_AT', 'ISSUER')) return sure('CONTROLS');
    const isNamedOtherwise = !has('PROVIDER', 'NAME', 'ARTIFACT');
    if (isNamedOtherwise) this.#nameProviderOtherwise();
    // A table of contracts may name its providers only by codes that another table explains.
    if (has('CLIENT') && !has('PROVIDER', 'NAME')) this.move('VENDOR_ID', 'PROVIDER');
    if (has('CLIENT') && has('PROVIDER', 'NAME')) return sure('PAIRS');
    if (has('NAME') && has('PROVIDER') && this.#isClientColumn()) {
      this.move('NAME', 'CLIENT');
      return sure('PAIRS');
    }
    const title = ` ${toPlainHeader(this.#evidence.title)} `;
    const isVendorTitle = vendorWords.some((word) => title.includes(` ${word} `));
    // A lonely column of products may list an organization's own services.
    if (has('PROVIDER')) return { shape: 'VENDORS', isUnsure: isNamedOtherwise && !isVendorTitle && !has(...signsOfVendors) };
    const other = isVendorTitle ? undefined : otherRegisters.find((word) => title.includes(` ${word} `));
    if (has('NAME') && other !== undefined)
      return `Its title says "${other}", so this is no inventory of vendors, artifacts, transfers or controls.`;
    if (has('NAME')) {
      const isServed = has('SERVICE') && !vagueHeaders.has(toPlainHeader(this.#evidence.header[this.of('SERVICE') as number] as string));
      const isEngaged = isServed || has('STARTS', 'ENDS', 'RENEWS', 'ENGAGEMENT_ID', 'NOTICE_HOURS', 'AUDIT_RIGHT') || this.#hasControls;
      if (isVendorTitle || isEngaged) return sure('VENDORS');
      if (has('WEBSITE', 'EMAIL', 'COUNTRY', 'STATUS', 'VENDOR_ID', 'TAX_ID') || this.#evidence.header.length <= 2)
        return { shape: 'VENDORS', isUnsure: true };
    }
    if (this.#evidence.header.every((text) => text === '')) return this.#chooseWithoutHeader(isVendorTitle);
    const shown = this.#evidence.names.slice(0, 8).join(', ');
    return `No column names an organization or an artifact, so this is no inventory of vendors, artifacts, transfers or controls. The columns are: ${shown}.`;
  }

  /** A list that names no vendor may name its products, or only the codes of its vendors. */
  #nameProviderOtherwise(): void {
    if (this.has('PRODUCT')) this.move('PRODUCT', 'PROVIDER');
    else {
      const index = this.of('VENDOR_ID');
      const header = toPlainHeader(index === undefined ? '' : (this.#evidence.header[index] as string));
      if (/\b(vendor|supplier|provider|contractor|lieferant\w*|kreditor\w*|fournisseur|proveedor|contratista)\b/.test(header))
        this.move('VENDOR_ID', 'PROVIDER');
    }
  }

  /** The shape for the kinds that a person chose. */
  shapeOf(kinds: readonly FactKind[]): ListShape {
    for (const kind of ['TRANSFER', 'ARTIFACT', 'ACCESS', 'REVEALS'] as const) {
      if (kinds.includes(kind))
        return ({ TRANSFER: 'TRANSFERS', ARTIFACT: 'ARTIFACTS', ACCESS: 'ACCESS', REVEALS: 'REVEALS' } as const)[kind];
    }
    if (kinds.includes('ENGAGEMENT')) {
      if (!this.has('CLIENT') && this.has('NAME') && this.has('PROVIDER') && this.#isClientColumn()) this.move('NAME', 'CLIENT');
      return this.has('CLIENT') ? 'PAIRS' : 'VENDORS';
    }
    return kinds.includes('CONTROL') && !kinds.includes('ORGANIZATION') ? 'CONTROLS' : 'ORGANIZATIONS';
  }

  /** Gives the column of the list's main party the concept that the shape expects. */
  prepare(shape: ListShape): void {
    const names: Partial<Record<ListShape, ConceptName>> = {
      ARTIFACTS: 'ARTIFACT',
      TRANSFERS: this.has('RECIPIENT') ? 'ARTIFACT' : 'PROVIDER',
    };
    const wanted = names[shape] ?? 'PROVIDER';
    if (!this.has(wanted)) this.move('NAME', wanted);
    this.#placeOwnId();
    const isNamed = ['VENDORS', 'PAIRS', 'ORGANIZATIONS'].includes(shape);
    if (isNamed && !this.has('PROVIDER')) {
      const index = this.#findNameColumn(-1);
      if (index !== undefined) this.#best.set('PROVIDER', { index, confidence: 0.5 });
    }
    // A product beside its vendor is what the vendor provides.
    if ((shape === 'VENDORS' || shape === 'PAIRS') && !this.has('SERVICE') && this.has('PROVIDER')) this.move('PRODUCT', 'SERVICE');
  }

  /** A plain "id" beside a row's own name and its provider is the id of the row, which is a contract or a product. */
  #placeOwnId(): void {
    const index = this.of('VENDOR_ID');
    if (index === undefined || !this.has('PROVIDER') || !this.has('NAME') || this.of('NAME') === this.of('PROVIDER')) return;
    if (!/^(id|ref|ref id|reference|code)$/.test(toPlainHeader(this.#evidence.header[index] as string))) return;
    if (this.has('STARTS', 'ENDS') && !this.has('ENGAGEMENT_ID')) this.move('VENDOR_ID', 'ENGAGEMENT_ID');
    else this.#best.delete('VENDOR_ID');
  }

  #holdsArtifactTypes(): boolean {
    const index = this.of('ARTIFACT_TYPE');
    return index === undefined || shareRead('ARTIFACT', 'type', this.#evidence.profiles[index] as ColumnProfile) >= 0.3;
  }

  /** Whether "Company" beside "Subprocessor" means the clients: repeated companies are clients, not other names of providers. */
  #isClientColumn(): boolean {
    return isRepeated(this.#evidence.profiles[this.of('NAME') as number] as ColumnProfile, 0.7);
  }

  #chooseWithoutHeader(isVendorTitle: boolean): { shape: ListShape; isUnsure: boolean } | string {
    const first = this.#findNameColumn(-1);
    if (first === undefined) return 'The table has no header, and no column holds names.';
    const { profiles } = this.#evidence;
    if ((profiles[first] as ColumnProfile).filled < 2) return 'The table has no header, and one row alone does not tell its kind.';
    const second = this.#findNameColumn(first);
    const isPairs = second !== undefined && isRepeated(profiles[first] as ColumnProfile, 0.5);
    this.#best.set(isPairs ? 'CLIENT' : 'PROVIDER', { index: first, confidence: 0.5 });
    if (isPairs) this.#best.set('PROVIDER', { index: second, confidence: 0.5 });
    return { shape: isPairs ? 'PAIRS' : 'VENDORS', isUnsure: !isVendorTitle };
  }

  /** The first column after `after` with names: short texts that are not dates, numbers, links or countries. */
  #findNameColumn(after: number): number | undefined {
    const isName = (profile: ColumnProfile, index: number) =>
      index > after &&
      profile.filled > 0 &&
      profile.longest <= 300 &&
      (['date', 'email', 'website', 'country', 'number', 'sentence', 'code'] as const).every((form) => profile.share(form) < 0.5) &&
      this.conceptsAt(index).length === 0 &&
      (profile.distinct.size > 3 || profile.filled <= 6);
    const index = this.#evidence.profiles.findIndex(isName);
    return index < 0 ? undefined : index;
  }
}
