import { getDomain } from 'tldts';
import { countLetters, FoldedLetters, hasUnspaced, tokensOf, toPlainText, ways } from '../domain/names/folded-letters.ts';
import { withoutLegalForm } from '../domain/names/plain-name.ts';
import { TermAutomaton } from '../domain/names/term-automaton.ts';

/** The texts that name one lab (semantics §12). */
export interface NamedLab {
  /** Its id and the merged ids that mean it, its name and its aliases. */
  readonly names: Iterable<string>;
  readonly website: string | null;
  readonly contactEmail: string | null;
}

/** The names of a lab, each also without its legal form, and the registrable domains of its website and e-mail. */
export function* termsOfLab({ names, website, contactEmail }: NamedLab): Generator<string> {
  for (const name of names) {
    yield name;
    const own = withoutLegalForm(toPlainText(name));
    if (own !== name) yield own;
  }
  yield* domainsOf(website, '.');
  yield* domainsOf(contactEmail, '@');
}

/** The registrable domains of the addresses in a text. @param sign that every address has */
function* domainsOf(text: string | null, sign: string): Generator<string> {
  for (const address of text === null ? [] : toPlainText(text).split(/[\s,;<>()"'|]+/)) {
    const domain = address.includes(sign) ? getDomain(address, { allowPrivateDomains: true }) : null;
    if (domain !== null) yield domain;
  }
}

/** A term of fewer letters and digits occurs by chance in too many texts. */
const minLetters = 3;
/** An artifact's name of one word and fewer letters names too many things. */
const minLettersOfWord = 12;

/** Whether the name of an artifact names it in a text: it has at least two words or twelve letters. */
export function isTelling(name: string): boolean {
  const plain = toPlainText(name);
  if (countLetters(plain) < minLetters) return false;
  const words = plain.replace(/(\p{Ll}\p{M}*)(?=\p{Lu})/gu, '$1 ').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.filter((word) => /\p{L}/u.test(word)).length > 1 || countLetters(plain.replace(/\P{L}/gu, '')) >= minLettersOfWord;
}

/** Bits of the things that a term names. */
const lab = 1;
const artifact = 2;

const letterS = 's'.charCodeAt(0);
/** The text at hand. One at a time: no method pauses while it reads. */
const folded = new FoldedLetters();

/**
 * Tells whether a text names a hidden lab or an artifact of one (semantics §12, "A text that names another lab"). Terms are added first and linked
 * once; then texts are tested.
 *
 * 1. Text and terms become plain: percent-decoded, NFKC, without invisible characters.
 * 2. Both are read letter by letter. Signs and blanks are skipped. Each letter is folded (case, marks, look-alikes), and the places where a token
 *    begins or ends are kept as edges. So "Canary Lab", "canary_lab" and "CanaryLab" all read `canarylab`, with other edges inside.
 * 3. One automaton finds the folded letters of all terms. A find counts if it begins and ends at an edge, or ends at an `s` before an edge. Each
 *    letter of a script without spaces is a token, so there a term counts anywhere.
 *
 * Complexity: O(length of a text and of the terms in it), whatever the number of terms. O(length of all terms) to add and link them.
 */
export class NamingTest {
  /** Whole texts that name a lab: each of its terms, as stated and plain. */
  readonly #whole = new Set<string>();
  /** Tokens that name a lab only as stated, because they are short. */
  readonly #short = new Set<string>();
  readonly #automaton = new TermAutomaton();

  /** Adds an id, a name, an alias or a domain of a hidden lab. */
  addTerm(term: string): void {
    const plain = toPlainText(term).trim();
    this.#whole.add(term);
    if (plain !== '') this.#whole.add(plain);
    const letterCount = countLetters(plain);
    const [first, second] = tokensOf(plain);
    if (letterCount >= minLetters) this.#add(plain, letterCount, lab);
    else if (first === plain && second === undefined && !hasUnspaced(plain)) this.#short.add(plain);
  }

  /** Adds the name of an artifact of a hidden lab. A name that says too little is left out. */
  addArtifactName(name: string): void {
    const plain = toPlainText(name);
    if (isTelling(name)) this.#add(plain, countLetters(plain), artifact);
  }

  #add(plain: string, letterCount: number, what: number): void {
    for (const way of ways) {
      folded.read(plain, way);
      const { units, count } = folded;
      const node = this.#automaton.add(units, letterCount > minLetters && units[count - 1] === letterS ? count - 1 : count);
      this.#automaton.marks[node] = (this.#automaton.marks[node] as number) | what;
      if (folded.isOneWay) break;
    }
  }

  /** Makes the test ready for texts, in steps. */
  link(): Generator<undefined, void> {
    return this.#automaton.link();
  }

  /** Takes back the names of artifacts that an artifact of the view has: as its name, or in its id. Linked before. */
  spare({ id, name }: { readonly id: string; readonly name: string }): void {
    const { marks } = this.#automaton;
    const takeBack = (node: number) => {
      marks[node] = (marks[node] as number) & ~artifact;
      return false;
    };
    this.#find(toPlainText(id), takeBack);
    this.#find(toPlainText(name), (node, isWhole) => isWhole && takeBack(node));
  }

  /** Whether a text names a hidden lab. Ignores its artifacts. */
  isNamingLab(text: string): boolean {
    return this.#names(text, lab);
  }

  /** Whether a text names a hidden lab or an artifact of one. */
  isNaming(text: string): boolean {
    return this.#names(text, lab | artifact);
  }

  #names(text: string, what: number): boolean {
    if (text === '') return false;
    if (this.#whole.has(text)) return true;
    const plain = toPlainText(text);
    if (this.#whole.has(plain.trim())) return true;
    if (this.#short.size > 0) for (const token of tokensOf(plain)) if (this.#short.has(token)) return true;
    const { marks } = this.#automaton;
    return this.#find(plain, (node) => ((marks[node] as number) & what) !== 0);
  }

  /** Whether a text holds a term that is accepted. `isWhole`: the term is the whole text. */
  #find(plain: string, isAccepted: (node: number, isWhole: boolean) => boolean): boolean {
    const automaton = this.#automaton;
    for (const way of ways) {
      folded.read(plain, way);
      const { units, edges, count } = folded;
      for (let i = 0, node = 0; i < count; i++) {
        node = automaton.step(node, units[i] as number);
        if (node === 0) continue;
        const end = i + 1;
        const isBeforeS = end < count && units[end] === letterS && edges[end + 1] === 1;
        if (edges[end] === 0 && !isBeforeS) continue;
        for (let term = node; term !== 0; term = automaton.shorterTerm(term)) {
          const start = end - automaton.lengthOf(term);
          const isWhole = start === 0 && (end === count || (isBeforeS && end === count - 1));
          if (automaton.marks[term] !== 0 && edges[start] === 1 && isAccepted(term, isWhole)) return true;
        }
      }
      if (folded.isOneWay) return false;
    }
    return false;
  }
}

/** A test of a few terms at once. */
export function createNamingTest(terms: Iterable<string>): (text: string) => boolean {
  const test = new NamingTest();
  for (const term of terms) test.addTerm(term);
  for (const steps = test.link(); !steps.next().done; );
  return (text) => test.isNaming(text);
}
