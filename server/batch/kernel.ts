import { parseArgs } from 'node:util';
import { ExposureError } from '../domain/errors.ts';
import { changesByPart, findStableSpan } from '../exposure/rankings/stable-span.ts';
import type { BatchParameters, BatchQuestionName, StatedParameters } from './batch-questions.ts';
import { batchQuestionNames, batchQuestions } from './batch-questions.ts';
import { type PackCommon, readCommon, readParts } from './pack-format.ts';
import { readLines } from './result-lines.ts';

/*
 * The kernel of a batch: parts in, rows out. It reads no store, no network and no clock, so a machine of a cluster needs this one file and
 * Node. It is bundled into dist/server/batch/kernel.mjs.
 *
 *     kernel.mjs --common FILE --question Q --parameters JSON --round 1 [FILE…] < parts > lines
 *     kernel.mjs --common FILE --question Q --parameters JSON --round 2 --held FILE [--share I/N] > lines
 *
 * A line is JSON: `{"held"}` of round 1 for round 2; `{"key", "row"}` of either for the answer, which is sorted by key (code points); or
 * `{"answer"}`, once in each run of round 2: all that decides the answer, besides the facts.
 */

export type KernelLine =
  | { readonly held: unknown; readonly parts: readonly HeldPart[]; readonly span: HeldSpan }
  | { readonly key: string; readonly row: object }
  | { readonly answer: AnswerHead };

/** A part that was read. */
type HeldPart = readonly [part: number, first: number];

/** The span of instants around the question's in which nothing begins or ends. Null: without end. */
type HeldSpan = readonly [from: number | null, until: number | null];

export interface AnswerHead {
  readonly question: BatchQuestionName;
  readonly parameters: BatchParameters;
  /** The answer is the same as of every instant from `from` on and before `until`. Null: without end. */
  readonly span: { readonly from: number | null; readonly until: number | null };
}

export interface KernelRun {
  readonly common: string;
  readonly question: BatchQuestionName;
  readonly parameters: StatedParameters;
}

/**
 * Round 1 of a question.
 *
 * @param files of parts; none: `input` is read
 * @param onPart called after each part, with the number of its transfers
 */
export async function* runRound1(
  run: KernelRun,
  files: readonly string[],
  input: AsyncIterable<Uint8Array>,
  onPart: (transfers: number) => void = () => undefined,
): AsyncGenerator<KernelLine> {
  const common = await readCommon(run.common);
  const { settle, gather } = batchQuestions[run.question];
  const parameters = settle(run.parameters, common.head.defaults);
  const gathering = gather(common.projection, parameters);
  const { ofParts } = changesFor(parameters);
  const parts: HeldPart[] = [];
  let span: HeldSpan = [null, null];
  for (const [from, name] of files.length === 0 ? [[input, 'standard input'] as const] : files.map((file) => [file, file] as const)) {
    for await (const { head, projection } of readParts(common, from, name)) {
      const { held, rows = [] } = gathering.add(projection, head);
      yield* rows;
      const here = spanOf(ofParts(projection), parameters);
      if (held === undefined) parts.push([head.part, head.first]);
      else yield { held, parts: [[head.part, head.first]], span: here };
      span = meet(span, here);
      onPart(projection.transfers.count);
    }
  }
  if (gathering.end !== undefined) yield { held: gathering.end(), parts, span };
}

/** Round 2 of a question. @param held the lines of all runs of round 1 that are not rows, in any order */
export async function* runRound2(
  run: KernelRun,
  held: AsyncIterable<string>,
  heldName: string,
  share: { readonly first: number; readonly count: number },
): AsyncGenerator<KernelLine> {
  const common = await readCommon(run.common);
  const { settle, answer } = batchQuestions[run.question];
  const parameters = settle(run.parameters, common.head.defaults);
  const lines: Extract<KernelLine, { held: unknown }>[] = [];
  for await (const line of held) if (line !== '') lines.push(JSON.parse(line));
  checkParts(
    common,
    heldName,
    lines.flatMap(({ parts }) => parts),
  );
  lines.sort((a, b) => (a.parts[0]?.[0] ?? 0) - (b.parts[0]?.[0] ?? 0));
  const { ofOthers } = changesFor(parameters);
  const [from, until] = lines.map(({ span }) => span).reduce(meet, spanOf(ofOthers(common.projection), parameters));
  yield { answer: { question: run.question, parameters, span: { from, until } } };
  yield* answer(
    common.projection,
    parameters,
    lines.map((line) => line.held),
    share,
  );
}

/** A ranking and exposures have windows. */
const changesFor = ({ settings }: BatchParameters) => changesByPart(settings === undefined ? 'list' : 'ranking');

function spanOf(changes: Parameters<typeof findStableSpan>[0], { settings, instant }: BatchParameters): HeldSpan {
  const steps = findStableSpan(changes, settings?.widest.to ?? (instant as number));
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done !== true) continue;
    const { from, until } = step.value;
    return [Number.isFinite(from) ? from : null, Number.isFinite(until) ? until : null];
  }
}

function meet(a: HeldSpan, b: HeldSpan): HeldSpan {
  const [from, until] = [Math.max(a[0] ?? -Infinity, b[0] ?? -Infinity), Math.min(a[1] ?? Infinity, b[1] ?? Infinity)];
  return [Number.isFinite(from) ? from : null, Number.isFinite(until) ? until : null];
}

const incomplete = (name: string, why: string) =>
  new ExposureError('BATCH_DAMAGED', `${name}: ${why}. Give each part of the pack to round 1 once, and all its lines to round 2.`);

/** Throws BATCH_DAMAGED if a part is missing, or came twice. */
function checkParts(common: PackCommon, name: string, parts: readonly HeldPart[]): void {
  const seen = new Set<number>();
  for (const [part] of parts) {
    if (seen.has(part)) throw incomplete(name, `part ${part} came twice`);
    seen.add(part);
  }
  for (let part = 0; part < common.head.parts; part++) if (!seen.has(part)) throw incomplete(name, `part ${part} is missing`);
}

/** Throws BAD_USER_INPUT. */
export function readShare(text: string): { readonly first: number; readonly count: number } {
  const [first, count] = text.split('/').map(Number);
  if (first !== undefined && count !== undefined && Number.isInteger(first) && Number.isInteger(count) && first >= 0 && first < count)
    return { first, count };
  throw new ExposureError('BAD_USER_INPUT', `--share is ${JSON.stringify(text)}; expected I/N with I from 0 to N - 1, such as 0/8.`);
}

/** Throws BAD_USER_INPUT. */
export function readQuestion(text: string | undefined): BatchQuestionName {
  const name = batchQuestionNames.find((one) => one === text);
  if (name !== undefined) return name;
  throw new ExposureError(
    'BAD_USER_INPUT',
    `The question is ${JSON.stringify(text ?? '')}; expected one of ${batchQuestionNames.join(', ')}.`,
  );
}

const typesOfParameters = {
  core: 'object',
  widest: 'object',
  asOf: 'string',
  maxHops: 'number',
  transferLikelihood: 'number',
  minDegree: 'number',
} as const satisfies Record<Exclude<keyof StatedParameters, 'gaps'>, string>;
const expectedParameters = Object.entries(typesOfParameters)
  .map(([name, type]) => `${name} (${type === 'object' ? '{"from", "to"}' : type === 'string' ? 'an instant' : 'a number'})`)
  .join(', ');

/** Throws BAD_USER_INPUT. */
export function readStated(json: string | undefined): StatedParameters {
  let stated: unknown;
  try {
    stated = JSON.parse(json ?? '{}');
  } catch {
    // Said below.
  }
  if (typeof stated !== 'object' || stated === null || Array.isArray(stated))
    throw new ExposureError('BAD_USER_INPUT', '--parameters is no JSON object; expected one such as {"maxHops": 2}.');
  for (const [name, value] of Object.entries(stated)) {
    const isFine = typeof value === typesOfParameters[name as keyof typeof typesOfParameters];
    if (!isFine)
      throw new ExposureError('BAD_USER_INPUT', `--parameters has ${name} ${JSON.stringify(value)}; expected ${expectedParameters}.`);
  }
  return stated as StatedParameters;
}

/** Runs one round, and writes its lines. The command line of the bundle and of `exposure batch part`. */
export async function runKernel(
  args: readonly string[],
  input: AsyncIterable<Uint8Array>,
  write: (text: string) => Promise<void>,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      common: { type: 'string' },
      question: { type: 'string' },
      parameters: { type: 'string' },
      round: { type: 'string' },
      held: { type: 'string' },
      share: { type: 'string', default: '0/1' },
    },
  });
  if (values.common === undefined) throw new ExposureError('BAD_USER_INPUT', '--common is missing; name the file of the common facts.');
  const run = { common: values.common, question: readQuestion(values.question), parameters: readStated(values.parameters) };
  let waiting = '';
  for await (const line of linesOf(run, values, positionals, input)) {
    waiting += `${JSON.stringify(line)}\n`;
    if (waiting.length < 65_536) continue;
    await write(waiting);
    waiting = '';
  }
  if (waiting !== '') await write(waiting);
}

function linesOf(
  run: KernelRun,
  { round, held, share = '0/1' }: { round?: string | undefined; held?: string | undefined; share?: string | undefined },
  files: readonly string[],
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<KernelLine> {
  if (round === '1') return runRound1(run, files, input);
  if (round !== '2') throw new ExposureError('BAD_USER_INPUT', `--round is ${JSON.stringify(round ?? '')}; expected 1 or 2.`);
  if (held === undefined) throw new ExposureError('BAD_USER_INPUT', '--held is missing; name the file with the lines of round 1.');
  return runRound2(run, readLines(held), held, readShare(share));
}
