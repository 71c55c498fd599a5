import type { Request, RequestHandler, Response } from 'express';
import { ExposureError } from '../../domain/errors.ts';
import { eachCalendarLine } from '../../export/pack/notices-calendar.ts';
import type { Projection } from '../../projection/projection.ts';
import { Asker } from '../../questions/asker.ts';
import { mergesOf } from '../../questions/resolved-ids.ts';
import { sendError } from '../error-response.ts';
import { questionsOf } from '../questions-of.ts';
import { signalOf } from '../signal-of.ts';
import { hideCells } from './hide-cells.ts';
import type { RedactedQuery } from './redacted-query.ts';
import { readRedactedQuery } from './redacted-query.ts';
import { hidden, StandIns } from './stand-ins.ts';

const header = 'X-Exposure-Redact';
const parameter = 'redact';

/** The most instants of the past in one request: the facts of each are read before its names can be hidden. */
const maxInstants = 4;

/** Exports that hold what people wrote, word for word: no stand-in could be complete. */
const unredactable = /^\/api\/(facts\.zip|imports\/)|\.(pdf|docx)$/;

/**
 * Where a request asks for it, by header or query string, puts stand-ins in the place of every name, id, alias and attribute of organizations
 * and artifacts in the answer, and reads stand-ins in the request as what they stand for. The answer is held back until it is complete.
 */
export function redactAnswers(): RequestHandler {
  /** The stand-ins of current facts; an answer about the past makes its own. */
  const current = new WeakMap<Projection, StandIns>();
  return async (request, response, next) => {
    const url = new URL(request.originalUrl, 'http://localhost');
    const asked = request.get(header) ?? url.searchParams.get(parameter);
    if (asked === undefined || asked === null) return next();
    if (asked !== 'names') return sendError(response, 'BAD_USER_INPUT', `${parameter} is "${asked.slice(0, 40)}"; expected names.`);
    if (unredactable.test(url.pathname)) {
      return sendError(response, 'BAD_USER_INPUT', 'This download holds files and facts word for word; its names cannot be hidden.');
    }
    const { fieldsOf, instants } = readAsked(request, url);
    if (instants.length > maxInstants)
      throw new ExposureError('LIMIT_EXCEEDED', `Names are hidden for at most ${maxInstants} past instants in one request; send several.`);
    const questions = questionsOf(response);
    const asker = new Asker(questions, signalOf(response));
    asker.needAllFacts();
    const now = await asker.facts();
    let standIns = current.get(now);
    if (standIns === undefined || instants.length > 0) {
      standIns = new StandIns().add(now, await mergesOf(asker, now));
      if (instants.length === 0) current.set(now, standIns);
      for (const instant of instants) {
        const past = await new Asker(questions, asker.limit, instant).facts();
        standIns.add(past, await mergesOf(asker, past));
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
  if (query !== null) return readRedactedQuery(query, body.variables ?? parse(searchParams.get('variables')));
  // An export.
  return readRedactedQuery(null, Object.fromEntries(searchParams));
}

function parse(json: string | null): unknown {
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
    const text = Buffer.concat(pieces).toString('utf8');
    return end(text === '' ? '' : transform(text));
  }) as Response['end'];
}
