import { unguardCell } from '../../csv/csv-record.ts';
import type { FactValue } from '../../domain/assertions.ts';
import { findValueFault } from '../../domain/fact-rules.ts';
import { quote } from '../../domain/fact-sentences.ts';
import type { Incident, IncidentCause, IncidentState } from '../../domain/incident.ts';
import { defaultIncidentCause, defaultIncidentState } from '../../domain/incident.ts';
import { type ClosedWindow, parseWindowEnd } from '../../domain/instants.ts';
import type { StatedSuspect } from '../../domain/radius-options.ts';
import {
  doubtOptions,
  findLikelihoodFault,
  joinSuspected,
  parseSuspect,
  resolveRadiusOptions,
  splitSuspects,
} from '../../domain/radius-options.ts';
import { emptyLog } from '../../domain/records/incident-log.ts';
import type { CsvScanner } from '../csv/scan-csv.ts';
import { findRowFault } from '../csv/scan-csv.ts';
import type { Column } from './parse-header.ts';
import { CellFault, parseCell } from './parse-header.ts';
import type { Rejection } from './rejection.ts';
import { parseScope } from './table-fields.ts';

/** An incident as a row states it, with the row's file and line. */
export interface IncidentRow {
  readonly incident: Incident;
  readonly file: string;
  readonly line: number;
}

/** Turns the rows of one file of incidents into incidents or rejections. A rejection lists all faults of its row. */
export class IncidentRows {
  rowCount = 0;
  readonly #file: string;
  readonly #columns: readonly Column[];
  readonly #at: number;
  readonly #onIncident: (row: IncidentRow) => void;
  readonly #onRejection: (rejection: Rejection) => void;

  /** @param at epoch ms: the creation time of the incidents */
  constructor(
    file: string,
    columns: readonly Column[],
    at: number,
    onIncident: (row: IncidentRow) => void,
    onRejection: (rejection: Rejection) => void,
  ) {
    this.#file = file;
    this.#columns = columns;
    this.#at = at;
    this.#onIncident = onIncident;
    this.#onRejection = onRejection;
  }

  read(row: CsvScanner): void {
    const fault = findRowFault(this.#file, row, this.#columns.length);
    if (fault === 'blank') return;
    this.rowCount++;
    if (fault !== undefined) {
      this.#onRejection(fault);
      return;
    }
    const { line } = row;
    const faults: Rejection[] = [];
    const reject = (column: string | null, code: Rejection['code'], message: string, value: string | null) =>
      faults.push({ file: this.#file, line, column, code, message, value: value?.slice(0, 500) ?? null });

    const stated = new Map<string, FactValue>();
    this.#columns.forEach((column, cell) => {
      if (column.role !== 'field' || row.starts[cell] === row.ends[cell]) return;
      const text = unguardCell(row.text(cell));
      const value = parseCell(column.spec, text);
      const message = value instanceof CellFault ? value.message : value === null ? undefined : findValueFault(column.spec, value)?.message;
      if (message !== undefined) reject(column.name, 'BAD_VALUE', message, text);
      else stated.set(column.spec.name, (column.spec.type === 'endInstant' ? parseWindowEnd(text) : value) as FactValue);
    });
    for (const name of ['id', 'name']) {
      if (stated.has(name) || faults.some((one) => one.column === name)) continue;
      reject(name, 'MISSING_VALUE', `The ${name} is empty. Every incident needs one.`, null);
    }
    const core = readWindow(stated, 'core', reject);
    const widest = readWindow(stated, 'widest', reject);
    if (core !== null && widest !== null && (core.from < widest.from || core.to > widest.to)) {
      reject('core_from', 'BAD_VALUE', 'The core window reaches outside the widest one. Widen the widest, or narrow the core.', null);
    }
    const scopeValue = stated.get('scope');
    const scope = scopeValue === undefined ? [] : parseScope(parseValues(scopeValue as string));
    if (scope === undefined) {
      const message = `The scope ${quote(String(scopeValue))} cannot be read: expected values "ORIGIN artifact ID", "ORIGIN engagement ID" or "ORIGIN channel TEXT", each part percent-encoded, separated by ";".`;
      reject('scope', 'BAD_VALUE', message, String(scopeValue));
    }
    const suspected: StatedSuspect[] = [];
    for (const part of splitSuspects((stated.get('suspectedOrigins') ?? '') as string)) {
      const suspect = parseSuspect(part);
      const message = typeof suspect === 'string' ? suspect : findLikelihoodFault(suspect);
      if (message !== undefined) reject(doubtOptions.suspectedOrigins.column, 'BAD_VALUE', message, part);
      else suspected.push(suspect as StatedSuspect);
    }
    const hasCore = (stated.get('hasCore') ?? true) as boolean;
    if (!hasCore && core !== null && (core.from !== (widest ?? core).from || core.to !== (widest ?? core).to)) {
      const message = 'There is no core, so a core window must equal the widest. Leave the core window or has_core empty.';
      reject('core_from', 'BAD_VALUE', message, null);
    }
    if (faults.length > 0) {
      for (const one of faults) this.#onRejection(one);
      return;
    }
    const incident: Incident = {
      id: stated.get('id') as string,
      name: stated.get('name') as string,
      state: (stated.get('state') ?? defaultIncidentState) as IncidentState,
      discoveredAt: (stated.get('discoveredAt') ?? null) as number | null,
      origins: (stated.get('origins') ?? []) as string[],
      suspectedOrigins: joinSuspected(suspected, []),
      hasCore,
      core,
      widest,
      scope: scope ?? [],
      ...resolveRadiusOptions(Object.fromEntries(stated)),
      cause: (stated.get('cause') ?? defaultIncidentCause) as IncidentCause,
      advisory: (stated.get('advisory') ?? null) as string | null,
      proposal: null,
      scenario: [],
      log: emptyLog,
      logSaves: 0,
      createdAt: this.#at,
      updatedAt: this.#at,
    };
    this.#onIncident({ incident, file: this.#file, line });
  }
}

function parseValues(text: string): string[] {
  return text.split(';').filter((value) => value !== '');
}

function readWindow(
  stated: ReadonlyMap<string, FactValue>,
  name: 'core' | 'widest',
  reject: (column: string, code: Rejection['code'], message: string, value: string | null) => void,
): ClosedWindow | null {
  const from = stated.get(`${name}From`);
  const to = stated.get(`${name}To`);
  if (from === undefined && to === undefined) return null;
  if (typeof from !== 'number' || typeof to !== 'number') {
    const missing = from === undefined ? `${name}_from` : `${name}_to`;
    reject(missing, 'MISSING_VALUE', `The ${name} window has no ${missing}. Give both its ends, or neither.`, null);
    return null;
  }
  if (to >= from) return { from, to };
  reject(
    `${name}_to`,
    'ENDS_BEFORE_START',
    `The ${name} window ends before it starts. Exchange or correct ${name}_from and ${name}_to.`,
    null,
  );
  return null;
}
