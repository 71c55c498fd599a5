import type { Request, RequestHandler, Response } from 'express';
import type {
  ArgumentNode,
  FieldNode,
  FragmentDefinitionNode,
  ObjectFieldNode,
  OperationDefinitionNode,
  ValueNode,
  VariableDefinitionNode,
} from 'graphql';
import { Kind, parse, visit } from 'graphql';
import { formatCell, unguardCell } from '../csv/csv-record.ts';
import { ExposureError } from '../domain/errors.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import { hideSubjects } from '../export/file-stem.ts';
import { eachCalendarLine } from '../export/notices-calendar.ts';
import { limits } from '../graphql/limits.ts';
import type { Projection } from '../projection/projection.ts';
import { Asker } from '../questions/asker.ts';
import { mergesOf } from '../questions/resolved-ids.ts';
import { askSubjects } from '../questions/software/ask-software.ts';
import { hiddenColumns, isFigureColumn, isSchemaWord } from '../rules/redaction.ts';
import { questionsOf } from './guards/authenticate.ts';
import { sendError } from './guards/error-response.ts';
import { signalOf } from './signal-of.ts';
import { hidden, StandIns } from './stand-ins.ts';

const header = 'X-Exposure-Redact';
const parameter = 'redact';

/** The most instants of the past in one request: the facts of each are read before its names can be hidden. */
const maxInstants = 4;

/** Exports that hold what people wrote, word for word: no stand-in could be complete. */
const unredactable = /^\/api\/(facts\.zip|imports\/)|\.(pdf|docx)$/;

/** Questions and changes of one import: nobody recorded what its files name, so nothing could stand for it. */
const showsFiles = /^import$|^\w+Import(File|Cell|Values)?$|^decide(Matches|Edition|Answer)$/;

/**
 * Where a request asks for it, by header or query string, puts stand-ins in the place of every name, id, alias and attribute of organizations
 * and artifacts in the answer, and reads stand-ins in the request as what they stand for. The answer is held back until it is complete.
 */
export function redactAnswers(): RequestHandler {
  /** The stand-ins of current facts; an answer about the past makes its own. */
  const current = new WeakMap<Projection, StandIns>();
  return async (request, response, next) => {
    const url = new URL(request.originalUrl, 'http://localhost');
    const mode = request.get(header) ?? url.searchParams.get(parameter);
    if (mode === undefined || mode === null) return next();
    if (mode !== 'names') return sendError(response, 'BAD_USER_INPUT', `${parameter} is "${mode.slice(0, 40)}"; expected names.`);
    if (unredactable.test(url.pathname)) {
      return sendError(response, 'BAD_USER_INPUT', 'This download holds files and facts word for word; its names cannot be hidden.');
    }
    const { fieldsOf, instants, rootFields } = readAsked(request, url);
    const ofFiles = rootFields.find((field) => showsFiles.test(field));
    if (ofFiles !== undefined) {
      return sendError(
        response,
        'BAD_USER_INPUT',
        `${ofFiles} shows the files of an import word for word; their names cannot be hidden. Ask it without ${parameter}.`,
      );
    }
    if (instants.length > maxInstants)
      throw new ExposureError('LIMIT_EXCEEDED', `Names are hidden for at most ${maxInstants} past instants in one request; send several.`);
    const questions = questionsOf(response);
    const asker = new Asker(questions, signalOf(response));
    asker.needAllFacts();
    const now = await asker.facts();
    let standIns = current.get(now);
    if (standIns === undefined || instants.length > 0) {
      standIns = new StandIns().add(now, await mergesOf(asker, now)).addSubjects(await askSubjects(asker));
      if (instants.length === 0) current.set(now, standIns);
      for (const instant of instants) {
        const then = new Asker(questions, asker.limit, instant);
        const past = await then.facts();
        standIns.add(past, await mergesOf(asker, past)).addSubjects(await askSubjects(then));
      }
    }
    const found = standIns;
    if (request.body !== undefined) request.body = found.restoreInValue(request.body);
    url.searchParams.delete(parameter);
    for (const name of new Set(url.searchParams.keys())) {
      const values = url.searchParams.getAll(name).map((value) => found.restoreIn(value));
      url.searchParams.delete(name);
      for (const value of values) url.searchParams.append(name, value);
    }
    request.originalUrl = `${url.pathname}${url.search}`;
    transformAnswer(response, (text) => {
      const type = String(response.getHeader('Content-Type'));
      if (/json/.test(type)) return JSON.stringify(found.hideInValue(JSON.parse(text), fieldsOf));
      if (/csv/.test(type)) return hideCells(text, (cell) => found.hideIn(cell), hidden);
      return /calendar/.test(type) ? eachCalendarLine(text, (line) => found.hideIn(line)) : found.hideIn(text);
    });
    return next();
  };
}

function readAsked(request: Request, { searchParams }: URL): RedactedQuery {
  const body = (request.body ?? {}) as { query?: unknown; variables?: unknown };
  const query = body.query ?? searchParams.get('query');
  if (query !== null) return readRedactedQuery(query, body.variables ?? redactAnswersParse(searchParams.get('variables')));
  // An export.
  return readRedactedQuery(null, Object.fromEntries(searchParams));
}

function redactAnswersParse(json: string | null): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}

/** Holds an answer back until its end, then sends what `transform` makes of it. */
function transformAnswer(response: Response, transform: (text: string) => string): void {
  const pieces: Buffer[] = [];
  const keep = (piece: unknown) => {
    if (typeof piece === 'string' || piece instanceof Uint8Array) pieces.push(Buffer.from(piece as string));
  };
  const end = response.end.bind(response) as (text: string) => Response;
  response.write = ((piece: unknown, encoding: unknown, done: unknown) => {
    keep(piece);
    const onWritten = typeof encoding === 'function' ? encoding : done;
    if (typeof onWritten === 'function') onWritten();
    return true;
  }) as Response['write'];
  response.end = ((piece: unknown) => {
    keep(piece);
    response.removeHeader('Content-Length');
    response.removeHeader('ETag');
    const disposition = response.getHeader('Content-Disposition');
    if (typeof disposition === 'string') response.setHeader('Content-Disposition', hideSubjects(disposition));
    const text = Buffer.concat(pieces).toString('utf8');
    return end(text === '' ? '' : transform(text));
  }) as Response['end'];
}

/** A cell of CSV with the sign that ends it. */
const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g;

/**
 * A CSV file of this program, the text of each cell hidden. The header, the figures and the words of the schema stay.
 *
 * @param hide gets a cell without the quotes and the `'` that protect it
 * @param hidden takes the place of a text that tells who somebody is
 * Complexity: linear.
 */
function hideCells(csv: string, hide: (text: string) => string, hidden: string): string {
  const columns: string[] = [];
  let [column, row] = [0, 0];
  return csv.replace(cell, (whole, written: string, end: string) => {
    const at = column;
    if (row === 0) columns[at] = written;
    const name = columns[at] ?? '';
    const isText = row > 0 && written !== '' && !isFigureColumn(name);
    if (end === ',') column++;
    else {
      column = 0;
      row++;
    }
    if (!isText) return whole;
    const quoted = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
    const text = unguardCell(quoted);
    if (isSchemaWord(name, text)) return whole;
    const shown = hiddenColumns.has(name) ? hidden : hide(text);
    return shown === text ? whole : formatCell(shown) + end;
  });
}

/** Facts about a GraphQL request that hiding names needs, and that the answer alone does not show. */
interface RedactedQuery {
  /** Key of an answer, an alias or not -> the fields that it stands for. */
  readonly fieldsOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** The instants as of whose facts it asks, ascending. Epoch milliseconds. */
  readonly instants: readonly number[];
  /** The fields of operations themselves, not those below them. */
  readonly rootFields: readonly string[];
}

/** Arguments and fields of inputs that name an instant of the past. */
const pastName = /^instant$|knownAt/i;

/** Reads a request. An invalid request has no fields, and its execution refuses it. Complexity: linear. */
function readRedactedQuery(query: unknown, variables: unknown): RedactedQuery {
  const fieldsOf = new Map<string, Set<string>>();
  const instants = new Set<number>();
  const note = (value: unknown) => {
    const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(instant)) instants.add(instant);
  };
  const values = new Map<string, unknown>(Object.entries(typeof variables === 'object' && variables !== null ? variables : {}));
  const noteValue = (name: string, value: ValueNode) => {
    if (!pastName.test(name)) return;
    if (value.kind === Kind.STRING) note(value.value);
    else if (value.kind === Kind.VARIABLE) note(values.get(value.name.value));
  };
  const rootFields: string[] = [];
  try {
    visit(parse(typeof query === 'string' ? query : '', { noLocation: true, maxTokens: limits.maxTokens }), {
      [Kind.VARIABLE_DEFINITION]({ variable, defaultValue }: VariableDefinitionNode) {
        if (defaultValue?.kind === Kind.STRING && !values.has(variable.name.value)) values.set(variable.name.value, defaultValue.value);
      },
      [Kind.OPERATION_DEFINITION]({ selectionSet }: OperationDefinitionNode) {
        for (const selection of selectionSet.selections) if (selection.kind === Kind.FIELD) rootFields.push(selection.name.value);
      },
      [Kind.FRAGMENT_DEFINITION]({ typeCondition, selectionSet }: FragmentDefinitionNode) {
        if (!/^(Query|Mutation)$/.test(typeCondition.name.value)) return;
        for (const selection of selectionSet.selections) if (selection.kind === Kind.FIELD) rootFields.push(selection.name.value);
      },
      [Kind.FIELD]({ alias, name }: FieldNode) {
        getOrInsert(fieldsOf, alias?.value ?? name.value, () => new Set<string>()).add(name.value);
      },
      [Kind.ARGUMENT]: ({ name, value }: ArgumentNode) => noteValue(name.value, value),
      [Kind.OBJECT_FIELD]: ({ name, value }: ObjectFieldNode) => noteValue(name.value, value),
    });
  } catch {
    // A syntax error.
  }
  noteWithin(variables, note);
  return { fieldsOf, instants: [...instants].sort((a, b) => a - b), rootFields };
}

/** Inputs given as variables. guard-requests.ts bounds their depth. */
function noteWithin(value: unknown, note: (value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) {
    if (pastName.test(name)) note(item);
    noteWithin(item, note);
  }
}
