import { joinValues } from '../domain/canonical-values.ts';
import { organizationRoles } from '../domain/facts.ts';
import { actionKinds } from '../domain/records/incident-log.ts';
import { showHidden } from '../domain/text/hidden-characters.ts';
import { escapeMarkdown } from '../export/document/document.ts';
import { escapeCalendarText } from '../export/notices-calendar.ts';
import type { Projection } from '../projection/projection.ts';
import { hiddenFields, hiddenTexts, isSchemaWord, sharedTextFields } from '../rules/redaction.ts';

/** The place of a token in a hidden text that begins with it: this many characters after its start. */
interface Shape {
  readonly lead: number;
  readonly length: number;
}

const roleWords: Readonly<Record<string, string>> = {
  LAB: 'Lab',
  VENDOR: 'Vendor',
  SUBCONTRACTOR: 'Subcontractor',
  TOOL_PROVIDER: 'Tool provider',
  CERTIFIER: 'Certifier',
};

function wordOf({ organizations }: Projection, index: number): string {
  const role = organizationRoles.find((_, bit) => ((organizations.roles[index] as number) & (1 << bit)) !== 0) ?? 'VENDOR';
  return roleWords[role] ?? 'Organization';
}

/** The stand-in of an id: `hidden-vendor-3` beside the name "Vendor 3". */
function idFor(name: string): string {
  return `hidden-${name.toLowerCase().replaceAll(' ', '-')}`;
}

export const hidden = 'hidden';
/** Texts of these fields are hidden in sentences too, but for plain words and codes, which other fields have as well. */
const isPhrase = (text: string) => /[\s.@/:]/.test(text) && /[\p{Ll}\s]/u.test(text);
const nodeKey = /^(organization|artifact):/;

/** A run of letters, digits and the signs that ids are made of. */
const token = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*/gu;

/** Ids whose parts are percent-encoded: of some findings, and of the steps of a plan. */
const encodedIds = new RegExp(`^(EXPIRED_EVIDENCE|POSSIBLE_DUPLICATE|ASK|${actionKinds.join('|')})/`);

/**
 * Stand-ins for the names and ids of organizations and artifacts: "Vendor 3" and `hidden-vendor-3`. Numbers follow the order of ids, so the
 * same facts give the same stand-ins. Facts of several instants share one numbering.
 */
export class StandIns {
  /** Hidden text -> what takes its place. */
  readonly #standIns = new Map<string, string>();
  /** First token of hidden texts -> their shapes, the longest first. */
  readonly #shapes = new Map<string, Shape[]>();
  /** Stand-in, of an id or a name -> what it stands for. */
  readonly #real = new Map<string, string>();
  readonly #numbers = new Map<string, number>();
  readonly #known = new Set<string>();
  /** Hidden texts that are no phrases, such as the channel "courier". They are hidden where a field holds one of them and nothing else. */
  readonly #wholes = new Set<string>();
  /** Hidden texts of signs alone, such as "★". */
  readonly #signs: string[] = [];
  #signPattern: RegExp | undefined;

  /**
   * @param merges merged id -> resolved id. A merged id has a stand-in of its own, because answers show both ids
   * Complexity: O(facts + distinct texts), once for each projection.
   */
  add(projection: Projection, merges: ReadonlyMap<string, string>): this {
    const { organizations, artifacts, transfers, access, engagements, reveals, controls } = projection;
    const fresh = new Map<string, string>();
    // Ids come first, so that the id of one organization leads back to it, even if it is a name of another.
    for (let i = 0; i < organizations.count; i++) this.#number('o', organizations.id.get(i), wordOf(projection, i), fresh);
    for (const [id, root] of merges) {
      const index = organizations.id.find(root);
      if (index >= 0) this.#number('o', id, wordOf(projection, index), fresh);
    }
    for (let i = 0; i < artifacts.count; i++) this.#number('a', artifacts.id.get(i), 'Artifact', fresh);
    for (const [key, name] of fresh) this.#replaceForms(key.slice(2), idFor(name), true);
    for (let i = 0; i < organizations.count; i++) {
      const names = [organizations.name.get(i), ...organizations.aliases.get(i)];
      this.#hideNames(names, fresh.get(`o ${organizations.id.get(i)}`));
    }
    for (let i = 0; i < artifacts.count; i++) this.#hideNames([artifacts.name.get(i)], fresh.get(`a ${artifacts.id.get(i)}`));
    for (const table of [organizations, artifacts, access, engagements, reveals, controls, transfers]) {
      const columns = table as unknown as Readonly<Record<string, { used(): Iterable<string> }>>;
      for (const column of [...hiddenTexts(table.kind).map((name) => columns[name]), table.provenance.source])
        for (const text of column?.used() ?? []) {
          if (isPhrase(text)) this.#replaceForms(text, hidden, false);
          else this.#wholes.add(text);
        }
    }
    return this;
  }

  /**
   * Hides the subjects of software lists in sentences. A subject may be any word, such as "gateway", so it is hidden after "list of", and elsewhere only
   * where it is a phrase.
   */
  addSubjects(subjects: Iterable<string>): this {
    for (const subject of subjects) {
      this.#replaceForms(`list of ${subject}`, `list of ${hidden}`, false);
      if (isPhrase(subject)) this.#replaceForms(subject, hidden, false);
    }
    return this;
  }

  /** Hides the id of an organization or artifact that has no stand-in yet, and notes the stand-in of its name in `fresh`. */
  #number(kind: 'o' | 'a', id: string, word: string, fresh: Map<string, string>): void {
    const key = `${kind} ${id}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    const number = (this.#numbers.get(word) ?? 0) + 1;
    this.#numbers.set(word, number);
    const name = `${word} ${number}`;
    fresh.set(key, name);
    this.#real.set(idFor(name), id);
    this.#replace(id, idFor(name));
  }

  /** @param standIn undefined: the names are not the first ones of their subject */
  #hideNames(names: readonly string[], standIn: string | undefined): void {
    if (standIn !== undefined && names[0] !== undefined) this.#real.set(standIn, names[0]);
    for (const text of names) this.#replaceForms(text, standIn ?? hidden, false);
  }

  #replaceForms(text: string, standIn: string, isId: boolean): void {
    this.#replace(text, standIn);
    for (const form of writtenForms(text, isId)) this.#replace(form, standIn);
  }

  #replace(text: string, standIn: string): void {
    if (text === '' || this.#standIns.has(text)) return;
    this.#standIns.set(text, standIn);
    const [first] = text.match(token) ?? [];
    if (first === undefined) {
      this.#signs.push(text);
      this.#signPattern = undefined;
      return;
    }
    const [lead, length] = [text.indexOf(first), text.length];
    const shapes = this.#shapes.get(first) ?? [];
    if (shapes.some((other) => other.lead === lead && other.length === length)) return;
    shapes.push({ lead, length });
    shapes.sort((a, b) => b.length - a.length);
    this.#shapes.set(first, shapes);
  }

  /** The text with stand-ins. Complexity: O(length x lengths of the texts that begin alike). */
  hideIn(text: string): string {
    let result = '';
    let done = 0;
    for (const { 0: word, index } of text.matchAll(token)) {
      if (index < done) continue;
      const found = this.#find(text, word, index);
      if (found === undefined) continue;
      result += text.slice(done, found.start) + found.standIn;
      done = found.start + found.length;
    }
    return this.#hideSigns(result + text.slice(done));
  }

  /** Hides texts of signs alone where they stand for themselves, not within punctuation. */
  #hideSigns(text: string): string {
    if (this.#signs.length === 0) return text;
    this.#signPattern ??= new RegExp(
      `(?<![^\\s;:,/("'|\\\\\\[])(?:${[...this.#signs]
        .sort((a, b) => b.length - a.length)
        .map((sign) => sign.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
        .join('|')})(?![^\\s;:,./)"'|\\\\\\]])`,
      'gu',
    );
    return text.replace(this.#signPattern, (found) => this.#standIns.get(found) ?? found);
  }

  #find(text: string, word: string, index: number): { start: number; length: number; standIn: string } | undefined {
    // A sentence's full stop belongs to the token, but not to the name.
    for (const first of [word, word.replace(/[.-]+$/, ''), word.split(/[.-]/)[0] as string]) {
      for (const { lead, length } of this.#shapes.get(first) ?? []) {
        const start = index - lead;
        const standIn = start < 0 || start + length > text.length ? undefined : this.#standIns.get(text.slice(start, start + length));
        if (standIn !== undefined && !/[\p{L}\p{N}_]/u.test(text.charAt(start + length))) return { start, length, standIn };
      }
    }
    return undefined;
  }

  /** Replaces each stand-in in a text by the name that it hides. */
  restoreIn(text: string): string {
    const whole = this.#real.get(text);
    if (whole !== undefined) return whole;
    if (!text.includes('hidden-')) return text;
    const write = encodedIds.test(text) ? encodeURIComponent : (id: string) => id;
    return text.replace(/hidden-[a-z-]+-\d+/g, (found) => {
      const id = this.#real.get(found);
      return id === undefined ? found : write(id);
    });
  }

  /**
   * A copy of a JSON value with stand-ins; keys stay.
   *
   * @param fieldsOf key -> the fields that it may stand for; a key that is not in it stands for itself
   */
  hideInValue(value: unknown, fieldsOf: ReadonlyMap<string, ReadonlySet<string>> = new Map()): unknown {
    const meaningsOf = (key: string) => [...(fieldsOf.get(key) ?? [key])];
    const means = (key: string, test: (field: string) => boolean) => test(key) || meaningsOf(key).some(test);
    const isNamed = (key: string, name: string) => means(key, (field) => field === name);
    const isTelling = (key: string) => means(key, (field) => hiddenFields.has(field));
    const isShared = (key: string) => means(key, (field) => sharedTextFields.has(field));
    const hideText = (text: string, key: string) =>
      isInstantText(text) || meaningsOf(key).every((field) => isSchemaWord(field, text))
        ? text
        : // The source of a link is the key of a node; that of a fact is a document.
          (isTelling(key) && !(isNamed(key, 'source') && nodeKey.test(text))) || (isShared(key) && this.#wholes.has(text))
          ? hidden
          : isNamed(key, 'url')
            ? this.#hideInAddress(text)
            : this.hideIn(text);
    const hideAttribute = (attribute: object, i: number) =>
      Object.fromEntries(
        Object.entries(attribute).map(([key, text]) => {
          if (key === '__typename') return [key, text];
          return [key, isNamed(key, 'name') && !isNamed(key, 'value') ? `Attribute ${i + 1}` : hidden];
        }),
      );
    const hideValue = (value: unknown, key: string): unknown => {
      if (typeof value === 'string') return hideText(value, key);
      if (Array.isArray(value)) {
        if (isNamed(key, 'attributes'))
          return value.map((item, i) => (typeof item === 'object' && item !== null ? hideAttribute(item, i) : hidden));
        return value.map((item) => hideValue(item, key));
      }
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value);
      const [, changed] = entries.find(([name]) => isNamed(name, 'field')) ?? [];
      // Only a changed field of a fact has texts before and after. An answer without the name of the field gets no open text.
      const isOpen = typeof changed === 'string' && changed !== 'name' && !hiddenFields.has(changed);
      const isEnd = (name: string) => isNamed(name, 'before') || isNamed(name, 'after');
      return Object.fromEntries(
        entries.map(([name, item]) => [name, typeof item === 'string' && isEnd(name) && !isOpen ? hidden : hideValue(item, name)]),
      );
    };
    return hideValue(value, '');
  }

  /** An address of the page has ids percent-encoded. */
  #hideInAddress(address: string): string {
    return address.replace(/[^/?&=#]+/g, (part) => {
      const plain = decodeOrSame(part);
      const shown = this.hideIn(plain);
      return shown === plain ? part : encodeURIComponent(shown);
    });
  }

  restoreInValue(value: unknown): unknown {
    if (typeof value === 'string') return this.restoreIn(value);
    if (Array.isArray(value)) return value.map((item) => this.restoreInValue(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.restoreInValue(item)]));
  }
}

/** Texts that every format writes as they are. */
const isPlain = (text: string) => /^[A-Za-z0-9.-]*$/.test(text);

/**
 * The other forms in which an answer may hold a text: an item of a list, hidden characters as escapes, Markdown, a calendar, JSON within JSON, and, for an id, the parts of the
 * ids of findings and of the steps of a plan, and of addresses.
 */
function writtenForms(text: string, isId: boolean): string[] {
  if (isPlain(text)) return [];
  const shown = showHidden(text);
  const forms = [
    shown,
    joinValues([shown]),
    joinValues([text]),
    escapeMarkdown(text),
    escapeCalendarText(text),
    JSON.stringify(text).slice(1, -1),
  ];
  if (isId) forms.push(encodeURIComponent(text), new URLSearchParams([['', text]]).toString().slice(1));
  return [...new Set(forms)].filter((form) => form !== text);
}

/** Whether a text is an instant as this program writes it: a figure, even if an id begins with the same digits. */
function isInstantText(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/.test(text);
}

function decodeOrSame(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}
