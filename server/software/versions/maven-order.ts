/*
 * The order of Maven's versions, as its ComparableVersion compares them (maven-artifact 3.9; the page "Version Order" of Maven's POM reference).
 *
 * A version is a list of items: numbers, qualifiers and lists. A dot separates items. A hyphen, and every change between digits and
 * letters, begins a list inside the list. Zeros, release qualifiers and empty lists at the end of a list are dropped.
 */

/** A number as its digits without leading zeros, so that it may have any length. */
interface NumberItem {
  readonly digits: string;
}
type MavenItem = NumberItem | string | MavenVersion;
/** The items of a version, or of a list in it. */
export interface MavenVersion {
  readonly items: readonly MavenItem[];
}

/** Known qualifiers, oldest first. The empty one is a release. Others are newer than all of these, by their text. */
const qualifiers = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const aliases = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);
/** Of a single letter before a digit. */
const letters = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

/** Parses a version. Every text is one. */
export function parseMavenVersion(text: string): MavenVersion {
  const version = text.toLowerCase();
  const root: MavenItem[] = [];
  const lists = [root];
  let list = root;
  const open = (): void => {
    const inner: MavenItem[] = [];
    list.push({ items: inner });
    lists.push(inner);
    list = inner;
  };
  let start = 0;
  let isDigit = false;
  const read = (end: number): MavenItem => (isDigit ? toNumber(version.slice(start, end)) : toQualifier(version.slice(start, end)));
  for (let i = 0; i < version.length; i++) {
    const character = version.charAt(i);
    if (character === '.' || character === '-') {
      list.push(i === start ? toNumber('') : read(i));
      start = i + 1;
      if (character === '-') open();
    } else if (character >= '0' && character <= '9') {
      if (!isDigit && i > start) {
        if (list.length > 0) open();
        const qualifier = version.slice(start, i);
        list.push(toQualifier(letters.get(qualifier) ?? qualifier));
        start = i;
        open();
      }
      isDigit = true;
    } else {
      if (isDigit && i > start) {
        list.push(read(i));
        start = i;
        open();
      }
      isDigit = false;
    }
  }
  if (version.length > start) {
    if (!isDigit && list.length > 0) open();
    list.push(read(version.length));
  }
  // An inner list is dropped from its outer list if nothing is left in it, so inner lists go first.
  for (const each of lists.reverse()) dropEmptyEnd(each);
  return { items: root };
}

function toNumber(digits: string): NumberItem {
  return { digits: digits.replace(/^0+(?=\d)/, '') || '0' };
}

function toQualifier(text: string): string {
  return aliases.get(text) ?? text;
}

/** Drops empty items from the end of a list, past inner lists that hold something. */
function dropEmptyEnd(list: MavenItem[]): void {
  for (let i = list.length - 1; i >= 0; i--) {
    const item = list[i] as MavenItem;
    if (isEmpty(item)) list.splice(i, 1);
    else if (!isList(item)) return;
  }
}

function isList(item: MavenItem): item is MavenVersion {
  return typeof item === 'object' && 'items' in item;
}

function isEmpty(item: MavenItem): boolean {
  if (typeof item === 'string') return item === '';
  return isList(item) ? item.items.length === 0 : item.digits === '0';
}

/** Negative, 0 or positive. Iterates over nested lists with a stack of its own, because a version may nest as deep as it is long. */
export function compareMavenVersions(a: MavenVersion, b: MavenVersion): number {
  const stack: { a: readonly MavenItem[]; b: readonly MavenItem[]; next: number }[] = [{ a: a.items, b: b.items, next: 0 }];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const [left, right] = [frame.a[frame.next], frame.b[frame.next]];
    frame.next++;
    if (left === undefined && right === undefined) stack.pop();
    else if (left !== undefined && right !== undefined && isList(left) && isList(right))
      stack.push({ a: left.items, b: right.items, next: 0 });
    else {
      const difference = compareItems(left, right);
      if (difference !== 0) return difference;
    }
  }
  return 0;
}

/** Compares two items, not both of them lists. Undefined: that version has ended. */
function compareItems(a: MavenItem | undefined, b: MavenItem | undefined): number {
  if (a === undefined) return b === undefined ? 0 : -compareWithNothing(b);
  if (b === undefined) return compareWithNothing(a);
  if (typeof a === 'string' && typeof b === 'string') return compareQualifiers(a, b);
  if (!isList(a) && !isList(b) && typeof a !== 'string' && typeof b !== 'string') return compareDigits(a.digits, b.digits);
  return rank(a) - rank(b);
}

/** 1.qualifier < 1-1 < 1.1 */
function rank(item: MavenItem): number {
  if (typeof item === 'string') return 0;
  return isList(item) ? 1 : 2;
}

/** Positive if an item makes a version newer than one without it. A list counts as its first item that makes a difference. */
function compareWithNothing(item: MavenItem): number {
  const pending: MavenItem[] = [item];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') {
      const difference = compareQualifiers(next, '');
      if (difference !== 0) return difference;
    } else if (!isList(next)) {
      if (next.digits !== '0') return 1;
    } else for (let i = next.items.length - 1; i >= 0; i--) pending.push(next.items[i] as MavenItem);
  }
  return 0;
}

function compareQualifiers(a: string, b: string): number {
  const [x, y] = [qualifiers.indexOf(a), qualifiers.indexOf(b)];
  if (x !== -1 || y !== -1) return (x === -1 ? qualifiers.length : x) - (y === -1 ? qualifiers.length : y);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareDigits(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A text that is the same for versions of the same items. */
export function formatMavenVersion(version: MavenVersion): string {
  const parts: string[] = [];
  const pending: (MavenItem | null)[] = [version];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === null) parts.push(')');
    else if (typeof next === 'string') parts.push(`"${next}"`);
    else if (isList(next)) {
      parts.push('(');
      pending.push(null);
      for (let i = next.items.length - 1; i >= 0; i--) pending.push(next.items[i] as MavenItem);
    } else parts.push(next.digits);
  }
  return parts.join(' ');
}
