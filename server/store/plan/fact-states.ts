import type { RecordedFact } from '../../domain/assertions.ts';
import { foldAssertions } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { RuleContext } from '../../domain/fact-rules.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { RecentTexts } from '../../domain/text/recent-texts.ts';
import type { Asking } from './prior-questions.ts';
import { askAssertions, chunkSize } from './prior-questions.ts';

/** The properties of a named fact that the rules of the naming fact need. */
export interface NamedState {
  readonly exists: boolean;
  readonly isLab: boolean;
  readonly fragmentCount: number | null;
}

const absent: NamedState = { exists: false, isLab: false, fragmentCount: null };
const plain: NamedState = { exists: true, isLab: false, fragmentCount: null };
const lab: NamedState = { exists: true, isLab: true, fragmentCount: null };
const roles = fieldIndex('ORGANIZATION', 'roles');
const fragmentCount = fieldIndex('ARTIFACT', 'fragmentCount');

/** The reference fields of each kind: their place in the values and the kind they name. */
export const references: ReadonlyMap<FactKind, readonly { readonly field: number; readonly to: FactKind }[]> = new Map(
  factKinds.map((kind) => [kind, factFields[kind].flatMap((spec, field) => (spec.type === 'reference' ? [{ field, to: spec.to }] : []))]),
);

export function stateOf(fact: RecordedFact | undefined): NamedState {
  if (fact === undefined) return absent;
  if (fact.kind === 'ORGANIZATION') return (fact.values[roles] as readonly string[]).includes('LAB') ? lab : plain;
  const count = fact.kind === 'ARTIFACT' ? (fact.values[fragmentCount] as number | null) : null;
  return count === null ? plain : { exists: true, isLab: false, fragmentCount: count };
}

/** A map finds one of so few at once. */
const fewFacts = 1000;

/** The facts that a plan's facts name, as they will be after the write. Asks the store for facts outside the plan. */
export class FactStates implements RuleContext {
  readonly #states = Object.fromEntries(factKinds.map((kind) => [kind, new Map()])) as Readonly<Record<FactKind, Map<string, NamedState>>>;

  readonly #recent = new Map<FactKind, RecentTexts<NamedState>>();

  note(kind: FactKind, key: string, fact: RecordedFact | undefined): void {
    const state = stateOf(fact);
    const states = this.#states[kind].set(key, state);
    let recent = this.#recent.get(kind);
    if (recent === undefined && states.size > fewFacts) {
      recent = new RecentTexts();
      this.#recent.set(kind, recent);
    }
    recent?.set(key, state);
  }

  #find(kind: FactKind, key: string): NamedState | undefined {
    const recent = this.#recent.get(kind);
    const known = recent?.get(key);
    if (known !== undefined) return known;
    const state = this.#states[kind].get(key);
    if (state !== undefined) recent?.set(key, state);
    return state;
  }

  /** Asks for the named facts that are not noted yet. Note the plan's own facts first, kinds in the order of `factKinds`. */
  *load(facts: Iterable<RecordedFact>): Asking<void> {
    const wanted = new Map<FactKind, Set<string>>();
    for (const fact of facts) {
      for (const { field, to } of references.get(fact.kind) ?? []) {
        const key = fact.values[field];
        if (typeof key !== 'string' || this.#find(to, key) !== undefined) continue;
        getOrInsert(wanted, to, () => new Set()).add(key);
      }
    }
    yield* this.loadKeys(wanted);
  }

  /** Asks for these facts. */
  *loadKeys(wanted: ReadonlyMap<FactKind, ReadonlySet<string>>): Asking<void> {
    for (const [kind, keys] of wanted) {
      const list = [...keys];
      for (let start = 0; start < list.length; start += chunkSize) {
        const chunk = list.slice(start, start + chunkSize);
        const assertions = yield* askAssertions(kind, chunk);
        for (const key of chunk) this.note(kind, key, foldAssertions(assertions.get(key) ?? []));
      }
    }
  }

  /** Whether the state of a fact is noted; a fact that does not exist has one, too. */
  isKnown(kind: FactKind, key: string): boolean {
    return this.#find(kind, key) !== undefined;
  }

  exists(kind: FactKind, key: string): boolean {
    return this.#find(kind, key)?.exists ?? false;
  }

  isLab(organization: string): boolean {
    return this.#find('ORGANIZATION', organization)?.isLab ?? false;
  }

  findFragmentCount(artifact: string): number | null {
    return this.#find('ARTIFACT', artifact)?.fragmentCount ?? null;
  }
}
