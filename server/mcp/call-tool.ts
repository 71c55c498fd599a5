import type { GraphQLFormattedError } from 'graphql';
import { type ErrorCode, ExposureError } from '../domain/errors.ts';
import { withoutHidden } from '../domain/text/hidden-characters.ts';
import { flattenAnswer, type Rows } from './flatten-answer.ts';
import type { Answer, Lack, NamedIds, Question, Tool } from './tool.ts';
import { ids } from './tool.ts';

/** Asks the API, as the sender of the call. */
export type AskApi = (
  operation: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<{ readonly data?: unknown; readonly errors?: readonly GraphQLFormattedError[] | undefined }>;

export interface CallOptions {
  readonly askApi: AskApi;
  /** EXPOSURE_MCP_BUDGET: bytes of a result. */
  readonly budget: number;
  /** The address of the page, without a slash at its end. */
  readonly pageUrl: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A result as the protocol has it. */
export interface ToolResult {
  readonly content: readonly [{ readonly type: 'text'; readonly text: string }];
  readonly structuredContent: Record<string, unknown>;
  readonly isError?: true;
  /** For the audit trail: `ok` or the code of an error. */
  readonly outcome: string;
}

/** Arguments that the tool does not take. */
export class WrongArguments extends Error {}

const lowerBound = 'What nobody recorded is not seen, and unknowns count at their worst: read it as at least this much.';
/** A row of any list has at least so many bytes, so more rows than this would be cut. */
const leastRowBytes = 150;
/** Ids for which one call gives candidates. */
const maxUnknown = 5;
const maxLookedUp = 50;

/**
 * Answers one call: asks one constant operation of the API, and cuts its rows to the budget. A name that nobody has gets candidates, and a missing window
 * is asked for. Both are results that say `isError`, so that an assistant asks again.
 *
 * Throws WrongArguments.
 */
export async function callTool(tool: Tool, given: unknown, options: CallOptions): Promise<ToolResult> {
  const parsed = tool.input.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.') ?? '';
    throw new WrongArguments(
      `${tool.name} does not take these arguments: ${withoutHidden(`${path === '' ? '' : `${path}: `}${issue?.message ?? ''}`)
        .replace(/\.$/, '')
        .slice(0, 300)}. exposure mcp tools prints what it takes.`,
    );
  }
  const most = Math.min(500, Math.max(20, Math.ceil(options.budget / leastRowBytes)));
  const question = tool.ask(parsed.data, most, options.now);
  if ('kind' in question) return answerLack(question, {}, options);
  const unknown = await findUnknown({ organizations: question.filters ?? [] }, options);
  if (unknown.length > 0) return failUnknown(unknown);
  const { data, errors = [] } = await options.askApi(question.operation, withoutUndefined(question.variables));
  if (errors.length > 0) return answerErrors(errors, question, options);
  const answer: Answer = flattenAnswer(question.operation, data);
  const lack = question.findLack?.(answer);
  if (lack !== undefined) return answerLack(lack, question.names, options);
  return succeed(question, answer, options);
}

function succeed(
  { href, asked, lists, describe }: Question,
  { revision, ...answer }: Answer,
  { budget, pageUrl }: CallOptions,
): ToolResult {
  const url = pageUrl + href;
  const said = describe(answer);
  const structuredContent: Record<string, unknown> = {
    ...(revision !== undefined && { revision }),
    lowerBound,
    url,
    ...(asked !== undefined && { asked: withoutUndefined(asked) }),
    cut: null,
    answer,
  };
  const text = (cut: string | null) =>
    [revision === undefined ? said : `Revision ${revision}. ${said} ${lowerBound}`, ...(cut === null ? [] : [cut]), url].join('\n');
  // The text counts too.
  const cut = cutRows(
    structuredContent,
    lists.map((path) => `answer.${path}`),
    budget - Buffer.byteLength(text(null)),
  );
  structuredContent.cut = cut;
  return { content: [{ type: 'text', text: text(cut) }], structuredContent, outcome: 'ok' };
}

function withoutUndefined(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

function fail(code: ErrorCode | 'WINDOW_NEEDED', message: string, more: Record<string, unknown> = {}): ToolResult {
  const structuredContent = { error: { code, message }, ...more };
  return { content: [{ type: 'text', text: `${code}: ${message}` }], structuredContent, isError: true, outcome: code };
}

/** The API's own sentences. One about a record that does not exist gets candidates. */
async function answerErrors(errors: readonly GraphQLFormattedError[], question: Question, options: CallOptions): Promise<ToolResult> {
  const [first] = errors as [GraphQLFormattedError];
  const code = String(first.extensions?.code ?? 'INTERNAL_SERVER_ERROR') as ErrorCode;
  if (code === 'NOT_FOUND') {
    const unknown = await findUnknown(question.names, options);
    if (unknown.length > 0) return failUnknown(unknown);
  }
  return fail(code, withoutHidden(first.message));
}

async function answerLack(lack: Lack, named: NamedIds, options: CallOptions): Promise<ToolResult> {
  if (lack.kind === 'record') {
    const unknown = await findUnknown(lack.names, options);
    return unknown.length > 0 ? failUnknown(unknown) : fail('NOT_FOUND', 'There is no such record. The tool find gives ids.');
  }
  const unknown = await findUnknown({ organizations: lack.origins.slice(0, maxUnknown), ...named }, options);
  if (unknown.length > 0) return failUnknown(unknown);
  const incidents = await findIncidents(lack.origins, options);
  const found = incidents.length === 0 ? '' : ` Or name one of these saved incidents: ${ids(incidents.map(({ id }) => id as string))}.`;
  return fail(
    'WINDOW_NEEDED',
    `When? Give core, widest or both, each with from and to in UTC. The answer depends on it, so ask the person if you do not know; now is never assumed.${found}`,
    { incidents },
  );
}

const incidentsText =
  'query WindowsOfIncidents { incidents(first: 50) { edges { node { id name core { from to } widest { from to } origins { id } suspectedOrigins { organization { id } } } } } }';

/** Saved incidents with a window, of these origins; all of them where none is named. */
async function findIncidents(origins: readonly string[], { askApi }: CallOptions): Promise<Answer[]> {
  const { data, errors = [] } = await askApi(incidentsText, {});
  if (errors.length > 0) return [];
  const { incidents }: Answer = flattenAnswer(incidentsText, data);
  return incidents.rows
    .filter(({ core, widest }: Answer) => core !== null || widest !== null)
    .filter(({ origins: of, suspectedOrigins }: Answer) => {
      const all = [...of.rows.map((row: Answer) => row.id), ...suspectedOrigins.rows.map((row: Answer) => row.organization.id)];
      return origins.length === 0 || origins.some((origin) => all.includes(origin));
    })
    .slice(0, 10)
    .map(({ id, name, core, widest }: Answer) => ({ id, name, core, widest }));
}

interface Unknown {
  readonly given: string;
  readonly kind: 'organization' | 'artifact' | 'incident';
  readonly candidates: readonly { readonly id: string; readonly name: string; readonly matched: string }[];
}

const kindsOf = {
  organization: ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'],
  artifact: ['ARTIFACT'],
  incident: ['INCIDENT'],
} as const;
const candidateTexts = Object.fromEntries(
  Object.keys(kindsOf).map((kind) => [
    kind,
    `query Candidates($id: ID!, $text: String!, $kinds: [FoundKind!]) { record: ${kind}(id: $id) { id } search(text: $text, kinds: $kinds, first: 5) { matched found { ... on ${kind.replace(/^./, (letter) => letter.toUpperCase())} { id name } } } }`,
  ]),
) as Record<Unknown['kind'], string>;

/** The named ids that nobody has, each with the records that somebody may have meant. */
async function findUnknown(names: NamedIds, { askApi }: CallOptions): Promise<Unknown[]> {
  const asked = (['organization', 'artifact', 'incident'] as const).flatMap((kind) =>
    [...new Set(names[`${kind}s`] ?? [])].flatMap((given) => (given === undefined || given === '' ? [] : [{ kind, given }])),
  );
  const unknown: Unknown[] = [];
  for (const { kind, given } of asked.slice(0, maxLookedUp)) {
    if (unknown.length >= maxUnknown) break;
    const { data, errors = [] } = await askApi(candidateTexts[kind], { id: given, text: given.slice(0, 200), kinds: kindsOf[kind] });
    if (errors.length > 0) continue;
    const { record, search }: Answer = flattenAnswer(candidateTexts[kind], data);
    if (record !== null) continue;
    const rows: Answer[] = search?.rows ?? [];
    const candidates = rows.flatMap(({ found, matched }) => (found.id === undefined ? [] : [{ id: found.id, name: found.name, matched }]));
    unknown.push({ given: given.slice(0, 200), kind, candidates });
  }
  return unknown;
}

function failUnknown(unknown: readonly Unknown[]): ToolResult {
  const sentences = unknown.map(({ kind, given, candidates }) => {
    const near = candidates.length === 0 ? 'Nothing is like it.' : `Candidates: ${ids(candidates.map(({ id }) => id))}.`;
    return `There is no ${kind} with the id ${ids([given])}. ${near}`;
  });
  return fail('NOT_FOUND', `${sentences.join(' ')} Ask again with an exact id; ask the person which is meant.`, { unknown: [...unknown] });
}

/** An error that stops a call before it is asked, as a result. */
export function failedResult(error: unknown): ToolResult {
  if (error instanceof ExposureError) return fail(error.code, withoutHidden(error.message));
  throw error;
}

/** Rows are whole or absent. The bytes of the sentence that says what was cut. */
const sentenceBytes = 400;

/**
 * Cuts the lists of a result, so that it fits into a budget: each keeps its first rows, and `shown` says how many. A list gets half of the room that
 * those before it left; what then remains goes to the lists in their order.
 *
 * @param result with whole lists; changed in place
 * @param lists paths of lists in it, the most valuable first. One that leads nowhere, or into a row that was cut, is skipped
 * @param budget bytes of the whole result as JSON
 * @returns a sentence about the lists that lost rows; null: none did
 * Complexity: linear in the size of the result.
 */
function cutRows(result: object, lists: readonly string[], budget: number): string | null {
  const found = lists.flatMap((path) => {
    const list = follow(result, path);
    return list === undefined ? [] : [{ path, list, all: list.rows }];
  });
  // Most results fit as they are. Each list has a byte more than its rows as they are counted below.
  if (bytesOf(result) + sentenceBytes + found.length <= budget) return describeShort(found);
  for (const { list } of found) list.rows = [];
  let room = budget - bytesOf(result) - sentenceBytes;
  const add = ({ list, all }: (typeof found)[number], most: number) => {
    let left = most;
    while (list.rows.length < all.length) {
      const row = all[list.rows.length];
      const bytes = bytesOf(row) + 1;
      if (bytes > left) break;
      list.rows.push(row);
      left -= bytes;
      room -= bytes;
    }
  };
  for (const [i, each] of found.entries()) add(each, i === found.length - 1 ? room : room / 2);
  for (const each of found) add(each, room);
  for (const { list } of found) list.shown = list.rows.length;
  return describeShort(found);
}

function describeShort(found: readonly { readonly path: string; readonly list: Rows }[]): string | null {
  const short = found.filter(({ list }) => list.shown < list.total);
  if (short.length === 0) return null;
  const parts = short.map(({ path, list }) => `${list.shown} of ${list.total} rows of ${path.split('.').at(-1)}`);
  return `Shown are the first ${parts.join(', ')}. Totals and figures are of all of them; the page shows the others.`;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

/** Undefined: the path leads to no list. */
function follow(result: object, path: string): Rows | undefined {
  let at: unknown = result;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return typeof at === 'object' && at !== null && Array.isArray((at as Rows).rows) ? (at as Rows) : undefined;
}
