import type { FactValue, RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { endsOf, fieldIndex, kindsWithEnds } from '../../domain/fact-rules.ts';
import { type FactKind, factKinds, organizationRoles, pairKey } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { resolveMerges } from '../../rules/merges.ts';

const nameField = fieldIndex('ORGANIZATION', 'name');
const rolesField = fieldIndex('ORGANIZATION', 'roles');
const aliasesField = fieldIndex('ORGANIZATION', 'aliases');
export const mergedIntoField = fieldIndex('ORGANIZATION', 'mergedInto');

/** The fields of each kind that name an organization. */
const named: ReadonlyMap<FactKind, readonly number[]> = new Map(
  factKinds.map((kind) => [
    kind,
    factFields[kind].flatMap((spec, field) => (spec.type === 'reference' && spec.to === 'ORGANIZATION' ? [field] : [])),
  ]),
);

const ends: ReadonlyMap<FactKind, readonly [number, number]> = new Map(
  kindsWithEnds.map((kind) => [kind, endsOf[kind].map((field) => fieldIndex(kind, field)) as [number, number]]),
);
const controlField = fieldIndex('CONTROL', 'control');
const engagementField = fieldIndex('TRANSFER', 'engagement');

export function mergedIntoOf(organization: RecordedFact): string | null {
  return organization.values[mergedIntoField] as string | null;
}

/**
 * The merges of one snapshot, applied to facts when they are read (semantics §1).
 *
 * - A merged organization disappears. The organization that it means gets its names as aliases, and its roles.
 * - A fact that names the merged organization names the other one instead. A fact whose two ends become equal is hidden.
 * - A transfer under a hidden engagement names no engagement.
 * - If both organizations have evidence of one control, one fact remains: the organization's own, otherwise that of the smallest id.
 */
export class MergedFacts {
  /** The id that each merged organization means, by merged id in the order of code points. */
  readonly roots: ReadonlyMap<string, string>;
  /** The hidden engagements among those resolved so far. Complete when all engagements that transfers name are resolved. */
  readonly hiddenEngagements = new Set<string>();
  /** The facts of the organizations merged into each organization, by its id. */
  readonly #members = new Map<string, RecordedFact[]>();

  /** @param merged the organizations with a stated `mergedInto`, with or without the targets of merges */
  constructor(merged: readonly RecordedFact[], exists: (id: string) => boolean) {
    const sorted = [...merged].sort((a, b) => compareCodePoints(a.key, b.key));
    this.roots = resolveMerges(new Map(sorted.map((fact) => [fact.key, mergedIntoOf(fact) as string])), exists);
    for (const fact of sorted) {
      const root = this.roots.get(fact.key);
      if (root === undefined) continue;
      getOrInsert(this.#members, root, () => []).push(fact);
    }
  }

  get isEmpty(): boolean {
    return this.roots.size === 0;
  }

  rootOf(id: string): string {
    return this.roots.get(id) ?? id;
  }

  /** For each organization that others were merged into, the ids that mean it: its own first. */
  groups(): string[][] {
    return [...this.#members.keys()].map((root) => this.idsOf(root));
  }

  /** Ids that mean this organization: its own first, then by code point. */
  idsOf(root: string): string[] {
    return [root, ...(this.#members.get(root) ?? []).map(({ key }) => key)];
  }

  /** Applies the merges to a fact. Undefined if it is hidden. Returns a fact without merged organizations unchanged. Takes engagements before transfers. */
  resolve(fact: RecordedFact): RecordedFact | undefined {
    if (fact.kind === 'ORGANIZATION') return this.roots.has(fact.key) ? undefined : this.#withMembers(fact);
    const fields = named.get(fact.kind) as readonly number[];
    const isUnderHidden = fact.kind === 'TRANSFER' && this.hiddenEngagements.has(fact.values[engagementField] as string);
    if (!isUnderHidden && !fields.some((field) => this.roots.has(fact.values[field] as string))) return fact;
    const values = [...fact.values];
    if (isUnderHidden) values[engagementField] = null;
    for (const field of fields) {
      const id = values[field];
      if (typeof id === 'string') values[field] = this.rootOf(id);
    }
    const [first, second] = ends.get(fact.kind) ?? [];
    if (first !== undefined && second !== undefined && values[first] === values[second]) {
      if (fact.kind === 'ENGAGEMENT') this.hiddenEngagements.add(fact.key);
      return undefined;
    }
    if (fact.kind !== 'CONTROL') return { ...fact, values };
    return { ...fact, key: pairKey(values[0] as string, values[controlField] as string), values };
  }

  /** Applies the merges to facts of one kind. Of several controls with one key, keeps the one that counts. Keeps the order, but sorts controls by key. */
  resolveAll(kind: FactKind, facts: readonly RecordedFact[]): RecordedFact[] {
    if (kind !== 'CONTROL') return facts.flatMap((fact) => this.resolve(fact) ?? []);
    const byKey = new Map<string, { readonly fact: RecordedFact; readonly unmerged: string }>();
    for (const fact of facts) {
      const resolved = this.resolve(fact) as RecordedFact;
      const unmerged = fact.values[0] as string;
      const before = byKey.get(resolved.key);
      const isBetter = before === undefined || this.#compareUnmerged(resolved.values[0] as string, unmerged, before.unmerged) < 0;
      if (isBetter) byKey.set(resolved.key, { fact: resolved, unmerged });
    }
    return [...byKey.values()]
      .map(({ fact }) => fact)
      .sort(
        (a, b) =>
          compareCodePoints(a.values[0] as string, b.values[0] as string) ||
          compareCodePoints(a.values[controlField] as string, b.values[controlField] as string),
      );
  }

  /** The facts among these that would be hidden, because their two ends mean one organization. */
  isHidden(fact: RecordedFact): boolean {
    return fact.kind !== 'ORGANIZATION' && this.resolve(fact) === undefined;
  }

  #compareUnmerged(root: string, a: string, b: string): number {
    if (a === b) return 0;
    if (a === root) return -1;
    return b === root ? 1 : compareCodePoints(a, b);
  }

  #withMembers(fact: RecordedFact): RecordedFact {
    const members = this.#members.get(fact.key);
    if (members === undefined) return fact;
    const values: FactValue[] = [...fact.values];
    const textsOf = (of: RecordedFact, field: number) => (of.values[field] ?? []) as readonly string[];
    const aliases = new Set(textsOf(fact, aliasesField));
    for (const member of members) {
      aliases.add(member.values[nameField] as string);
      for (const alias of textsOf(member, aliasesField)) aliases.add(alias);
    }
    aliases.delete(fact.values[nameField] as string);
    const roles = new Set([fact, ...members].flatMap((of) => textsOf(of, rolesField)));
    values[aliasesField] = [...aliases];
    values[rolesField] = organizationRoles.filter((role) => roles.has(role));
    return { ...fact, values };
  }
}
