import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { ConceptName } from './column-synonyms.ts';
import { concepts, otherRegisters, vagueHeaders, vendorWords } from './column-synonyms.ts';
import type { ColumnMapping } from './mapping-types.ts';
import type { ColumnGuess } from './recognize-columns.ts';
import { recognizeColumn } from './recognize-columns.ts';
import type { ColumnProfile } from './table/profile-columns.ts';
import { readValue, unreadable } from './values/read-values.ts';

/** The subject of the rows of a list. */
export type ListShape = 'PAIRS' | 'VENDORS' | 'ORGANIZATIONS' | 'ARTIFACTS' | 'TRANSFERS' | 'CONTROLS' | 'ACCESS' | 'REVEALS';

export interface RecognizedList {
  readonly shape: ListShape;
  readonly columns: readonly ColumnMapping[];
  /** Columns whose dates may be ends or only reminders. */
  readonly reminderColumns: readonly number[];
  /** Whether a person must confirm the shape, which is a guess. */
  readonly isUnsure: boolean;
}

export interface ListEvidence {
  /** Unique names of the columns. */
  readonly names: readonly string[];
  /** The unchanged headers of the file; empty texts without a header. */
  readonly header: readonly string[];
  readonly profiles: readonly ColumnProfile[];
  /** File name, sheet and preamble. */
  readonly title: string;
  /** The kinds that a person chose; undefined without a decision. */
  readonly kinds: readonly FactKind[] | undefined;
}

type Target = readonly [kind: FactKind, field: string];

const organization: Partial<Record<ConceptName, Target>> = {
  PROVIDER: ['ORGANIZATION', 'name'],
  ALIASES: ['ORGANIZATION', 'aliases'],
  ROLES: ['ORGANIZATION', 'roles'],
  STATUS: ['ORGANIZATION', 'status'],
  WEBSITE: ['ORGANIZATION', 'website'],
  COUNTRY: ['ORGANIZATION', 'country'],
  EMAIL: ['ORGANIZATION', 'contactEmail'],
};
const engagement: Partial<Record<ConceptName, Target>> = {
  ...organization,
  ENGAGEMENT_ID: ['ENGAGEMENT', 'id'],
  SERVICE: ['ENGAGEMENT', 'service'],
  STARTS: ['ENGAGEMENT', 'startsAt'],
  ENDS: ['ENGAGEMENT', 'endsAt'],
  NOTICE_HOURS: ['ENGAGEMENT', 'noticeHours'],
  AUDIT_RIGHT: ['ENGAGEMENT', 'auditRight'],
};

/** The target field of each concept, for each kind of list. A concept without a target is kept as text. */
const targets: Readonly<Record<ListShape, Partial<Record<ConceptName, Target>>>> = {
  ORGANIZATIONS: organization,
  VENDORS: engagement,
  PAIRS: { ...engagement, CLIENT: ['ENGAGEMENT', 'client'] },
  ARTIFACTS: {
    ARTIFACT_ID: ['ARTIFACT', 'id'],
    VENDOR_ID: ['ARTIFACT', 'id'],
    ARTIFACT: ['ARTIFACT', 'name'],
    ARTIFACT_TYPE: ['ARTIFACT', 'type'],
    OWNER: ['ARTIFACT', 'owner'],
    CLIENT: ['ARTIFACT', 'owner'],
    SENSITIVITY: ['ARTIFACT', 'sensitivity'],
    VALUE_LOW: ['ARTIFACT', 'valueLowUsd'],
    VALUE_HIGH: ['ARTIFACT', 'valueHighUsd'],
    MODEL_FAMILY: ['ARTIFACT', 'modelFamily'],
    VERSION: ['ARTIFACT', 'version'],
  },
  TRANSFERS: {
    TRANSFER_ID: ['TRANSFER', 'id'],
    VENDOR_ID: ['TRANSFER', 'id'],
    ARTIFACT_ID: ['TRANSFER', 'artifact'],
    ARTIFACT: ['TRANSFER', 'artifact'],
    SENDER: ['TRANSFER', 'sender'],
    OWNER: ['TRANSFER', 'sender'],
    CLIENT: ['TRANSFER', 'sender'],
    RECIPIENT: ['TRANSFER', 'recipient'],
    PROVIDER: ['TRANSFER', 'recipient'],
    SENT_AT: ['TRANSFER', 'sentAt'],
    STARTS: ['TRANSFER', 'sentAt'],
    PORTION: ['TRANSFER', 'portion'],
    FORM: ['TRANSFER', 'form'],
    DELETION_STATE: ['TRANSFER', 'deletionState'],
    DELETED_AT: ['TRANSFER', 'deletedAt'],
    CHANNEL: ['TRANSFER', 'channel'],
    CONFIDENCE: ['TRANSFER', 'confidence'],
  },
  CONTROLS: {
    PROVIDER: ['CONTROL', 'organization'],
    CONTROL: ['CONTROL', 'control'],
    EVIDENCE: ['CONTROL', 'evidenceType'],
    ISSUED_AT: ['CONTROL', 'issuedAt'],
    STARTS: ['CONTROL', 'issuedAt'],
    EXPIRES_AT: ['CONTROL', 'expiresAt'],
    ENDS: ['CONTROL', 'expiresAt'],
    ISSUER: ['CONTROL', 'issuer'],
  },
  ACCESS: {
    GRANTEE: ['ACCESS', 'grantee'],
    GRANTOR: ['ACCESS', 'grantor'],
    ACCESS_KIND: ['ACCESS', 'kind'],
    STARTS: ['ACCESS', 'validFrom'],
    ENDS: ['ACCESS', 'validUntil'],
  },
  REVEALS: { ARTIFACT: ['REVEALS', 'artifact'], REVEALS: ['REVEALS', 'reveals'], DEGREE: ['REVEALS', 'degree'] },
};

export const kindsOfShape: Readonly<Record<ListShape, readonly FactKind[]>> = {
  PAIRS: ['ORGANIZATION', 'ENGAGEMENT'],
  VENDORS: ['ORGANIZATION', 'ENGAGEMENT'],
  ORGANIZATIONS: ['ORGANIZATION'],
  ARTIFACTS: ['ARTIFACT'],
  TRANSFERS: ['TRANSFER'],
  CONTROLS: ['CONTROL'],
  ACCESS: ['ACCESS'],
  REVEALS: ['REVEALS'],
};

export const noRows = 'The table has no rows.';

/**
 * Recognizes the kind of a list and the meaning of its columns, from guesses about each column.
 *
 * @returns a sentence if the table is not a readable inventory
 */
export function recognizeList(evidence: ListEvidence): RecognizedList | string {
  const guesses = evidence.header.map((header, index) => recognizeColumn(header, evidence.profiles[index] as ColumnProfile));
  const columns = new ConceptColumns(guesses, evidence);
  const chosen = evidence.kinds === undefined ? columns.chooseShape() : { shape: columns.shapeOf(evidence.kinds), isUnsure: false };
  if (typeof chosen === 'string') return chosen;
  const { shape, isUnsure } = chosen;
  columns.prepare(shape);
  return { shape, isUnsure, ...mapColumns(columns, guesses, evidence, shape) };
}

/** Columns that a list of bought products or of vendors has beside their names. */
const signsOfVendors: readonly ConceptName[] =
  'SERVICE|STARTS|ENDS|RENEWS|COUNTRY|WEBSITE|EMAIL|STATUS|OWNER|SENSITIVITY|VENDOR_ID|TAX_ID|ENGAGEMENT_ID'.split('|') as ConceptName[];

/** The likeliest column for each concept. */
class ConceptColumns {
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

/** The share of a column's distinct values that can be read as a field. */
function shareRead(kind: FactKind, field: string, { distinct }: ColumnProfile): number {
  const spec = factFields[kind].find(({ name }) => name === field) as (typeof factFields)[FactKind][number];
  const values = [...distinct.keys()];
  return values.length === 0 ? 1 : values.filter((value) => readValue(spec, value, null) !== unreadable).length / values.length;
}

/** Whether a column of statuses or roles holds other words: the state of an address, the status of an invoice. */
function isWordless(kind: FactKind, field: string, profile: ColumnProfile): boolean {
  return kind === 'ORGANIZATION' && (field === 'status' || field === 'roles') && shareRead(kind, field, profile) < 0.2;
}

function isRepeated({ hasMoreValues, distinct, filled }: ColumnProfile, most: number): boolean {
  return !hasMoreValues && distinct.size < filled * most;
}

function mapColumns(
  columns: ConceptColumns,
  guesses: readonly (readonly ColumnGuess[])[],
  { names, profiles }: ListEvidence,
  shape: ListShape,
): { columns: ColumnMapping[]; reminderColumns: number[] } {
  const reminderColumns: number[] = [];
  const taken = new Set<string>();
  const ofShape = targets[shape];
  const keepsText =
    factFields[kindsOfShape[shape].at(-1) as FactKind].some(({ type }) => type === 'attributes') ||
    kindsOfShape[shape].includes('ORGANIZATION');
  const mapped = names.map((column, index): ColumnMapping => {
    const base = { index, column, kind: null, field: null, control: null, dateOrder: null };
    const [first] = guesses[index] as readonly ColumnGuess[];
    const profile = profiles[index] as ColumnProfile;
    if (first?.what === 'private' || first?.what === 'empty') return { ...base, use: 'IGNORED', confidence: 0.9, because: first.because };
    if (first?.what === 'control' && kindsOfShape[shape].includes('ORGANIZATION')) {
      return { ...base, use: 'CONTROL', kind: 'CONTROL', control: first.control, confidence: first.confidence, because: first.because };
    }
    const own = columns.conceptsAt(index);
    // The order of the table of targets decides between two concepts of one column.
    const concept = (Object.keys(ofShape) as ConceptName[]).find(
      (name) => own.includes(name) && !taken.has((ofShape[name] as Target).join('.')),
    );
    if (concept !== undefined) {
      const [kind, field] = ofShape[concept] as Target;
      const guess = findGuess(guesses[index] as readonly ColumnGuess[], concept, kind, field);
      const because = guess?.because ?? explainMove(concept, own.includes('CLIENT'), guesses[index] as readonly ColumnGuess[]);
      if (isWordless(kind, field, profile)) return keep(base, keepsText, `few cells of "${column}" are a ${field} that is known`);
      const isId = field === 'id';
      if (isId && !profile.isUnique) return keep(base, keepsText, `"${column}" repeats, so it tells no two rows apart`);
      taken.add(`${kind}.${field}`);
      return {
        ...base,
        use: 'FIELD',
        kind,
        field,
        confidence: guess?.confidence ?? 0.6,
        because,
      };
    }
    if (own.includes('RENEWS') && ofShape.ENDS !== undefined) {
      reminderColumns.push(index);
      return keep(base, keepsText, `"${column}" may be an end or a reminder`);
    }
    if (own.includes('VENDOR_ID') && kindsOfShape[shape].includes('ORGANIZATION')) {
      return {
        ...base,
        use: 'ATTRIBUTE',
        kind: 'ORGANIZATION',
        field: 'id',
        confidence: 0.8,
        because: "the list's own number: kept as text, and found by tables that refer to it",
      };
    }
    if (own.includes('TAX_ID') && kindsOfShape[shape].includes('ORGANIZATION')) {
      return {
        ...base,
        use: 'ATTRIBUTE',
        kind: 'ORGANIZATION',
        field: 'taxId',
        confidence: 0.8,
        because: 'kept as text, and compared where two names may be one company',
      };
    }
    const known = (guesses[index] as readonly ColumnGuess[]).find((one) => one.what === 'concept');
    if (known === undefined) return keep(base, keepsText, 'no field fits its header');
    if (profile.filled === 0) return keep(base, keepsText, 'the column is empty');
    const { kind, field } = concepts[known.concept];
    const other = columns.findOther(index, ofShape, ofShape[known.concept] ?? [kind, field]);
    const why = other === undefined ? 'no field of this kind of list fits its header' : `"${names[other]}" has this meaning already`;
    return keep(base, keepsText, why);
  });
  return { columns: mapped, reminderColumns };
}

/** The guess behind a mapped concept: its own, else that of another concept for the same field, such as a plain "name". */
function findGuess(guesses: readonly ColumnGuess[], concept: ConceptName, kind: FactKind, field: string) {
  const named = guesses.filter((one) => one.what === 'concept');
  return (
    named.find((one) => one.concept === concept) ??
    named.find((one) => concepts[one.concept].kind === kind && concepts[one.concept].field === field)
  );
}

function explainMove(concept: ConceptName, isClient: boolean, guesses: readonly ColumnGuess[]): string {
  if (isClient) return 'the same names again and again, beside the providers';
  const means = (concept: ConceptName) => guesses.some((one) => one.what === 'concept' && one.concept === concept);
  if (means('PRODUCT') && concept === 'SERVICE') return 'the product that the vendor provides';
  const isCode = means('VENDOR_ID');
  return isCode ? 'no column names the organizations, only these codes do' : 'its cells read like names';
}

function keep(base: Omit<ColumnMapping, 'use' | 'confidence' | 'because'>, keepsText: boolean, why: string): ColumnMapping {
  return keepsText
    ? { ...base, use: 'ATTRIBUTE', confidence: 0.5, because: `${why}: kept as text` }
    : { ...base, use: 'IGNORED', confidence: 0.5, because: `${why}, and these facts keep no text: left out` };
}
