import { organizationRoles } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';

/** A text that is hidden, and what takes its place. */
interface Replacement {
  readonly text: string;
  readonly standIn: string;
}

const roleWords: Readonly<Record<string, string>> = {
  LAB: 'Lab',
  VENDOR: 'Vendor',
  SUBCONTRACTOR: 'Subcontractor',
  TOOL_PROVIDER: 'Tool provider',
  CERTIFIER: 'Certifier',
};

/** Fields whose text tells who somebody is, whatever stands in it; in changes of facts, by the name of the field. */
const hiddenFields: ReadonlySet<string> = new Set(['website', 'contactEmail', 'aliases', 'source', 'attributes', 'name']);
const hidden = 'hidden';
const nodeKey = /^(organization|artifact):/;

/** A run of letters, digits and the signs that ids are made of. */
const token = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*/gu;

/**
 * Stand-ins for the names and ids of organizations and artifacts: "Vendor 3" and `hidden-vendor-3`. Numbers follow the order of ids, so the
 * same facts give the same stand-ins. Facts of several instants share one numbering.
 */
export class StandIns {
  /** First token of a hidden text -> the texts that begin with it, the longest first. */
  readonly #byToken = new Map<string, Replacement[]>();
  /** Stand-in, of an id or a name -> what it stands for. */
  readonly #real = new Map<string, string>();
  readonly #numbers = new Map<string, number>();
  readonly #known = new Set<string>();

  /** Complexity: O(organizations + artifacts), once for each projection. */
  add({ organizations, artifacts }: Projection): this {
    for (let i = 0; i < organizations.count; i++) {
      const role = organizationRoles.find((_, bit) => ((organizations.roles[i] as number) & (1 << bit)) !== 0) ?? 'VENDOR';
      this.#hide(roleWords[role] ?? 'Organization', `o ${organizations.id.get(i)}`, organizations.id.get(i), [
        organizations.name.get(i),
        ...organizations.aliases.get(i),
      ]);
    }
    for (let i = 0; i < artifacts.count; i++) {
      this.#hide('Artifact', `a ${artifacts.id.get(i)}`, artifacts.id.get(i), [artifacts.name.get(i)]);
    }
    return this;
  }

  #hide(word: string, key: string, id: string, names: readonly string[]): void {
    const isNew = !this.#known.has(key);
    const number = isNew ? (this.#numbers.get(word) ?? 0) + 1 : 0;
    if (isNew) {
      this.#known.add(key);
      this.#numbers.set(word, number);
      this.#real.set(`hidden-${word.toLowerCase().replace(' ', '-')}-${number}`, id);
      this.#replace(id, `hidden-${word.toLowerCase().replace(' ', '-')}-${number}`);
    }
    const name = isNew ? `${word} ${number}` : hidden;
    if (isNew && names[0] !== undefined) this.#real.set(name, names[0]);
    for (const text of names) this.#replace(text, name);
  }

  #replace(text: string, standIn: string): void {
    const first = text.match(token)?.[0];
    if (first === undefined) return;
    const list = this.#byToken.get(first) ?? [];
    if (list.some((other) => other.text === text)) return;
    list.push({ text, standIn });
    list.sort((a, b) => b.text.length - a.text.length);
    this.#byToken.set(first, list);
  }

  /** The text with stand-ins. Complexity: O(length x texts that begin alike). */
  hideIn(text: string): string {
    let result = '';
    let done = 0;
    for (const { 0: word, index } of text.matchAll(token)) {
      if (index < done) continue;
      const found = this.#find(text, word, index);
      if (found === undefined) continue;
      const start = index - found.lead;
      result += text.slice(done, start) + found.standIn;
      done = start + found.text.length;
    }
    return result + text.slice(done);
  }

  #find(text: string, word: string, index: number): (Replacement & { readonly lead: number }) | undefined {
    // A sentence's full stop belongs to the token, but not to the name.
    for (const first of [word, word.replace(/[.-]+$/, ''), word.split(/[.-]/)[0] as string]) {
      for (const replacement of this.#byToken.get(first) ?? []) {
        const lead = replacement.text.indexOf(first);
        const end = index - lead + replacement.text.length;
        if (text.startsWith(replacement.text, index - lead) && !/[\p{L}\p{N}_]/u.test(text.charAt(end))) return { ...replacement, lead };
      }
    }
    return undefined;
  }

  /** Replaces each stand-in in a text by the name that it hides. */
  restoreIn(text: string): string {
    const whole = this.#real.get(text);
    if (whole !== undefined) return whole;
    return text.includes('hidden-') ? text.replace(/hidden-[a-z-]+-\d+/g, (found) => this.#real.get(found) ?? found) : text;
  }

  /** A copy of a JSON value with stand-ins; keys stay. */
  hideInValue(value: unknown, key = ''): unknown {
    // The source of a link is the key of a node; that of a fact is a document.
    const isHidden = hiddenFields.has(key) && key !== 'name' && !(key === 'source' && typeof value === 'string' && nodeKey.test(value));
    if (typeof value === 'string') return isHidden ? hidden : this.hideIn(value);
    if (Array.isArray(value)) {
      if (key === 'attributes') return value.map((_, i) => ({ name: `Attribute ${i + 1}`, value: hidden }));
      return value.map((item) => this.hideInValue(item, key));
    }
    if (typeof value !== 'object' || value === null) return value;
    const { field } = value as { readonly field?: unknown };
    const isChange = typeof field === 'string' && 'before' in value && hiddenFields.has(field);
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        isChange && (name === 'before' || name === 'after') && item !== null ? hidden : this.hideInValue(item, name),
      ]),
    );
  }

  restoreInValue(value: unknown): unknown {
    if (typeof value === 'string') return this.restoreIn(value);
    if (Array.isArray(value)) return value.map((item) => this.restoreInValue(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.restoreInValue(item)]));
  }
}
