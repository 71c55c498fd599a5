import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import type { ConceptName } from '../column-synonyms.ts';
import { namesOrganization } from '../propose-client.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import type { ListEvidence } from './list-evidence.ts';
import { isRepeated } from './list-evidence.ts';
import type { Target } from './list-shapes.ts';
import type { ColumnGuess } from './recognize-columns.ts';

/** The least share of different texts in a column of names that no header names. */
const leastDistinct = 0.3;

/** "Jane Roe", "Roe, Jane", "Dr. Roe": two or three words, none of which names an organization. */
function isPerson(text: string): boolean {
  if (/^(mr|ms|mrs|dr|prof|frau|herr|mme|m|sr|sra)\.?\s/i.test(text) || /^[^@\s]+@\S+$/.test(text)) return true;
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  return words.length > 1 && words.length < 4 && words.every((word) => /^\p{Lu}[\p{Ll}'’-]+$/u.test(word)) && !namesOrganization(words);
}

/** The confidence in a column that only its cells name. */
const byCells = 0.5;

/** The likeliest column for each concept. */
export class ConceptColumns {
  readonly #best = new Map<ConceptName, { index: number; confidence: number }>();
  readonly #profiles: readonly ColumnProfile[];
  /** Whether only a header such as "Subprocessor" names the providers. */
  #isSubAlone = false;
  /** Whether a column holds evidence of a security control. */
  readonly hasControls: boolean;

  constructor(guesses: readonly (readonly ColumnGuess[])[], evidence: ListEvidence) {
    const { profiles } = evidence;
    this.#profiles = profiles;
    this.hasControls = guesses.some((list) => list[0]?.what === 'control');
    for (const [index, list] of guesses.entries()) {
      if ((profiles[index] as ColumnProfile).filled === 0) continue;
      for (const guess of list) {
        if (guess.what !== 'concept') continue;
        const earlier = this.#best.get(guess.concept);
        if (earlier === undefined || guess.confidence > earlier.confidence)
          this.#best.set(guess.concept, { index, confidence: guess.confidence });
      }
    }
    this.#tellCodesApart();
    this.#tellProvidersApart(guesses);
    this.#leaveOutOthers(evidence);
  }

  /** Codes such as "V-1" under "Vendor" are the list's own numbers where another column has the names. */
  #tellCodesApart(): void {
    const index = this.of('PROVIDER');
    if (index === undefined || !this.has('NAME') || this.of('NAME') === index || this.has('VENDOR_ID')) return;
    if ((this.#profiles[index] as ColumnProfile).share('code') >= 0.6) this.move('PROVIDER', 'VENDOR_ID');
  }

  /** Beside "Subcontractor", another column names the providers. A lonely one names the providers itself. */
  #tellProvidersApart(guesses: readonly (readonly ColumnGuess[])[]): void {
    const sub = this.of('SUBPROVIDER');
    if (sub === undefined) return;
    for (const [index, list] of guesses.entries()) {
      const guess = list.find((one) => one.what === 'concept' && one.concept === 'PROVIDER');
      if (index === sub || guess?.what !== 'concept' || (this.#profiles[index] as ColumnProfile).filled === 0) continue;
      this.#best.set('PROVIDER', { index, confidence: guess.confidence });
      return;
    }
    this.remove('SUBPROVIDER');
    this.#isSubAlone = true;
  }

  /** A buyer may be a person, and "used by" may name components such as "api": neither is a client. */
  #leaveOutOthers({ header }: ListEvidence): void {
    const index = this.of('CLIENT');
    if (index === undefined) return;
    const plain = toPlainHeader(header[index] as string);
    const { distinct } = this.#profiles[index] as ColumnProfile;
    if (plain === 'used by' && [...distinct.keys()].every((text) => text === text.toLowerCase())) this.remove('CLIENT');
    if (!/^(buyer|buyer name|purchaser|acheteur|comprador)$/.test(plain)) return;
    const persons = [...distinct.keys()].filter((text) => isPerson(text)).length;
    if (persons * 2 > distinct.size) this.remove('CLIENT');
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

  remove(name: ConceptName): void {
    this.#best.delete(name);
  }

  /** Gives a concept to a column that no header names. */
  place(name: ConceptName, index: number): void {
    this.#best.set(name, { index, confidence: byCells });
  }

  /** Whether "Company" beside "Subprocessor" means the clients: repeated companies are clients, not other names of providers. */
  isNameTheClient(): boolean {
    const [name, provider] = [this.of('NAME'), this.of('PROVIDER')];
    if (name === undefined || provider === undefined) return false;
    // Before "Subprocessor", a company that stands once is a client too.
    if (this.#isSubAlone && name < provider) return true;
    return isRepeated(this.#profiles[name] as ColumnProfile, 0.7);
  }

  /** Whether each row names a provider and whom it engages: then the providers repeat, and are the clients. */
  isProviderTheClient(): boolean {
    return this.has('SUBPROVIDER') && isRepeated(this.#profiles[this.of('PROVIDER') as number] as ColumnProfile, 0.7);
  }

  /**
   * The first column after `after` with names and no concept: short texts that are not dates, numbers, links or countries.
   * @param areDistinct whether each row names another one, as in a list of vendors: codes such as "auction" repeat more often
   */
  findNameColumn(after = -1, areDistinct = false): number | undefined {
    const isName = (profile: ColumnProfile, index: number) =>
      index > after &&
      profile.filled > 0 &&
      profile.longest <= 300 &&
      (['date', 'email', 'website', 'country', 'number', 'sentence', 'code'] as const).every((form) => profile.share(form) < 0.5) &&
      this.conceptsAt(index).length === 0 &&
      (profile.distinct.size > 3 || profile.filled <= 6) &&
      (!areDistinct || profile.filled <= 6 || profile.hasMoreValues || profile.distinct.size >= profile.filled * leastDistinct);
    const index = this.#profiles.findIndex(isName);
    return index < 0 ? undefined : index;
  }
}
