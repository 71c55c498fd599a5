import { z } from 'zod';
import { formatInstant, parseInstant } from '../domain/instants.ts';
import type { RadiusOption } from '../domain/radius-options.ts';
import { describeRadiusOption, radiusOptions } from '../domain/radius-options.ts';
import type { SavedRadius } from '../watches/watch-sentences.ts';
import { writeQuestion } from '../watches/watch-sentences.ts';

/** The content of an answer, as `flattenAnswer` makes it of GraphQL's. */
// biome-ignore lint/suspicious/noExplicitAny: its form follows from the operation, and its output schema says it.
export type Answer = Record<string, any>;

/** The ids that a call names. Those that nobody has get candidates. */
export interface NamedIds {
  readonly organizations?: readonly (string | undefined)[];
  readonly artifacts?: readonly (string | undefined)[];
  readonly incidents?: readonly (string | undefined)[];
}

/** One question to the API. */
export interface Question {
  /** A constant of the tool. */
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly names: NamedIds;
  /** Ids of organizations that only filter rows. The API keeps no row for one that nobody has, so these are looked up first. */
  readonly filters?: readonly string[];
  /** Lists of the answer whose rows may be cut, the most valuable first: keys joined by dots. */
  readonly lists: readonly string[];
  /** Path and query of the page that shows the same. */
  readonly href: string;
  /** The settings of the question that the answer itself does not repeat, such as a window. */
  readonly asked?: Readonly<Record<string, unknown>>;
  /** Describes the answer in sentences of ours, figures and ids. */
  describe(answer: Answer): string;
  /** Finds the missing part of the answer: `window`, or the id of a record that does not exist. */
  findLack?(answer: Answer): Lack | undefined;
}

/** A call that is answered by asking back. */
export type Lack = { readonly kind: 'window'; readonly origins: readonly string[] } | { readonly kind: 'record'; readonly names: NamedIds };

export interface Tool {
  /** Stable: assistants and their users' settings name it. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Whether it writes. It is then offered only where EXPOSURE_MCP_WRITES allows it. */
  readonly isWriting: boolean;
  readonly input: z.ZodType;
  /** Every operation that it may ask. They decide the output schema. */
  readonly operations: readonly string[];
  /** @param most rows of a list that are worth asking for @param now epoch milliseconds */
  ask(args: unknown, most: number, now: number): Question | Lack;
}

/** A row of the table of tools, its arguments typed by their schema. */
export function tool<S extends z.ZodType>(
  row: Omit<Tool, 'ask' | 'input' | 'isWriting'> & {
    readonly isWriting?: boolean;
    readonly input: S;
    ask(args: z.output<S>, most: number, now: number): Question | Lack;
  },
): Tool {
  return { isWriting: false, ...row } as Tool;
}

export const id = (what: string) => z.string().min(1).max(200).describe(`The id of ${what}, exact. The tool find gives ids.`);

/**
 * Refuses arguments that the chosen `of` does not take: an answer that ignored one would be an answer to another question.
 *
 * @param takes the arguments of each `of`; the first is the default
 */
export function refuseOthers(takes: Readonly<Record<string, readonly string[]>>) {
  return (args: Readonly<Record<string, unknown>> & { readonly of?: string | undefined }, context: z.RefinementCtx) => {
    const { of = Object.keys(takes)[0] as string, ...others } = args;
    for (const [name, value] of Object.entries(others)) {
      if (value === undefined || takes[of]?.includes(name)) continue;
      const takers = Object.keys(takes).filter((each) => takes[each]?.includes(name));
      context.addIssue({ code: 'custom', path: [name], message: `of=${of} does not take it, but of=${takers.join(' and of=')}` });
    }
  };
}

/** An instant of the API. A reversed window, or a text that is no instant, gets the API's own message. */
const instant = z.string().max(60);
export const at = (what: string) => instant.describe(`${what} RFC 3339 in UTC, such as 2026-03-24T08:30:00Z.`);

const window = (what: string) =>
  z.strictObject({ from: at('Begin.'), to: at('End, not before the begin.') }).describe(`${what} Both ends belong to it.`);

/** The windows of a question about a compromise that no incident names. */
export const windows = {
  core: window('The certain window: when the compromise is sure to have lasted. Default: the widest window.').optional(),
  widest: window('The widest window: when it may have lasted. Default: the core window.').optional(),
};

export const radiusOptionsInput = z
  .strictObject(
    Object.fromEntries(
      radiusOptions.map((option) => [
        option.name,
        z
          .number()
          .optional()
          .describe(`${describeRadiusOption(option)}. Default ${option.default}.`),
      ]),
    ) as Record<RadiusOption['name'], z.ZodOptional<z.ZodNumber>>,
  )
  .optional()
  .describe("Options of the radius. Default: the incident's, else those of the program.");

const radiusFields = {
  incident: id('a saved incident, whose origins, windows and options the question takes').optional(),
  origins: z
    .array(z.string().max(200))
    .optional()
    .describe("Ids of the compromised organizations. Needed without an incident; beside one, they take the place of the incident's."),
  suspectedOrigins: z
    .array(z.strictObject({ organization: z.string().max(200), likelihood: z.number().optional() }))
    .optional()
    .describe('Organizations that may have been compromised. They make nothing more than POSSIBLE.'),
  hasCore: z.boolean().optional().describe('False: no instant of the compromise is certain, so nothing is EXPOSED.'),
  ...windows,
  knownAt: at('Answer from the facts as they were recorded at this instant. Default: now.').optional(),
  options: radiusOptionsInput,
};

const { incident: _incident, knownAt: _knownAt, ...ofIncident } = radiusFields;
/** The fields of its radius that a new incident states. */
export const radiusFieldsOfIncident = ofIncident;

/** The question of a blast radius, as BlastRadiusInput takes it. A window is asked for, and never taken as now. */
export const radiusInput = z.strictObject(radiusFields);
export const radiusInputWith = <T extends z.ZodRawShape>(more: T) => z.strictObject({ ...radiusFields, ...more });
export type RadiusInput = z.output<typeof radiusInput>;

/** The BlastRadiusInput among the arguments of a tool. */
export function pickRadius(args: RadiusInput): RadiusInput {
  return Object.fromEntries(
    Object.keys(radiusFields).flatMap((key) => {
      const value = args[key as keyof RadiusInput];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

export function hasWindow({ core, widest }: Pick<RadiusInput, 'core' | 'widest'>): boolean {
  return core !== undefined || widest !== undefined;
}

/** The missing part of a radius that cannot be asked yet: a window, if no incident may have one. */
export function lackOfWindow(radius: RadiusInput): Lack | undefined {
  return hasWindow(radius) || radius.incident !== undefined ? undefined : { kind: 'window', origins: radius.origins ?? [] };
}

/** The variables of an operation of a radius. */
export function radiusVariables(radius: RadiusInput): Record<string, unknown> {
  return { input: radius, ...(radius.incident !== undefined && { incident: radius.incident }) };
}

/** An operation with and without the incident, whose own windows an answer of a radius may rest on. */
export function radiusOperations(name: string, parameters: string, selection: string): { readonly plain: string; readonly saved: string } {
  const rest = parameters === '' ? '' : `, ${parameters}`;
  return {
    plain: `query ${name}($input: BlastRadiusInput!${rest}) { revision ${selection} }`,
    saved: `query ${name}($input: BlastRadiusInput!, $incident: ID!${rest}) { revision incident(id: $incident) { id name core { from to } widest { from to } } ${selection} }`,
  };
}

export function operationOf(operations: { readonly plain: string; readonly saved: string }, { incident }: RadiusInput): string {
  return incident === undefined ? operations.plain : operations.saved;
}

/** An incident without windows would be taken as now. */
export function lackAfter(radius: RadiusInput): (answer: Answer) => Lack | undefined {
  return ({ incident }) => {
    if (radius.incident === undefined || hasWindow(radius)) return undefined;
    if (incident === null) return { kind: 'record', names: { incidents: [radius.incident] } };
    return incident.core === null && incident.widest === null ? { kind: 'window', origins: radius.origins ?? [] } : undefined;
  };
}

export function namesOf(...radii: readonly RadiusInput[]): NamedIds {
  return {
    organizations: radii.flatMap(({ origins = [], suspectedOrigins = [] }) => [
      ...origins,
      ...suspectedOrigins.map(({ organization }) => organization),
    ]),
    incidents: radii.map(({ incident }) => incident),
  };
}

/** The address of a radius on the page. @param more further parameters */
export function radiusHref(radius: RadiusInput, more: Readonly<Record<string, string | readonly string[]>> = {}): string {
  const parameters = new URLSearchParams();
  const span = (stated: RadiusInput['core']) => {
    const [from, to] = [parseInstant(stated?.from ?? ''), parseInstant(stated?.to ?? '')];
    return from === undefined || to === undefined ? null : { from, to };
  };
  const { incident = null, knownAt } = radius;
  writeQuestion(parameters, incident, { ...radius, core: span(radius.core), widest: span(radius.widest) } as SavedRadius);
  const known = parseInstant(knownAt ?? '');
  if (known !== undefined) parameters.set('knownAt', formatInstant(known));
  for (const [name, value] of Object.entries(more)) for (const each of [value].flat()) parameters.append(name, each);
  return `/blast?${parameters}`;
}

/** One for all calls: `toLocaleString` makes one each time. */
const digits = new Intl.NumberFormat('en-US');

export function usd(amount: number): string {
  return `$${digits.format(Math.round(amount))}`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${digits.format(number)} ${number === 1 ? one : many}`;
}

/** Ids as an assistant may read them in a sentence. One that could be read as a sentence stays in the structured content. */
export function ids(all: readonly string[], most = 10): string {
  const shown = all.slice(0, most).map((text) => (/^[\p{L}\p{N}_.:/@%+-]{1,80}$/u.test(text) ? text : '(see the structured content)'));
  if (shown.length === 0) return 'none';
  return all.length > shown.length ? `${shown.join(', ')} and ${all.length - shown.length} more` : shown.join(', ');
}

export function windowWords({ core, widest }: Answer): string {
  return `core window ${core.from} to ${core.to}, widest window ${widest.from} to ${widest.to}`;
}

export function summaryWords(summary: Answer): string {
  const { exposedCount, possibleCount, containedCount, affectedLabCount, blindSpotCount, worstCaseLossUsd, weightedLossUsd } = summary;
  return (
    `${exposedCount} exposed, ${possibleCount} possible and ${containedCount} contained artifacts; ${count(affectedLabCount, 'lab')} affected, ` +
    `${count(blindSpotCount, 'blind spot')}; worst-case loss ${usd(worstCaseLossUsd)}, weighted loss ${usd(weightedLossUsd)}`
  );
}
