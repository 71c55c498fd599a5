import type { SoftwareQuestion } from './find-matches.ts';
import type { Span } from './presence.ts';
import type { IndexedList, ListMoment, SoftwareIndex } from './software-index.ts';
import { findAround, findEnclosing, type ListedReason } from './subject-grade.ts';
import { lowerBound, type NamedVersion, type NamingRow, namingRows, type PackageRows, type SubjectView } from './subject-view.ts';
import type { AffectedVersions } from './versions/affected-versions.ts';
import { shortName } from './versions/purl.ts';

/**
 * File and place of a row of a list, such as `gateway.cdx.json, line 12`; undefined: not known. `row` counts the components from 0; the one after the
 * last is the subject of the list itself, and -1 is the list as a whole.
 */
export type PlaceOf = (list: IndexedList, row: number) => string | undefined;

const dayMs = 86_400_000;
const dayFormat = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric', year: 'numeric' });

/* Private characters around the year of a date, until `withYearsOnce` has seen the text. */
const [yearBegins, yearEnds] = ['\u{E000}', '\u{E001}'];

/** Instants of one text. An hour stands only where it decides: on a day that the window shares with a list, or two lists. */
export class InstantWords {
  readonly #lists: readonly number[];
  readonly #hull: Span;

  constructor(lists: readonly number[], hull: Span) {
    this.#lists = lists;
    this.#hull = hull;
  }

  formatList(at: number): string {
    return format(at, isSharedDay(at, [...this.#lists, this.#hull.from, this.#hull.to]));
  }

  /** "on Mar 24, 2026", "from Mar 24, 2026 to Mar 26", "until Mar 24, 2026"; undefined: always. */
  formatHull(): string | undefined {
    const { from, to } = this.#hull;
    if (from === -Infinity) return to === Infinity ? undefined : `until ${this.#formatSide(to)}`;
    if (to === Infinity) return `from ${this.#formatSide(from)} on`;
    const [start, end] = [this.#formatSide(from), this.#formatSide(to)];
    if (start === end) return `on ${start}`;
    return dayOf(from) === dayOf(to) ? `from ${start} to ${formatHour(to)} UTC` : `from ${start} to ${end}`;
  }

  formatHullFrom(): string {
    return this.#formatSide(this.#hull.from);
  }

  #formatSide(instant: number): string {
    return format(instant, isSharedDay(instant, this.#lists));
  }
}

function format(instant: number, withHour: boolean): string {
  const [day = '', year = ''] = dayFormat.format(instant).split(/, (?=-?\d+$)/);
  const date = `${day}${yearBegins}, ${year}${yearEnds}`;
  return withHour ? `${date}, ${formatHour(instant)} UTC` : date;
}

/** With its hour, unless it is midnight. Give the text to `withYearsOnce`. */
export function formatInstantInText(instant: number): string {
  return format(instant, instant % dayMs !== 0);
}

/** Leaves out a year that is that of the date before. */
export function withYearsOnce(text: string): string {
  let last: string | undefined;
  return text.replace(new RegExp(`${yearBegins}([^${yearEnds}]*)${yearEnds}`, 'gu'), (_, year: string) => {
    const isRepeated = year === last;
    last = year;
    return isRepeated ? '' : year;
  });
}

function isSharedDay(instant: number, others: readonly number[]): boolean {
  return others.some((other) => other !== instant && dayOf(other) === dayOf(instant));
}

function dayOf(instant: number): number {
  return Math.floor(instant / dayMs);
}

function formatHour(instant: number): string {
  const text = new Date(instant).toISOString();
  return instant % 60_000 === 0 ? text.slice(11, 16) : text.slice(11, 19);
}

/** Writes the sentences of one subject's grade (semantics §13.3 and §13.4, because). */
export class SubjectSentences {
  readonly #index: SoftwareIndex;
  readonly #question: SoftwareQuestion;
  readonly #rows: PackageRows;
  readonly #view: SubjectView;
  readonly #placeOf: PlaceOf;
  readonly #words: InstantWords;
  readonly #name: string;
  readonly #namesSubject: boolean;

  /** @param namesSubject whether sentences say of what a list is: where an organization has lists of several subjects */
  constructor(
    index: SoftwareIndex,
    question: SoftwareQuestion,
    rows: PackageRows,
    view: SubjectView,
    placeOf: PlaceOf,
    namesSubject: boolean,
  ) {
    this.#index = index;
    this.#question = question;
    this.#rows = rows;
    this.#view = view;
    this.#placeOf = placeOf;
    this.#namesSubject = namesSubject;
    this.#name = shortName(rows.affected.package);
    this.#words = new InstantWords(
      view.dated.flatMap(({ at }) => at ?? []),
      question.hull,
    );
  }

  ofReason(reason: ListedReason): string {
    switch (reason.grade) {
      case 'PRESENT':
        return this.#present(reason);
      case 'PRESENT_UNDATED':
        return this.#undated(reason);
      case 'VERSION_UNKNOWN':
        return this.#unknown(reason);
      case 'BETWEEN_LISTS':
        return this.#between(reason);
    }
  }

  byName(reason: ListedReason): string {
    const words = {
      PRESENT: 'present',
      PRESENT_UNDATED: 'present at an unknown date',
      VERSION_UNKNOWN: 'of unknown version',
      BETWEEN_LISTS: 'between lists',
    };
    return `By name alone, without a package URL, it would be ${words[reason.grade]}. ${this.ofReason(reason)}`;
  }

  ruledOut(): string {
    const enclosing = findEnclosing(this.#view, this.#question.hull);
    if (enclosing !== undefined) {
      const { before, after } = enclosing;
      return `${this.#says(before)}; ${lowerFirst(this.#says(after, undefined, true))}. ${this.#when(true)} Ruled out, unless it was installed and removed in between.`;
    }
    const { access } = this.#view;
    if (access !== undefined && access.until < Infinity)
      return `${this.#says(this.#view.undated[0])}, and was valid until ${this.#words.formatList(access.until)} only.`;
    return `Its lists name ${this.#name}, and none of them can mean ${this.#affectedWords()} in the time asked about.`;
  }

  #present({ moment, version }: ListedReason): string {
    const { isAsked, hull } = this.#question;
    const more = this.#view.dated.filter((each) => each.at !== moment?.at && this.#view.names(each, version as number)).length;
    const others = more === 0 ? '' : ` ${more === 1 ? 'One other list names' : `${more} other lists name`} it, too.`;
    const isBefore = !isAsked && (moment?.at as number) < hull.from;
    const contradiction = isBefore
      ? ` That is before ${this.#affectedWords()} could be installed, from ${this.#words.formatHullFrom()} on: one of the two dates is wrong, and the date of the list counts.`
      : '';
    return `${this.#says(moment, version)}.${contradiction}${others}${this.#every(version)}`;
  }

  #undated({ moment, version }: ListedReason): string {
    const when = this.#view.access === undefined ? 'When it was there is not known.' : 'No list with a date says when it was there.';
    return `${this.#says(moment, version)}. ${when}${this.#every(version)}`;
  }

  #unknown({ moment, version }: ListedReason): string {
    const { match, constraint } = this.#view.versions[version as number] as NamedVersion;
    const affected = this.#affectedWords();
    const why = {
      UNSTATED: `It does not say whether that is ${affected}.`,
      ADMITTED: `${constraint ?? ''} admits ${affected}.`,
      UNORDERED: `No order says whether that is in ${this.#rows.affected.ranges.join(' or ')}.`,
    }[match as 'UNSTATED' | 'ADMITTED' | 'UNORDERED'];
    return `${this.#says(moment, version)}. ${why}`;
  }

  #between({ version }: ListedReason): string {
    const { before, within, after } = findAround(this.#view, this.#question.hull);
    const named = version === undefined ? undefined : this.#view.dated.find((each) => this.#view.names(each, version));
    const told = [before, ...(within.length === 0 ? [] : [within[0]]), after, named].filter((moment) => moment !== undefined);
    const moments = [...new Set(told)].sort((a, b) => (a.at as number) - (b.at as number));
    const undated = moments.length === 0 ? this.#view.undated.slice(0, 1) : [];
    const said = [...moments, ...undated].map((moment, i) =>
      i === 0 ? this.#says(moment) : lowerFirst(this.#says(moment, undefined, true)),
    );
    const areAround = before !== undefined && after !== undefined && within.length === 0;
    return `${said.join('; ')}. ${this.#when(areAround)}${this.#missing(before, after)}`;
  }

  /** Which side no list shows. */
  #missing(before: ListMoment | undefined, after: ListMoment | undefined): string {
    const { hull } = this.#question;
    if (this.#view.access !== undefined) return '';
    const sides = [
      ...(before === undefined && hull.from !== -Infinity ? ['before'] : []),
      ...(after === undefined && hull.to !== Infinity ? ['after'] : []),
    ];
    if (sides.length === 0) return '';
    return ` No list with a date shows what it had ${sides.join(' or ')} that time.`;
  }

  /** When the affected version could be installed, or may have been there. */
  #when(isBetween: boolean): string {
    const span = this.#words.formatHull();
    const affected = this.#affectedWords();
    const where = isBetween ? ', between them' : '';
    if (this.#question.isAsked) return `Asked about is ${affected}, ${span ?? 'at any time'}${where}.`;
    if (span === undefined) return `When ${affected} could be installed is not known.`;
    return `${upperFirst(affected)} could be installed ${span}${where}.`;
  }

  /** "the poisoned 1.82.7" */
  #affectedWords(): string {
    return describeAffected(this.#rows.affected, this.#question);
  }

  #every(version: number | undefined): string {
    const match = version === undefined ? undefined : this.#view.versions[version]?.match;
    return match === 'EVERY' && !this.#question.isAsked ? ' The advisory means every version.' : '';
  }

  /** "Its list of Mar 10, 2026 names litellm 1.82.6 (sbom.json, line 12)"; after a first list, without the name of the package. */
  #says(moment: ListMoment | undefined, version?: number, isNext = false): string {
    if (moment === undefined) return '';
    const head = this.#index.lists[moment.firstList] as IndexedList;
    const subject = this.#namesSubject && head.subject !== '' ? ` of ${shownSubject(head.subject)}` : '';
    const list =
      head.access !== undefined
        ? `Its access ${head.id}`
        : moment.at === undefined
          ? `Its undated list${subject}`
          : `Its list${subject} of ${this.#words.formatList(moment.at)}`;
    const own = this.#view.versionsOf(moment);
    const versions = version === undefined ? own : [version];
    if (versions.length === 0) return `${list} omits ${isNext ? 'it' : this.#name}`;
    const named = versions.slice(0, 3).map((each) => this.#namedVersion(moment, each));
    const more = versions.length > 3 ? ` and ${versions.length - 3} more` : '';
    return `${list} names ${isNext && own.some((each) => this.#view.versions[each]?.version !== null) ? '' : `${this.#name} `}${named.join(' and ')}${more}`;
  }

  #namedVersion(moment: ListMoment, version: number): string {
    const named = this.#view.versions[version] as NamedVersion;
    const text = named.version ?? (named.constraint === null ? 'without a version' : named.constraint);
    const { lists } = this.#rows;
    const rows = namingRows(this.#rows, lowerBound(lists, moment.firstList), lowerBound(lists, moment.endList));
    const row = rows.find((each) => each.version === version) as NamingRow;
    const list = this.#index.lists[row.list] as IndexedList;
    const place = this.#placeOf(list, row.row - list.firstRow);
    return place === undefined ? text : `${text} (${place})`;
  }
}

/** The subject of a list as sentences name it. A purl is shown by its name. */
export function shownSubject(subject: string): string {
  return subject.startsWith('pkg:') ? shortName(subject) : subject;
}

/** "the poisoned 1.82.7 or 1.82.8", "an affected version". */
export function describeAffected({ versions }: AffectedVersions, { advisory }: Pick<SoftwareQuestion, 'advisory'>): string {
  const kind = advisory === undefined ? '' : advisory.kind === 'MALWARE' ? 'poisoned ' : 'affected ';
  if (versions.length > 0 && versions.length <= 3) return `${kind === '' ? 'version ' : `the ${kind}`}${versions.join(' or ')}`;
  if (kind === '') return 'a version of it';
  return kind === 'poisoned ' ? 'a poisoned version' : 'an affected version';
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
