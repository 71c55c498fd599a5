import { maxNameLength } from '../domain/fact-fields.ts';
import { formatInstant } from '../domain/instants.ts';
import type { WatchChange, WatchCondition, WatchKind, WatchQuestion } from '../domain/records/watch.ts';
import { defaultFirst, defaultWithinHours, watchChanges } from '../domain/records/watch.ts';
import type { Fault } from '../questions/records/faults.ts';
import { faultList } from '../questions/records/faults.ts';

type Maybe<T> = T | null | undefined;

/** A watch as somebody states it. What is left out is as by default. */
export interface WatchInput {
  readonly id?: Maybe<string>;
  readonly name: string;
  readonly kind: WatchKind;
  readonly incident?: Maybe<string>;
  readonly radius?: Maybe<Readonly<Record<string, unknown>>>;
  readonly lab?: Maybe<string>;
  readonly artifact?: Maybe<string>;
  readonly findings?: Maybe<readonly string[]>;
  readonly advisory?: Maybe<string>;
  readonly source?: Maybe<string>;
  readonly withinHours?: Maybe<number>;
  readonly first?: Maybe<number>;
  readonly on?: Maybe<readonly WatchChange[]>;
  readonly minTier?: Maybe<WatchCondition['minTier']>;
  readonly worstCaseLossUsd?: Maybe<number>;
  readonly affectedLabs?: Maybe<number>;
  readonly count?: Maybe<number>;
  readonly isMuted?: Maybe<boolean>;
  /** Ids of endpoints; absent: those that it has. */
  readonly endpoints?: Maybe<readonly string[]>;
}

type Field = Exclude<keyof WatchInput, 'id' | 'name' | 'kind' | 'on' | 'isMuted' | 'endpoints'>;

/** The changes that an answer of a kind can have, and the fields that its question and condition take. */
const kinds: Readonly<Record<WatchKind, { readonly on: readonly WatchChange[]; readonly takes: readonly Field[] }>> = {
  RADIUS: { on: watchChanges, takes: ['incident', 'radius', 'minTier', 'worstCaseLossUsd', 'affectedLabs', 'count'] },
  LAB: { on: watchChanges, takes: ['lab', 'minTier', 'worstCaseLossUsd', 'count'] },
  ARTIFACT: { on: watchChanges, takes: ['artifact', 'minTier', 'count'] },
  FINDINGS: { on: ['JOINED', 'LEFT'], takes: ['findings', 'count'] },
  NOTICE: { on: ['JOINED'], takes: ['incident', 'withinHours', 'count'] },
  ADVISORY: { on: ['JOINED', 'STRENGTHENED'], takes: ['advisory', 'count'] },
  EDITION: { on: ['JOINED', 'LEFT'], takes: ['source', 'count'] },
  RANKING: { on: ['JOINED', 'LEFT'], takes: ['first'] },
};
const fields = [
  ...(['incident', 'radius', 'lab', 'artifact', 'findings', 'advisory', 'source', 'withinHours', 'first'] as const),
  ...(['minTier', 'worstCaseLossUsd', 'affectedLabs', 'count'] as const),
] satisfies Field[];
/** A watch without it asks nothing. */
const needed: Partial<Record<WatchKind, Field>> = { LAB: 'lab', ARTIFACT: 'artifact', NOTICE: 'incident', EDITION: 'source' };
const mostHours = 10_000;
const mostFirst = 1000;

/** The question and condition of an input, and its faults: a condition that can never hold is one. */
export function readWatchInput(stated: WatchInput): {
  readonly question: WatchQuestion;
  readonly condition: WatchCondition;
  readonly faults: readonly Fault[];
} {
  const { faults, fault, checkText } = faultList();
  const input = liftIncident(stated, fault);
  const { kind } = input;
  checkText('name', 'watch', input.name, maxNameLength);
  const { on: possible, takes } = kinds[kind];
  for (const field of fields)
    if (isStated(input[field]) && !takes.includes(field))
      fault('BAD_VALUE', [field], `A watch of kind ${kind} does not take ${field}: with it, it could never tell anything. Leave it out.`);
  const need = needed[kind];
  if (need !== undefined && !isStated(input[need])) fault('MISSING_VALUE', [need], `A watch of kind ${kind} needs ${need}. Name one.`);
  if (kind === 'RADIUS' && !isStated(input.incident) && !isStated(input.radius))
    fault('MISSING_VALUE', ['incident'], 'A watch of kind RADIUS needs an incident or a radius. Name one.');
  checkChanges(input, possible, fault);
  checkFigures(input, fault);
  if (isStated(input.radius?.knownAt))
    fault(
      'BAD_VALUE',
      ['radius', 'knownAt'],
      `The radius is as known at ${formatInstant(input.radius?.knownAt as number)}, which never changes. Leave knownAt out.`,
    );
  if (input.minTier === 'EXPOSED' && input.radius?.hasCore === false)
    fault(
      'BAD_VALUE',
      ['minTier'],
      'Without a core window nothing is EXPOSED, so minTier EXPOSED can never hold. Name POSSIBLE, or leave it out.',
    );
  const findings = input.findings == null || input.findings.length === 0 ? null : [...new Set(input.findings)];
  return {
    question: {
      kind,
      incident: input.incident ?? null,
      radius: input.radius ?? null,
      lab: input.lab ?? null,
      artifact: input.artifact ?? null,
      findings,
      advisory: input.advisory ?? null,
      source: input.source ?? null,
      withinHours: kind === 'NOTICE' ? (input.withinHours ?? defaultWithinHours) : null,
      first: kind === 'RANKING' ? (input.first ?? defaultFirst) : null,
    },
    condition: {
      on: input.on == null ? possible : watchChanges.filter((change) => input.on?.includes(change)),
      minTier: input.minTier ?? null,
      worstCaseLossUsd: input.worstCaseLossUsd ?? null,
      affectedLabs: input.affectedLabs ?? null,
      count: input.count ?? null,
    },
    faults,
  };
}

type AddFault = (code: string, path: string[], message: string) => void;

/** The incident of a radius is that of the watch. */
function liftIncident(input: WatchInput, fault: AddFault): WatchInput {
  if (!isStated(input.radius?.incident)) return input;
  const { incident, ...radius } = input.radius as { readonly incident: string };
  if (isStated(input.incident) && input.incident !== incident)
    fault('BAD_VALUE', ['radius', 'incident'], 'The watch names one incident and its radius another. Leave one of them out.');
  return { ...input, incident, radius: Object.keys(radius).length === 0 ? null : radius };
}

function checkChanges({ kind, on }: WatchInput, possible: readonly WatchChange[], fault: AddFault): void {
  if (on == null) return;
  if (on.length === 0)
    fault('BAD_VALUE', ['on'], 'No change is named, so the watch could never tell anything. Name one, or leave `on` out for all.');
  const never = on.filter((change) => !possible.includes(change));
  if (never.length > 0)
    fault(
      'BAD_VALUE',
      ['on'],
      `The answer of a watch of kind ${kind} never has the change ${never.join(', ')}. Expected some of ${possible.join(', ')}.`,
    );
}

function checkFigures({ withinHours, first, worstCaseLossUsd, affectedLabs, count }: WatchInput, fault: AddFault): void {
  const check = (field: string, value: Maybe<number>, most: number) => {
    if (value == null) return;
    if (!(value > 0 && value <= most))
      fault(
        'BAD_VALUE',
        [field],
        `${field} is ${value}; expected a number above 0 and at most ${most.toLocaleString('en-US')}. An answer has 0 from the start, so it can never reach it.`,
      );
  };
  check('withinHours', withinHours, mostHours);
  check('first', first, mostFirst);
  check('worstCaseLossUsd', worstCaseLossUsd, Number.MAX_SAFE_INTEGER);
  check('affectedLabs', affectedLabs, Number.MAX_SAFE_INTEGER);
  check('count', count, Number.MAX_SAFE_INTEGER);
}

function isStated(value: unknown): boolean {
  return value !== null && value !== undefined;
}
