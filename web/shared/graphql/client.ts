import { showHidden } from '../format/hidden-characters.ts';
import { isRedacting, REDACT_HEADER, readKnownAt } from '../url/shared-parameters.ts';
import type { GraphqlError } from './error-sentence.ts';
import { AnswerError, UnansweredChange } from './error-sentence.ts';
import type { AnyOperation, Operation } from './operation.ts';
import { asKnownAt, KNOWN_AT_VARIABLE, textOf } from './operation.ts';

/** The fields of an answer that hold names, or sentences with names. Ids, channels and people's own texts are no part of them. */
const NAMING: ReadonlySet<string> = new Set([
  ...['name', 'aliases', 'matched', 'because', 'sentence', 'message', 'names', 'summary', 'warnings', 'failure', 'before', 'after'],
]);

/** Their names are sent back: a form states again what it does not change, and a decision about a file or a client names it. */
const EXACT: ReadonlySet<string> = new Set(['FactToCorrect', 'ListOwners', 'files']);

/**
 * The data of an answer, with hidden characters of recorded names as escapes, so that no view forgets it. Most answers hold none.
 *
 * @param operation its name
 * @param text the answer as it came, in which a JSON string has control characters as escapes
 */
export function withVisibleNames<T>(data: T, operation: string, text: string): T {
  return EXACT.has(operation) || !MAY_HIDE.test(text) ? data : (shown(data, false) as T);
}

const MAY_HIDE = /[\u007f-\u009f\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]|\\[bfnrtu]/u;

function shown(value: unknown, isName: boolean): unknown {
  if (typeof value === 'string') return isName ? showHidden(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => shown(item, isName));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, EXACT.has(key) ? item : shown(item, NAMING.has(key) && !isObject(item))]),
  );
}

/** `before` and `after` are rows in some answers. */
function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Context {
  readonly fetchOptions?: { readonly signal?: AbortSignal };
  readonly headers?: Readonly<Record<string, string>>;
}

/** The variables may be left out if none is required. */
type Variables<TVariables> =
  Record<never, never> extends TVariables ? { readonly variables?: TVariables } : { readonly variables: TVariables };

interface Answer<TData> {
  readonly data: TData | undefined;
}

/**
 * The only GraphQL client. It caches nothing, because one id can stand for different states (as known at an instant, before and after a
 * change), and because the server answers in milliseconds. Nor does it share requests: each caller may cancel its own. An answer with an
 * error rejects with an {@link AnswerError}, a lost server with the error of `fetch`.
 */
export const client = {
  query: <TData, TVariables>({
    query,
    variables,
    context,
  }: { readonly query: Operation<TData, TVariables>; readonly context?: Context } & Variables<TVariables>): Promise<Answer<TData>> =>
    ask<TData>(query, variables ?? {}, context),
  mutate: <TData, TVariables>({
    mutation,
    variables,
  }: { readonly mutation: Operation<TData, TVariables> } & Variables<TVariables>): Promise<Answer<TData>> =>
    change<TData>(mutation, variables ?? {}),
};

/** The keys of changes that got no answer, by the change. The server does a change with a key once, however often it is sent. */
const unanswered = new Map<string, string>();

async function change<TData>(mutation: AnyOperation, variables: object): Promise<Answer<TData>> {
  const name = JSON.stringify([mutation.name, variables]);
  // `randomUUID` needs HTTPS.
  const key = unanswered.get(name) ?? crypto.getRandomValues(new Uint32Array(4)).join('-');
  unanswered.delete(name);
  try {
    return await ask<TData>(mutation, variables, { headers: { 'Idempotency-Key': key } });
  } catch (error) {
    if (error instanceof AnswerError) throw error;
    unanswered.set(name, key);
    doubt();
    throw new UnansweredChange(error);
  }
}

/** While the address names an instant, every question about facts is asked as known then: one switch for all views. */
async function ask<TData>(operation: AnyOperation, variables: object, context: Context = {}): Promise<Answer<TData>> {
  const instant = readKnownAt();
  if (instant === null || !operation.hasPast) return { data: await send<TData>(operation, variables, context) };
  const data = await send<{ readonly asKnownAt: TData | null }>(
    asKnownAt(operation),
    { ...variables, [KNOWN_AT_VARIABLE]: instant },
    context,
  );
  return { data: data?.asKnownAt ?? undefined };
}

async function send<TData>(operation: AnyOperation, variables: object, context: Context): Promise<TData | undefined> {
  const { headers, fetchOptions } = context;
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      // While names are hidden, the server puts stand-ins in their place, in every answer.
      ...(isRedacting() ? REDACT_HEADER : {}),
      ...headers,
    },
    body: JSON.stringify({ operationName: operation.name, query: textOf(operation), variables }),
    ...(fetchOptions?.signal === undefined ? {} : { signal: fetchOptions.signal }),
  });
  if (response.status === 401) refuse();
  const text = await response.text();
  const answer = JSON.parse(text) as { readonly data?: TData | null; readonly errors?: readonly GraphqlError[] };
  if (answer.errors !== undefined) throw new AnswerError(answer.errors);
  if (!response.ok) throw new Error(`The server answered with status ${response.status}.`);
  return withVisibleNames(answer.data ?? undefined, operation.name, text);
}

let refuse = () => {};
let doubt = () => {};

/** Calls back when the server refuses a request because the session has ended. */
export function onUnauthenticated(callback: () => void): void {
  refuse = callback;
}

/** Calls back when a change got no answer, so that what the page shows may be of before or after it. */
export function onUnansweredChange(callback: () => void): void {
  doubt = callback;
}
