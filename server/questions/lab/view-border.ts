import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactValue, RecordedFact } from '../../domain/assertions.ts';
import { areValuesEqual } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { factKinds, organizationRoles, splitPairKey } from '../../domain/facts.ts';
import { rowOf } from '../../projection/csr.ts';
import { isInView, withoutNames } from '../../projection/lab-view/lab-facts.ts';
import { termsOfFact } from '../../projection/lab-view/lab-view.ts';
import { createNamingTest } from '../../rules/naming-text.ts';
import type { ChangedFact, ChangedPage, ChangeReader } from '../../store/fact-store.ts';
import { MergedFacts, mergedIntoOf, namedOrganizations } from '../../store/merges/merged-facts.ts';
import { readStatedMerges } from '../../store/merges/read-meanings.ts';
import type { FactsToTell, KeyBatch, ToldFacts } from './told-facts.ts';
import { flaggedOf, idsOf, inBatches, keysOf } from './told-facts.ts';

type StatedMerges = Awaited<ReturnType<typeof readStatedMerges>>;

/** What an event did to a view. DOUBT: it changed what decides the view, so the views before and after it are to be compared. */
export type Touch = 'NONE' | 'CHANGED' | 'DOUBT';

/** Terms that an event took from, or added to, those that name a hidden lab. */
interface ChangedTerms {
  readonly revision: number;
  readonly terms: readonly string[];
}

/** What the pages so far say of an event. */
interface Event {
  readonly revision: number;
  isChanged: boolean;
  isDoubtful: boolean;
  isMeaningChanged: boolean;
  readonly terms: Set<string>;
}

const termsAtOnce = 500;
/** Batches of keys that are looked at before the event loop gets a turn. */
const batchesATurn = 20;

const [roles, owner, artifact, client, provider, grantee, grantor, sender, recipient] = [
  fieldIndex('ORGANIZATION', 'roles'),
  fieldIndex('ARTIFACT', 'owner'),
  fieldIndex('TRANSFER', 'artifact'),
  fieldIndex('ENGAGEMENT', 'client'),
  fieldIndex('ENGAGEMENT', 'provider'),
  fieldIndex('ACCESS', 'grantee'),
  fieldIndex('ACCESS', 'grantor'),
  fieldIndex('TRANSFER', 'sender'),
  fieldIndex('TRANSFER', 'recipient'),
] as const;

const labBit = 1 << organizationRoles.indexOf('LAB');
const isLab = (fact: RecordedFact) => (fact.values[roles] as readonly string[]).includes('LAB');

/**
 * Tells of events, the latest first, whether they touched a view (semantics §10), without building the view before each.
 *
 * A fact is told if one of a few rules derives it from the labs and from other told facts. All the facts that a rule looks at are named by
 * fields that are told as they are. So, as long as the labs, the hidden labs, their names and the merges stay the same, an event changes the
 * view if and only if a fact that it changed, taken as it was before, is told otherwise by the told facts of now:
 *
 * 1. A told fact that the event created was not there before: CHANGED, whatever else the event did.
 * 2. Any other changed fact is told, or not, of the told facts. If it reads otherwise before than after: CHANGED.
 * 3. What decides the view may have changed. Terms of hidden labs are compared with all texts that the view tells or has withheld, those of
 *    many events at once; the rest is looked at fact by fact. If in doubt: DOUBT.
 *
 * Complexity: O(1) for each created fact, O(log facts) for any other change; O(facts near the view) once for some hundred changed terms.
 */
export class ViewBorder {
  readonly #told: ToldFacts;
  readonly #bound: readonly string[];
  /** The keys of the told facts. */
  readonly #keys: ReadonlyMap<FactKind, ReadonlySet<string>>;
  /** The clients of told engagements are among these: the labs, and the providers of told engagements. */
  readonly #below: ReadonlySet<string>;
  /** The organizations that are a party to a transfer of the labs' artifacts. */
  readonly #parties: ReadonlySet<string>;
  /** Transfers of the labs' artifacts that are not told, with their ends. */
  readonly #withheld: Map<string, readonly string[]>;
  /** The organizations that changed role, appeared or disappeared after the event: whether they were labs before it. */
  readonly #labs = new Map<string, boolean>();
  /** As stated. */
  readonly #merged: Map<string, RecordedFact>;
  readonly #ids: Set<string>;
  #meanings: MergedFacts;
  /** Texts and organizations of facts that were near the view before an event. */
  readonly #formerTexts = new Set<string>();
  readonly #formerEnds = new Set<string>();
  #texts: readonly string[] | undefined;
  #ends: ReadonlySet<string> | undefined;
  #terms: ChangedTerms[] = [];
  #termCount = 0;
  #event: Event | undefined;

  private constructor(told: ToldFacts, bound: readonly string[], keys: ReadonlyMap<FactKind, ReadonlySet<string>>, stated: StatedMerges) {
    this.#told = told;
    this.#bound = bound;
    this.#keys = keys;
    this.#merged = new Map(stated.merged.map((fact) => [fact.key, fact]));
    this.#ids = stated.ids;
    this.#meanings = this.#resolveMerges();
    const { whole, view, labs } = told;
    const { organizations, engagements, transfers } = whole;
    this.#below = new Set([
      ...labs,
      ...idsOf(
        organizations,
        Array.from(flaggedOf(view.engagements), (index) => engagements.provider[index] as number),
      ),
    ]);
    const parties = new Set<number>();
    this.#withheld = new Map();
    for (const index of this.#ownTransfers()) {
      const ends = [transfers.sender[index] as number, transfers.recipient[index] as number];
      for (const end of ends) parties.add(end);
      if (view.transfers[index] !== 1) this.#withheld.set(transfers.id.get(index), [...idsOf(organizations, ends)]);
    }
    this.#parties = new Set(idsOf(organizations, parties));
  }

  /** @param bound the ids to which somebody is bound. Complexity: O(organizations + facts of the view). The event loop gets its turns. */
  static async open(said: ChangeReader, told: ToldFacts, bound: readonly string[]): Promise<ViewBorder> {
    const keys = new Map<FactKind, Set<string>>(factKinds.map((kind) => [kind, new Set()]));
    let count = 0;
    for (const batch of keysOf(told)) {
      const ofKind = keys.get(batch.kind) as Set<string>;
      for (const key of batch.keys) if (batch.kind !== 'CONTROL' || !told.view.isNaming(splitPairKey(key)[1])) ofKind.add(key);
      if (++count % batchesATurn === 0) await nextTurn();
    }
    return new ViewBorder(told, bound, keys, await readStatedMerges(said, { revision: told.whole.revision }));
  }

  /** Takes a page of an event. Pages come as `readChangesBack` gives them. Returns whether the event is known to have changed the view. */
  take({ revision, kind, facts }: ChangedPage): boolean {
    this.#event ??= { revision, isChanged: false, isDoubtful: false, isMeaningChanged: false, terms: new Set() };
    const told = this.#keys.get(kind) as ReadonlySet<string>;
    for (const fact of facts) {
      const isCreated = fact.isCreated || fact.before === undefined;
      if (isCreated && told.has(fact.key) && !this.#isMergedKey(kind, fact.key)) return true;
      if (kind === 'ORGANIZATION' || kind === 'ARTIFACT') this.#compareTerms(kind, fact as ChangedFact & { isCreated: false });
      this.#compare(kind, fact);
    }
    return false;
  }

  /** What the event did whose pages were taken. Call it after the last. Terms that changed are compared later, by `findNaming`. */
  endEvent(): Touch {
    const event = this.#event;
    this.#event = undefined;
    if (event === undefined) return 'NONE';
    const { revision, isChanged, isDoubtful, isMeaningChanged, terms } = event;
    if (isMeaningChanged && this.#changeMeanings()) return 'DOUBT';
    if (isDoubtful) return 'DOUBT';
    if (terms.size > 0) {
      this.#terms.push({ revision, terms: [...terms] });
      this.#termCount += terms.size;
    }
    return isChanged ? 'CHANGED' : 'NONE';
  }

  /** Whether terms wait for a comparison, and so many that it is worth it. */
  get hasTerms(): boolean {
    return this.#terms.length > 0;
  }

  get hasManyTerms(): boolean {
    return this.#termCount >= termsAtOnce;
  }

  /** The latest of the events so far whose changed terms name a text of the view, told or withheld; undefined: none does. */
  async findNaming(facts: FactsToTell): Promise<number | undefined> {
    const changed = this.#terms;
    this.#terms = [];
    this.#termCount = 0;
    if (changed.length === 0) return undefined;
    const isNaming = createNamingTest(changed.flatMap(({ terms }) => terms));
    this.#texts ??= await this.#readTexts(facts);
    const named: string[] = [];
    for (const texts of [this.#texts, this.#formerTexts]) {
      let count = 0;
      for (const text of texts) {
        if (isNaming(text)) named.push(text);
        if (++count % 2000 === 0) await nextTurn();
      }
    }
    if (named.length === 0) return undefined;
    return changed.find(({ terms }) => named.some(createNamingTest(terms)))?.revision;
  }

  /** Compares how a changed fact is told before and after. */
  #compare(kind: FactKind, fact: ChangedFact): void {
    const event = this.#event as Event;
    if (kind === 'TRANSFER' && this.#isPartyAlone(this.#withheld.get(fact.key))) event.isDoubtful = true;
    if (kind === 'CONTROL' && this.#isMergedKey(kind, fact.key)) {
      if (this.#isTold('ORGANIZATION', this.#meanings.rootOf(splitPairKey(fact.key)[0]))) event.isDoubtful = true;
      return;
    }
    if (fact.isCreated) return;
    if (kind === 'ORGANIZATION' && this.#noteOrganization(fact)) return;
    const before = fact.before && this.#resolve(fact.before);
    const after = fact.after && this.#resolve(fact.after);
    const isTold = this.#keys.get(kind)?.has(fact.key) === true;
    const wasNear = before !== undefined && this.#isNear(before);
    const formBefore = before !== undefined && wasNear && this.#isDerived(before) ? this.#formOf(before) : undefined;
    const formAfter = isTold && after !== undefined ? this.#formOf(after) : undefined;
    if (formBefore !== formAfter) event.isChanged = true;
    else if (kind === 'ARTIFACT' && this.#isOwnChanged(before, after)) event.isDoubtful = true;
    if (kind === 'TRANSFER') this.#withheld.delete(fact.key);
    if (before === undefined || !wasNear) return;
    for (const text of textsOf(before)) this.#formerTexts.add(text);
    for (const end of namedOrganizations(before)) this.#formerEnds.add(end);
    if (kind !== 'TRANSFER' || formAfter !== undefined) return;
    const ends = [before.values[sender] as string, before.values[recipient] as string];
    if (formBefore === undefined && this.#isPartyAlone(ends)) event.isDoubtful = true;
    this.#withheld.set(fact.key, ends);
  }

  /** Whether a withheld transfer with these ends may be what lets the view name another lab. */
  #isPartyAlone(ends: readonly string[] | undefined): boolean {
    return ends?.some((end) => this.#isOtherLab(end)) === true;
  }

  /** Whether an artifact of the labs reads otherwise than before, though it is told alike: it may have changed hands, or its name. */
  #isOwnChanged(before: RecordedFact | undefined, after: RecordedFact | undefined): boolean {
    if (![before, after].some((one) => one !== undefined && this.#isNear(one))) return false;
    return before === undefined || after === undefined || !areValuesEqual(before.values, after.values);
  }

  /** Notes what an organization was before the event. Returns whether the rest of the comparison says nothing, because others are merged with it. */
  #noteOrganization({ key, before, after }: ChangedFact & { isCreated: false }): boolean {
    const event = this.#event as Event;
    const [was, is] = [before !== undefined, after !== undefined];
    if (was !== is && this.#bound.includes(key)) event.isDoubtful = true;
    const isMerged = this.#merged.has(key) || this.#isMergedKey('ORGANIZATION', key);
    if (isMerged || (before !== undefined && mergedIntoOf(before) !== null)) {
      event.isMeaningChanged = true;
      const root = this.#meanings.rootOf(key);
      if (
        this.#isTold('ORGANIZATION', root) ||
        this.#isOtherLab(root) ||
        (before !== undefined && isLab(before)) ||
        (after !== undefined && isLab(after))
      )
        event.isDoubtful = true;
    }
    if (!was) this.#ids.delete(key);
    else this.#ids.add(key);
    if (before !== undefined && mergedIntoOf(before) !== null) this.#merged.set(key, before);
    else this.#merged.delete(key);
    // A merge into an organization that is not there yet has no effect.
    if (was !== is && this.#merged.size > 0) event.isMeaningChanged = true;
    this.#labs.set(key, before !== undefined && isLab(before));
    return isMerged;
  }

  /** Terms of a hidden lab, before and after. The parties stay the same, or the event is in doubt. */
  #compareTerms(kind: FactKind, { before, after }: ChangedFact & { isCreated: false }): void {
    const [was, is] = [before, after].map((fact) => new Set(fact !== undefined && this.#isOfHidden(kind, fact) ? termsOfFact(fact) : []));
    for (const [some, others] of [
      [was, is],
      [is, was],
    ]) {
      for (const term of some as Set<string>) if (!(others as Set<string>).has(term)) this.#event?.terms.add(term);
    }
  }

  #isOfHidden(kind: FactKind, fact: RecordedFact): boolean {
    const lab = kind === 'ORGANIZATION' ? fact.key : this.#meanings.rootOf(fact.values[owner] as string);
    if (this.#told.labs.includes(lab) || this.#parties.has(lab)) return false;
    return kind !== 'ORGANIZATION' || isLab(fact);
  }

  /** Whether an organization is a lab, and none of those whose view this is. */
  #isOtherLab(id: string): boolean {
    if (this.#told.labs.includes(id)) return false;
    const known = this.#labs.get(id);
    if (known !== undefined) return known;
    const { organizations } = this.#told.whole;
    const index = organizations.id.find(id);
    return index >= 0 && ((organizations.roles[index] as number) & labBit) !== 0;
  }

  /** With merges applied; undefined: hidden by them. */
  #resolve(fact: RecordedFact): RecordedFact | undefined {
    return fact.kind === 'ORGANIZATION' || this.#meanings.isEmpty ? fact : this.#meanings.resolve(fact);
  }

  /** Whether the key names, or is, an organization that is merged with others. Such a key may stand for several stated facts. */
  #isMergedKey(kind: FactKind, key: string): boolean {
    if (this.#meanings.isEmpty || (kind !== 'ORGANIZATION' && kind !== 'CONTROL')) return false;
    const organization = kind === 'CONTROL' ? splitPairKey(key)[0] : key;
    return this.#meanings.roots.has(organization) || this.#meanings.idsOf(organization).length > 1;
  }

  /** Whether a fact is told, or would be but for a name or a hidden lab. */
  #isNear({ kind, key, values }: RecordedFact): boolean {
    switch (kind) {
      case 'ORGANIZATION':
        return this.#isTold('ORGANIZATION', key);
      case 'ARTIFACT':
        return this.#told.labs.includes(values[owner] as string);
      case 'TRANSFER':
        return this.#isOwnArtifact(values[artifact] as string);
      case 'ENGAGEMENT':
        return this.#below.has(values[client] as string);
      case 'ACCESS':
        return this.#isTold('ORGANIZATION', values[grantor] as string);
      case 'REVEALS':
        return values.slice(0, 2).every((one) => this.#isTold('ARTIFACT', one as string));
      case 'CONTROL':
        return this.#isTold('ORGANIZATION', values[0] as string);
      default:
        return kind satisfies never;
    }
  }

  /** Whether the told facts lead to a fact near the view: rule by rule as `selectLabView`. */
  #isDerived({ kind, key, values }: RecordedFact): boolean {
    const { isNaming } = this.#told.view;
    switch (kind) {
      case 'ORGANIZATION':
      case 'REVEALS':
        return true;
      case 'ARTIFACT':
        return !isNaming(key);
      case 'TRANSFER':
        return (
          this.#isTold('ARTIFACT', values[artifact] as string) &&
          !isNaming(key) &&
          [sender, recipient].every((end) => this.#mayTell(values[end] as string))
        );
      case 'ENGAGEMENT':
        return !isNaming(key) && this.#mayTell(values[provider] as string);
      case 'ACCESS':
        return !isNaming(key) && this.#mayTell(values[grantee] as string);
      case 'CONTROL':
        return !isNaming(values[1] as string);
      default:
        return kind satisfies never;
    }
  }

  #mayTell(organization: string): boolean {
    if (this.#told.labs.includes(organization)) return true;
    if (this.#isOtherLab(organization) && !this.#parties.has(organization)) return false;
    return !this.#told.view.isNaming(organization);
  }

  #isTold(kind: 'ORGANIZATION' | 'ARTIFACT', id: string): boolean {
    return isInView(this.#told.whole, this.#told.view, kind, id);
  }

  /** Whether an artifact is one of the labs', told or not. One that changes hands, or appears, is in doubt or CHANGED. */
  #isOwnArtifact(id: string): boolean {
    const { artifacts, organizations } = this.#told.whole;
    const index = artifacts.id.find(id);
    return index >= 0 && this.#told.labs.includes(organizations.id.get(artifacts.owner[index] as number));
  }

  #formOf(fact: RecordedFact): string {
    const { key, values, provenance } = withoutNames(this.#told.whole, this.#told.view, fact);
    return JSON.stringify([key, values, provenance]);
  }

  #resolveMerges(): MergedFacts {
    return new MergedFacts([...this.#merged.values()], (id) => this.#ids.has(id));
  }

  /** Goes to the merges before the event. Returns whether they give an organization at the view's border another meaning. */
  #changeMeanings(): boolean {
    const now = this.#meanings.roots;
    this.#meanings = this.#resolveMerges();
    const before = this.#meanings.roots;
    const moved = [...new Set([...now.keys(), ...before.keys()])].filter((id) => now.get(id) !== before.get(id));
    if (moved.length === 0) return false;
    this.#ends ??= this.#findEnds();
    const isAtBorder = (id: string | undefined) =>
      id !== undefined &&
      (this.#bound.includes(id) ||
        this.#isTold('ORGANIZATION', id) ||
        this.#isOtherLab(id) ||
        this.#ends?.has(id) === true ||
        this.#formerEnds.has(id));
    return moved.some((id) => [id, now.get(id), before.get(id)].some(isAtBorder));
  }

  *#ownArtifacts(): Generator<number> {
    const { organizations } = this.#told.whole;
    for (const lab of this.#told.labs) yield* rowOf(organizations.artifacts, organizations.id.find(lab));
  }

  *#ownTransfers(): Generator<number> {
    const { artifacts } = this.#told.whole;
    for (const index of this.#ownArtifacts()) yield* rowOf(artifacts.transfers, index);
  }

  *#engagementsBelow(): Generator<number> {
    const { organizations } = this.#told.whole;
    for (const id of this.#below) yield* rowOf(organizations.engagementsAsClient, organizations.id.find(id));
  }

  *#accessGranted(): Generator<number> {
    const { whole, view } = this.#told;
    for (const index of flaggedOf(view.organizations)) yield* rowOf(whole.organizations.accessGranted, index);
  }

  /** The facts near the view: told, or withheld because of a name or a hidden lab. */
  *#nearKeys(): Generator<KeyBatch> {
    const { artifacts, engagements, transfers, access } = this.#told.whole;
    for (const batch of keysOf(this.#told)) if (['ORGANIZATION', 'REVEALS', 'CONTROL'].includes(batch.kind)) yield batch;
    yield* inBatches('ARTIFACT', idsOf(artifacts, this.#ownArtifacts()));
    yield* inBatches('TRANSFER', idsOf(transfers, this.#ownTransfers()));
    yield* inBatches('ENGAGEMENT', idsOf(engagements, this.#engagementsBelow()));
    yield* inBatches('ACCESS', idsOf(access, this.#accessGranted()));
  }

  /** The other organizations that facts near the view name. */
  #findEnds(): Set<string> {
    const { organizations, engagements, transfers, access } = this.#told.whole;
    const ends = new Set<number>();
    for (const index of this.#ownTransfers()) ends.add(transfers.sender[index] as number).add(transfers.recipient[index] as number);
    for (const index of this.#engagementsBelow()) ends.add(engagements.provider[index] as number);
    for (const index of this.#accessGranted()) ends.add(access.grantee[index] as number);
    return new Set(idsOf(organizations, ends));
  }

  /** All texts that decide what of the facts near the view is told. */
  async #readTexts(store: FactsToTell): Promise<string[]> {
    const texts = new Set<string>();
    for (const [id, root] of this.#meanings.roots) if (this.#isTold('ORGANIZATION', root)) texts.add(id);
    for (const { kind, keys } of this.#nearKeys()) {
      const facts = await store.readFactsByKey(kind, keys, { revision: this.#told.whole.revision });
      for (const fact of facts) for (const text of textsOf(fact)) texts.add(text);
      await nextTurn();
    }
    return [...texts];
  }
}

/** The texts of a fact, the ids that it names, and its source. */
function* textsOf({ kind, values, provenance }: RecordedFact): Generator<string> {
  for (const [i, spec] of factFields[kind].entries()) {
    const value = values[i] as FactValue;
    if (value === null || spec.isInternal === true) continue;
    if (spec.type === 'text' || spec.type === 'reference') yield value as string;
    else if (spec.type === 'texts') yield* value as readonly string[];
    else if (spec.type === 'attributes') for (const attribute of value as readonly Attribute[]) yield* [attribute.name, attribute.value];
  }
  if (provenance.source !== null) yield provenance.source;
}
