import { unguardCell } from '../../csv/csv-record.ts';
import type { Assertion, FactValue } from '../../domain/assertions.ts';
import type { FieldSpec, RowKind } from '../../domain/fact-fields.ts';
import { factFields, maxCellLength, rowFields } from '../../domain/fact-fields.ts';
import { findValueFault, hasLoneSurrogate } from '../../domain/fact-rules.ts';
import { describeKey, quote } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { madeKey } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { parseInstant } from '../../domain/instants.ts';
import type { RowValues } from '../../domain/text/row-text.ts';
import { joinRows, packRows } from '../../domain/text/row-text.ts';
import type { PackageVersion } from '../../software/versions/purl.ts';
import { readPurl } from '../../software/versions/purl.ts';
import type { CsvScanner } from '../csv/scan-csv.ts';
import { findRowFault } from '../csv/scan-csv.ts';
import type { RowDefaults } from './fact-rows.ts';
import type { Column } from './parse-header.ts';
import { CellFault, parseCell } from './parse-header.ts';
import type { Rejection } from './rejection.ts';
import type { SoftwareTableKind } from './table-fields.ts';
import { fieldsOf, nounsOf } from './table-fields.ts';

/** The kinds of fact that have rows: in which field, and of which kind. */
const rowsOfKind = {
  SOFTWARE_LIST: { field: 'components', rows: 'COMPONENT', most: 200_000 },
  ADVISORY: { field: 'affected', rows: 'AFFECTED_PACKAGE', most: 200_000 },
  AVAILABILITY: { field: 'claims', rows: 'CLAIM', most: 200_000 },
} as const satisfies Partial<Record<FactKind, { field: string; rows: RowKind; most: number }>>;
type KindWithRows = keyof typeof rowsOfKind;

interface Place {
  readonly file: string;
  readonly line: number;
}

/** Receives the facts that the rows make (collected-rows.ts). */
interface SoftwareSink {
  /** Throws FileFault LIST_TOO_LARGE, as the next. */
  add(assertion: Assertion, bytes: number): void;
  hold(bytes: number): void;
  onRejection(rejection: Rejection): void;
  onRejectedKey(kind: FactKind, key: string, file: string, line: number): void;
}

type Origin = Place & Pick<Assertion, 'assertedAt' | 'source'>;

/** The rows of one fact so far. */
interface RowGroup {
  readonly kind: KindWithRows;
  readonly key: string;
  /** The fields that identify the fact. */
  readonly named: Readonly<Record<string, string>>;
  readonly origin: Origin;
  /** The lines of the rows, by file. */
  readonly lines: Map<string, number[]>;
  /** Rows that are packed already: those of a list mostly stand together. */
  readonly packed: string[];
  open: RowValues[];
  count: number;
  /** The first row that was rejected. */
  rejected: Place | undefined;
}

/**
 * The facts of the canonical files of software (semantics §13.5), which become assertions after the last file: the rows of
 * software_components.csv are a field of their list, those of advisory_packages.csv of their advisory, and availabilities.csv has a row for
 * each claim of a source.
 *
 * A fact with a rejected row is rejected as a whole: a list without one of its rows would say that the component was absent.
 */
export class SoftwareTables {
  readonly #rows: SoftwareSink;
  readonly #facts: (Assertion & Place)[] = [];
  readonly #groups = new Map<string, RowGroup>();
  /** Lists and advisories whose own row was rejected. */
  readonly #rejected = new Map<string, Place>();
  /** The kinds whose rows have a file in this import: a fact without one has none. */
  readonly #listed = new Set<KindWithRows>();
  #last: RowGroup | undefined;

  constructor(rows: SoftwareSink) {
    this.#rows = rows;
  }

  list(kind: KindWithRows): void {
    this.#listed.add(kind);
  }

  addFact(fact: Assertion & Place): void {
    this.#rows.hold(JSON.stringify(fact.values).length);
    this.#facts.push(fact);
  }

  /** Throws FileFault LIST_TOO_LARGE. */
  addRow(kind: KindWithRows, named: Readonly<Record<string, string>>, row: RowValues, origin: Origin): void {
    const group = this.#groupOf(kind, named, origin);
    if (this.#last !== group && this.#last !== undefined) this.#pack(this.#last);
    this.#last = group;
    group.open.push(row);
    group.count++;
    getOrInsert(group.lines, origin.file, () => []).push(origin.line);
    const { most, rows } = rowsOfKind[kind];
    if (group.count !== most + 1) return;
    const noun = nounsOf(kind).one;
    const message = `${describeKey(kind, group.key)} has more than ${most.toLocaleString('en-US')} rows (${rows === 'COMPONENT' ? 'components' : 'packages'}). Split the ${noun}.`;
    this.reject({ file: origin.file, line: origin.line, column: null, code: 'BAD_VALUE', message, value: group.key.slice(0, 500) });
    group.rejected = origin;
  }

  reject(rejection: Rejection): void {
    this.#rows.onRejection(rejection);
  }

  /** Notes that a row of a fact was rejected. */
  rejectRow(kind: KindWithRows, named: Readonly<Record<string, string>>, origin: Origin): void {
    this.#groupOf(kind, named, origin).rejected ??= origin;
  }

  /** Notes that the own row of a fact was rejected. */
  rejectFact(kind: FactKind, key: string, place: Place): void {
    const name = `${kind} ${key}`;
    if (!this.#rejected.has(name)) this.#rejected.set(name, place);
    this.#rows.onRejectedKey(kind, key, place.file, place.line);
  }

  /** Drops what a file stated that turned out to be unreadable. */
  forget(file: string): void {
    for (const fact of this.#facts) if (fact.file === file) this.rejectFact(fact.kind, fact.key, fact);
    const kept = this.#facts.filter((fact) => fact.file !== file);
    this.#facts.splice(0, this.#facts.length, ...kept);
    for (const group of this.#groups.values()) if (group.lines.has(file)) group.rejected ??= { file, line: 1 };
  }

  /** Makes the assertions. Call it once, after the last file. Throws FileFault LIST_TOO_LARGE. */
  finish(): void {
    const placed = new Set<string>();
    for (const fact of this.#facts) {
      const name = `${fact.kind} ${fact.key}`;
      if (this.#rejected.has(name)) continue;
      placed.add(name);
      const group = this.#groups.get(name);
      if (group?.rejected !== undefined) this.#refuse(fact.kind, fact.key, fact, group.rejected);
      else this.#add(fact, this.#rowsFor(fact.kind, group));
    }
    for (const [name, group] of this.#groups) {
      const because = this.#rejected.get(name) ?? group.rejected;
      if (because !== undefined) this.#refuseRows(group, because);
      else if (!placed.has(name)) this.#add(this.#factOf(group), this.#rowsFor(group.kind, group));
    }
  }

  #groupOf(kind: KindWithRows, named: Readonly<Record<string, string>>, origin: Origin): RowGroup {
    const key = keyOf(kind, named);
    return getOrInsert(this.#groups, `${kind} ${key}`, () => ({
      ...{ kind, key, named, origin, lines: new Map(), packed: [], open: [], count: 0, rejected: undefined },
    }));
  }

  #pack(group: RowGroup): void {
    if (group.open.length === 0) return;
    const text = packRows(rowsOfKind[group.kind].rows, group.open);
    group.open = [];
    if (group.rejected !== undefined) return;
    this.#rows.hold(text.length);
    group.packed.push(text);
  }

  /** The text of the rows of a fact; undefined: the files say nothing about its rows. */
  #rowsFor(kind: FactKind, group: RowGroup | undefined): string | undefined {
    if (kind === 'SOFTWARE_STATEMENT') return undefined;
    const { rows } = rowsOfKind[kind as KindWithRows];
    if (group === undefined) return this.#listed.has(kind as KindWithRows) ? packRows(rows, []) : undefined;
    this.#pack(group);
    return joinRows(rows, group.packed);
  }

  /** A fact of which the files have rows alone. */
  #factOf({ kind, key, named, origin }: RowGroup): Assertion & Place {
    const values = factFields[kind].map(({ name, isKey }): FactValue | undefined => (isKey ? key : named[name]));
    return { kind, key, isRetraction: false, values, ...origin };
  }

  #add(fact: Assertion, rows: string | undefined): void {
    const values = [...fact.values];
    if (rows !== undefined) values[fieldOf(fact.kind as KindWithRows)] = rows;
    this.#rows.add({ ...fact, values }, (rows?.length ?? 0) + fact.key.length);
  }

  #refuse(kind: FactKind, key: string, { file, line }: Place, because: Place): void {
    const message = `${describeKey(kind, key)} is left out, because a row of it was rejected (${because.file}:${because.line}). Correct that row: without it, the ${nounsOf(kind).one} would say something else.`;
    this.reject({ file, line, column: null, code: 'REFERS_TO_REJECTED', message, value: key.slice(0, 500) });
    this.#rows.onRejectedKey(kind, key, file, line);
  }

  #refuseRows({ kind, key, lines }: RowGroup, because: Place): void {
    const message = `${describeKey(kind, key)} is left out with its rows, because a row of it was rejected (${because.file}:${because.line}). Correct that row first.`;
    for (const [file, all] of lines) {
      const others = all.filter((line) => file !== because.file || line !== because.line);
      const [line] = others;
      if (line === undefined) continue;
      this.reject({ file, line, column: null, code: 'REFERS_TO_REJECTED', message, value: key.slice(0, 500), lines: others });
    }
  }
}

/** Reads the rows of one canonical file of software, or rejects them. A rejection lists all faults of its row. */
export class SoftwareRows {
  rowCount = 0;
  readonly #file: string;
  readonly #kind: SoftwareTableKind;
  readonly #columns: readonly Column[];
  readonly #defaults: RowDefaults;
  readonly #tables: SoftwareTables;

  constructor(file: string, kind: SoftwareTableKind, columns: readonly Column[], defaults: RowDefaults, tables: SoftwareTables) {
    this.#file = file;
    this.#kind = kind;
    this.#columns = columns;
    this.#defaults = defaults;
    this.#tables = tables;
    const of = groupKinds[kind];
    if (of !== undefined) tables.list(of);
  }

  read(row: CsvScanner): void {
    const fault = findRowFault(this.#file, row, this.#columns.length);
    if (fault === 'blank') return;
    this.rowCount++;
    const { line } = row;
    const faults: Rejection[] = fault === undefined ? [] : [fault];
    const reject = (column: string, code: Rejection['code'], message: string, value: string | null) =>
      faults.push({ file: this.#file, line, column, code, message, value: value?.slice(0, 500) ?? null });

    let { assertedAt, source } = this.#defaults;
    const stated = new Map<string, FactValue>();
    for (const [cell, column] of this.#columns.entries()) {
      if (cell >= row.cellCount || row.starts[cell] === row.ends[cell]) continue;
      const text = unguardCell(row.text(cell));
      if (text.length > maxCellLength) {
        const message = `The ${column.name} has ${text.length} characters; at most ${maxCellLength} are taken. Shorten it.`;
        reject(column.name, 'CELL_TOO_LARGE', message, text);
      } else if (column.role === 'field') {
        const value = parseCell(column.spec, text);
        const message = value instanceof CellFault ? value.message : findCellFault(column.spec, value, text);
        if (message !== undefined) reject(column.name, 'BAD_VALUE', message, text);
        else stated.set(column.spec.name, column.spec.name === 'package' ? (readPackage(text)?.package as string) : (value as FactValue));
      } else if (column.role === 'source') source = text;
      else {
        const instant = parseInstant(text);
        if (instant !== undefined) assertedAt = instant;
        else reject(column.name, 'BAD_VALUE', `The asserted_at ${quote(text)} cannot be read: expected a date such as 2026-03-24.`, text);
      }
    }
    for (const { name, column, isRequired } of fieldsOf(this.#kind)) {
      if (!isRequired || stated.has(name) || faults.length > 0) continue;
      reject(column, 'MISSING_VALUE', `The ${column} is empty. Every ${nounsOf(this.#kind).one} needs one.`, null);
    }
    const [from, until] = [stated.get('from'), stated.get('until')];
    if (typeof from === 'number' && typeof until === 'number' && until < from)
      reject('until', 'ENDS_BEFORE_START', 'The claim ends before it begins. Exchange or correct from and until.', null);
    this.#place(stated, faults, { file: this.#file, line, assertedAt, source });
  }

  #place(stated: ReadonlyMap<string, FactValue>, faults: readonly Rejection[], origin: Origin): void {
    for (const one of faults) this.#tables.reject(one);
    const isFaulty = faults.length > 0;
    const named = (name: string): string => (stated.get(name) as string | undefined) ?? '';
    switch (this.#kind) {
      case 'SOFTWARE_COMPONENT':
        this.#placeRow('SOFTWARE_LIST', { id: named('list') }, stated, isFaulty, origin);
        break;
      case 'ADVISORY_PACKAGE':
        this.#placeRow('ADVISORY', { id: named('advisory') }, stated, isFaulty, origin);
        break;
      case 'AVAILABILITY': {
        const claimant = named('claimant');
        this.#placeRow('AVAILABILITY', { advisory: named('advisory'), claimant }, stated, isFaulty, { ...origin, source: claimant });
        break;
      }
      case 'SOFTWARE_LIST':
      case 'ADVISORY':
        this.#placeFact(this.#kind, named('id'), stated, isFaulty, origin);
        break;
      case 'SOFTWARE_STATEMENT': {
        // A statement needs a source: without one in the row or the import, it is the file's.
        const claimant = origin.source ?? origin.file;
        const key = madeKey(named('organization'), named('advisory'), claimant);
        const values = new Map([...stated, ['claimant', claimant]]);
        this.#placeFact(this.#kind, key, values, isFaulty, { ...origin, source: claimant });
        break;
      }
      default:
        this.#kind satisfies never;
    }
  }

  #placeRow(
    kind: KindWithRows,
    named: Readonly<Record<string, string>>,
    stated: ReadonlyMap<string, FactValue>,
    isFaulty: boolean,
    origin: Origin,
  ): void {
    if (isFaulty) {
      if (Object.values(named).every((part) => part !== '')) this.#tables.rejectRow(kind, named, origin);
      return;
    }
    const row = rowFields[rowsOfKind[kind].rows].map((spec) => stated.get(spec.name) ?? spec.default ?? null);
    this.#tables.addRow(kind, named, row, origin);
  }

  #placeFact(kind: FactKind, key: string, stated: ReadonlyMap<string, FactValue>, isFaulty: boolean, origin: Origin): void {
    if (isFaulty) {
      if (key !== '') this.#tables.rejectFact(kind, key, origin);
      return;
    }
    const values = factFields[kind].map(({ name, isKey }): FactValue | undefined => (isKey ? key : stated.get(name)));
    this.#tables.addFact({ kind, key, isRetraction: false, values, ...origin });
  }
}

/** The kind of fact whose rows a file has. */
const groupKinds: Readonly<Partial<Record<SoftwareTableKind, KindWithRows>>> = {
  SOFTWARE_COMPONENT: 'SOFTWARE_LIST',
  ADVISORY_PACKAGE: 'ADVISORY',
  AVAILABILITY: 'AVAILABILITY',
};

function keyOf(kind: KindWithRows, named: Readonly<Record<string, string>>): string {
  return kind === 'AVAILABILITY' ? madeKey(named.advisory as string, named.claimant as string) : (named.id as string);
}

function fieldOf(kind: KindWithRows): number {
  return factFields[kind].findIndex(({ name }) => name === rowsOfKind[kind].field);
}

const packages = new Map<string, PackageVersion | null>();
const mostPackages = 100_000;

/** Many lists name the same packages. */
function readPackage(text: string): PackageVersion | null {
  const known = packages.get(text);
  if (known !== undefined) return known;
  if (packages.size >= mostPackages) packages.clear();
  const read = readPurl(text) ?? null;
  packages.set(text, read);
  return read;
}

/** The fault of a cell whose text has the form of its field; undefined: none. */
function findCellFault(spec: FieldSpec, value: FactValue, text: string): string | undefined {
  // An id is made of some of these texts, and a lone surrogate has no encoding.
  if (hasLoneSurrogate(text)) return `The ${spec.column} holds a lone surrogate; expected valid Unicode.`;
  const fault = value === null ? undefined : findValueFault(spec, value)?.message;
  if (fault !== undefined || spec.name !== 'package') return fault;
  const purl = readPackage(text);
  if (purl === null) return `The package ${quote(text)} cannot be read: expected a package URL such as pkg:pypi/litellm.`;
  if (purl.version === null) return undefined;
  return `The package ${quote(text)} has a version. Write the package URL without it: versions have a column of their own.`;
}
