import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactValue, RecordedFact } from '../../domain/assertions.ts';
import { areValuesEqual } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { factKinds, labBit, splitPairKey } from '../../domain/facts.ts';
import { isInView, isVisible, termsOfFact, withoutNames } from '../../projection/lab-view.ts';
import { rowOf } from '../../projection/projection.ts';
import { createNamingTest } from '../../rules/naming-text.ts';
import type { ChangedFact, ChangedPage, ChangeReader } from '../../store/fact-store.ts';
import { MergedFacts, mergedIntoOf } from '../../store/merges/merged-facts.ts';
import type { KeyBatch, MergedFactReader, VisibleFacts } from './visible-facts.ts';
import { flaggedOf, idsOf, inBatches, keysOf } from './visible-facts.ts';

interface StatedMerges {
  /** The organizations with a stated `mergedInto`. */
  readonly merged: readonly RecordedFact[];
  /** The ids of all organizations. */
  readonly ids: Set<string>;
}

/** The effect of an event on a view. DOUBT: it changed what decides the view, so the views before and after it are to be compared. */
export type Touch = 'NONE' | 'CHANGED' | 'DOUBT';

/** Where a fact stands to a view: in it, kept out of it only because of a name or a hidden lab, or out of its reach. */
type Standing = 'VISIBLE' | 'WITHHELD' | 'FAR';

/** Terms that an event took from, or added to, those that name a hidden lab. */
interface ChangedTerms {
  readonly revision: number;
  readonly terms: readonly string[];
}

/** An event, as the pages so far tell it. */
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

const isLab = (fact: RecordedFact) => (fact.values[roles] as readonly string[]).includes('LAB');

/**
 * Finds which events changed a view (semantics §10), the latest event first, without building the view before each event.
 *
 * A fact is visible if one of a few rules derives it from the labs and from other visible facts. Each rule follows fields that the view shows
 * unchanged. Assume that the labs, the hidden labs, their names and the merges stay the same. Then an event changes the view if and only if
 * the visible facts of now derive another form of a changed fact before the event than after it:
 *
 * 1. The event created a visible fact: CHANGED, whatever else the event did.
 * 2. Any other changed fact is compared before and after, as the view shows it. If the two forms differ: CHANGED.
 * 3. The event may have changed what decides the view. The terms of hidden labs, of many events at once, are compared with all visible and
 *    withheld texts; everything else is compared fact by fact. If in doubt: DOUBT.
 *
 * Complexity: O(1) for each created fact, O(log facts) for any other change; O(facts near the view) once for some hundred changed terms.
 */
export class ViewBorder {
  readonly #visible: VisibleFacts;
  readonly #bound: readonly string[];
  /** The keys of the visible facts. */
  readonly #keys: ReadonlyMap<FactKind, ReadonlySet<string>>;
  /** The labs and the providers of visible engagements. Every client of a visible engagement is one of them. */
  readonly #below: ReadonlySet<string>;
  /** The organizations that are a party to a transfer of the labs' artifacts. */
  readonly #parties: ReadonlySet<string>;
  /** Hidden transfers of the labs' artifacts, with their ends. */
  readonly #withheld: Map<string, readonly string[]>;
  /** The organizations that changed role, appeared or disappeared after the event: whether they were labs before it. */
  readonly #labs = new Map<string, boolean>();
  /** As stated. */
  readonly #merged: Map<string, RecordedFact>;
  readonly #ids: Set<string>;
  #meanings: MergedFacts;
  /** Texts of facts that were near the view before an event. */
  readonly #formerTexts = new Set<string>();
  #texts: readonly string[] | undefined;
  #terms: ChangedTerms[] = [];
  #termCount = 0;
  #event: Event | undefined;

  private constructor(
    visible: VisibleFacts,
    bound: readonly string[],
    keys: ReadonlyMap<FactKind, ReadonlySet<string>>,
    stated: StatedMerges,
  ) {
    this.#visible = visible;
    this.#bound = bound;
    this.#keys = keys;
    this.#merged = new Map(stated.merged.map((fact) => [fact.key, fact]));
    this.#ids = stated.ids;
    this.#meanings = this.#resolveMerges();
    const { whole, view, labs } = visible;
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
      const ends = [transfers.sender.at(index), transfers.recipient.at(index)];
      for (const end of ends) parties.add(end);
      if (view.transfers[index] !== 1) this.#withheld.set(transfers.id.get(index), [...idsOf(organizations, ends)]);
    }
    this.#parties = new Set(idsOf(organizations, parties));
  }

  /** @param bound the ids that the person is bound to. Complexity: O(organizations + facts of the view). The event loop gets its turns. */
  static async open(unmerged: ChangeReader, visible: VisibleFacts, bound: readonly string[]): Promise<ViewBorder> {
    const keys = new Map<FactKind, Set<string>>(factKinds.map((kind) => [kind, new Set()]));
    let count = 0;
    for (const batch of keysOf(visible)) {
      const ofKind = keys.get(batch.kind) as Set<string>;
      for (const key of batch.keys) if (batch.kind !== 'CONTROL' || !visible.view.isNaming(splitPairKey(key)[1])) ofKind.add(key);
      if (++count % batchesATurn === 0) await nextTurn();
    }
    return new ViewBorder(visible, bound, keys, await readStatedMerges(unmerged, visible.whole.revision));
  }

  /** Takes a page of an event. Pages come as `readChangesBack` gives them. Returns whether the event is known to have changed the view. */
  take({ revision, kind, facts }: ChangedPage): boolean {
    this.#event ??= { revision, isChanged: false, isDoubtful: false, isMeaningChanged: false, terms: new Set() };
    const visible = this.#keys.get(kind) as ReadonlySet<string>;
    for (const fact of facts) {
      const isCreated = fact.isCreated || fact.before === undefined;
      if (isCreated && visible.has(fact.key) && !this.#isMergedKey(kind, fact.key)) return true;
      if (kind === 'ORGANIZATION' || kind === 'ARTIFACT') this.#compareTerms(kind, fact as ChangedFact & { isCreated: false });
      this.#compare(kind, fact);
    }
    return false;
  }

  /** The effect of the event whose pages were taken. Call it after the last. Terms that changed are compared later, by `findNaming`. */
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

  /** The latest of the events so far whose changed terms name a visible or a withheld text of the view; undefined if none does. */
  async findNaming(facts: MergedFactReader): Promise<number | undefined> {
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

  /** Compares a changed fact before and after, as the view shows it. */
  #compare(kind: FactKind, fact: ChangedFact): void {
    const event = this.#event as Event;
    if (kind === 'TRANSFER' && this.#isPartyAlone(this.#withheld.get(fact.key))) event.isDoubtful = true;
    if (kind === 'CONTROL' && this.#isMergedKey(kind, fact.key)) {
      if (this.#isVisible('ORGANIZATION', this.#meanings.rootOf(splitPairKey(fact.key)[0]))) event.isDoubtful = true;
      return;
    }
    if (fact.isCreated) return;
    if (kind === 'ORGANIZATION' && this.#noteOrganization(fact)) return;
    const before = fact.before && this.#resolve(fact.before);
    const after = fact.after && this.#resolve(fact.after);
    const isVisible = this.#keys.get(kind)?.has(fact.key) === true;
    const stood = before === undefined ? 'FAR' : this.#standingOf(before);
    const formBefore = before !== undefined && stood === 'VISIBLE' ? this.#formOf(before) : undefined;
    const formAfter = isVisible && after !== undefined ? this.#formOf(after) : undefined;
    if (formBefore !== formAfter) event.isChanged = true;
    else if (kind === 'ARTIFACT' && this.#isOwnChanged(before, after)) event.isDoubtful = true;
    if (kind === 'TRANSFER') this.#withheld.delete(fact.key);
    if (before === undefined || stood === 'FAR') return;
    for (const text of textsOf(before)) this.#formerTexts.add(text);
    if (kind !== 'TRANSFER' || formAfter !== undefined) return;
    const ends = [before.values[sender] as string, before.values[recipient] as string];
    if (formBefore === undefined && this.#isPartyAlone(ends)) event.isDoubtful = true;
    this.#withheld.set(fact.key, ends);
  }

  /** Whether a withheld transfer with these ends may be what lets the view name another lab. */
  #isPartyAlone(ends: readonly string[] | undefined): boolean {
    return ends?.some((end) => this.#isOtherLab(end)) === true;
  }

  /** Whether an artifact of the labs has another owner or name than before, though the view shows the same. */
  #isOwnChanged(before: RecordedFact | undefined, after: RecordedFact | undefined): boolean {
    if (![before, after].some((one) => one !== undefined && this.#standingOf(one) !== 'FAR')) return false;
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
        this.#isVisible('ORGANIZATION', root) ||
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
    if (this.#visible.labs.includes(lab) || this.#parties.has(lab)) return false;
    return kind !== 'ORGANIZATION' || isLab(fact);
  }

  /** Whether an organization is a lab, and none of those whose view this is. */
  #isOtherLab(id: string): boolean {
    if (this.#visible.labs.includes(id)) return false;
    const known = this.#labs.get(id);
    if (known !== undefined) return known;
    const { organizations } = this.#visible.whole;
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

  /** Follows the rules of `selectLabView` from the visible facts to a fact. Reads no name of a fact that is FAR. */
  #standingOf(fact: RecordedFact): Standing {
    const { kind, key, values } = fact;
    const { whole, view, labs } = this.#visible;
    const mayTell = (...ends: number[]) => !view.isNaming(key) && ends.every((end) => this.#mayTell(values[end] as string));
    switch (kind) {
      case 'ARTIFACT':
        return standing(labs.includes(values[owner] as string), mayTell);
      case 'TRANSFER': {
        const of = values[artifact] as string;
        return standing(this.#isOwnArtifact(of), () => this.#isVisible('ARTIFACT', of) && mayTell(sender, recipient));
      }
      case 'ENGAGEMENT':
        return standing(this.#below.has(values[client] as string), () => mayTell(provider));
      case 'ACCESS':
        return standing(this.#isVisible('ORGANIZATION', values[grantor] as string), () => mayTell(grantee));
      case 'CONTROL':
        return standing(this.#isVisible('ORGANIZATION', values[0] as string), () => isVisible(whole, view, fact));
      default:
        return isVisible(whole, view, fact) ? 'VISIBLE' : 'FAR';
    }
  }

  /** Whether the view may name an organization. */
  #mayTell(organization: string): boolean {
    if (this.#visible.labs.includes(organization)) return true;
    if (this.#isOtherLab(organization) && !this.#parties.has(organization)) return false;
    return !this.#visible.view.isNaming(organization);
  }

  #isVisible(kind: 'ORGANIZATION' | 'ARTIFACT', id: string): boolean {
    return isInView(this.#visible.whole, this.#visible.view, kind, id);
  }

  /** Whether an artifact belongs to the labs, visible or not. One that changes hands, or appears, is in doubt or CHANGED. */
  #isOwnArtifact(id: string): boolean {
    const { artifacts, organizations } = this.#visible.whole;
    const index = artifacts.id.find(id);
    return index >= 0 && this.#visible.labs.includes(organizations.id.get(artifacts.owner[index] as number));
  }

  #formOf(fact: RecordedFact): string {
    const { key, values, provenance } = withoutNames(this.#visible.whole, this.#visible.view, fact);
    return JSON.stringify([key, values, provenance]);
  }

  #resolveMerges(): MergedFacts {
    return new MergedFacts([...this.#merged.values()], (id) => this.#ids.has(id));
  }

  /**
   * Goes to the merges before the event. Returns whether they give an organization another meaning, even far from the view: a merge of both ends
   * of a transfer hides it, and then nothing in the view names them.
   */
  #changeMeanings(): boolean {
    const now = this.#meanings.roots;
    this.#meanings = this.#resolveMerges();
    const before = this.#meanings.roots;
    return [...new Set([...now.keys(), ...before.keys()])].some((id) => now.get(id) !== before.get(id));
  }

  *#ownArtifacts(): Generator<number> {
    const { organizations } = this.#visible.whole;
    for (const lab of this.#visible.labs) yield* rowOf(organizations.artifacts, organizations.id.find(lab));
  }

  *#ownTransfers(): Generator<number> {
    const { artifacts } = this.#visible.whole;
    for (const index of this.#ownArtifacts()) yield* rowOf(artifacts.transfers, index);
  }

  *#engagementsBelow(): Generator<number> {
    const { organizations } = this.#visible.whole;
    for (const id of this.#below) yield* rowOf(organizations.engagementsAsClient, organizations.id.find(id));
  }

  *#accessGranted(): Generator<number> {
    const { whole, view } = this.#visible;
    for (const index of flaggedOf(view.organizations)) yield* rowOf(whole.organizations.accessGranted, index);
  }

  /** The facts near the view: visible, or withheld because of a name or a hidden lab. */
  *#nearKeys(): Generator<KeyBatch> {
    const { artifacts, engagements, transfers, access } = this.#visible.whole;
    for (const batch of keysOf(this.#visible)) if (['ORGANIZATION', 'REVEALS', 'CONTROL'].includes(batch.kind)) yield batch;
    yield* inBatches('ARTIFACT', idsOf(artifacts, this.#ownArtifacts()));
    yield* inBatches('TRANSFER', idsOf(transfers, this.#ownTransfers()));
    yield* inBatches('ENGAGEMENT', idsOf(engagements, this.#engagementsBelow()));
    yield* inBatches('ACCESS', idsOf(access, this.#accessGranted()));
  }

  /** All texts that decide which parts of the facts near the view are visible. */
  async #readTexts(store: MergedFactReader): Promise<string[]> {
    const texts = new Set<string>();
    for (const [id, root] of this.#meanings.roots) if (this.#isVisible('ORGANIZATION', root)) texts.add(id);
    for (const { kind, keys } of this.#nearKeys()) {
      const facts = await store.readFactsByKey(kind, keys, { revision: this.#visible.whole.revision });
      for (const fact of facts) for (const text of textsOf(fact)) texts.add(text);
      await nextTurn();
    }
    return [...texts];
  }
}

function standing(isNear: boolean, isTold: () => boolean): Standing {
  if (!isNear) return 'FAR';
  return isTold() ? 'VISIBLE' : 'WITHHELD';
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

async function readStatedMerges(unmerged: ChangeReader, revision: number): Promise<StatedMerges> {
  const merged: RecordedFact[] = [];
  const ids = new Set<string>();
  for await (const { facts } of unmerged.readFacts({ revision }, ['ORGANIZATION'])) {
    for (const fact of facts) {
      ids.add(fact.key);
      if (mergedIntoOf(fact) !== null) merged.push(fact);
    }
  }
  return { merged, ids };
}
