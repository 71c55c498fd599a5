import { type Command, InvalidArgumentError, Option } from 'commander';
import { type InstantOptions, parseInstant, parseWindowEnd } from '../../domain/instants.ts';
import type { StatedSuspect } from '../../domain/radius-options.ts';
import { describeRadiusOption, doubtOptions, findLikelihoodFault, parseSuspect, radiusOptions } from '../../domain/radius-options.ts';
import type { Window } from '../../exposure/radius/radius-types.ts';
import type { Asker } from '../../questions/asker.ts';
import { getNamed } from '../../questions/explore/ask-named.ts';

/** An instant as a person types it: also without seconds, such as `2026-03-24T08:30Z`. */
export function parseTyped(text: string, options?: InstantOptions): number | undefined {
  return parseInstant(withSeconds(text), options);
}

function withSeconds(text: string): string {
  return text.replace(/(T\d\d:\d\d)(?=Z$|[+-]\d\d:\d\d$)/i, '$1:00');
}

/** A closed window. A plain date as the end means the last millisecond of that day (semantics §1). */
export function windowOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text): Window => {
    const [fromText, toText, ...more] = text.split('/');
    const from = parseTyped(fromText ?? '');
    const to = parseWindowEnd(withSeconds(toText ?? ''));
    if (from === undefined || to === undefined || more.length > 0) {
      throw new InvalidArgumentError('Expected two dates or instants, such as 2026-03-01/2026-03-12.');
    }
    return { from, to };
  });
}

export function numberOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.');
    return value;
  });
}

/** The flags about what is not certain. `--no-core` makes `core` false: commander joins it with `--core`, and the last one counts. */
export interface DoubtFlags {
  readonly suspected?: readonly StatedSuspect[];
  readonly core?: Window | false;
}

/** The doubts that the flags state in a question or an incident. */
export function doubtOf({ suspected, core }: DoubtFlags): {
  suspectedOrigins: readonly StatedSuspect[] | undefined;
  hasCore: boolean | undefined;
  core: Window | undefined;
} {
  return { suspectedOrigins: suspected, hasCore: core === false ? false : undefined, core: core === false ? undefined : core };
}

/** The suspected origins with ids in place of names. */
export async function nameSuspects(asker: Asker, suspected: readonly StatedSuspect[] | undefined): Promise<StatedSuspect[] | undefined> {
  if (suspected === undefined) return undefined;
  return Promise.all(suspected.map(async (one) => ({ ...one, organization: await getNamed(asker, 'organization', one.organization) })));
}

/** The flags of a question about a radius. */
export interface QuestionFlags extends DoubtFlags {
  readonly incident?: string;
  readonly widest?: Window;
}

/** The question that the flags ask. @param origins ids, names or aliases; none: those of the incident */
export async function questionOf(asker: Asker, origins: readonly string[], flags: QuestionFlags) {
  const named = await Promise.all(origins.map((origin) => getNamed(asker, 'organization', origin)));
  return {
    origins: named.length > 0 ? named : null,
    ...doubtOf(flags),
    suspectedOrigins: await nameSuspects(asker, flags.suspected),
    incident: flags.incident ?? null,
    widest: flags.widest ?? null,
  };
}

/** Adds `--suspected` and `--no-core` after `--core` (semantics §13.4). */
export function withDoubtOptions(command: Command): Command {
  const { suspectedOrigins, hasCore } = doubtOptions;
  return command
    .addOption(
      new Option(suspectedOrigins.flag, suspectedOrigins.help).argParser((text, before: readonly StatedSuspect[] | undefined) => {
        const suspect = parseSuspect(text);
        const message = typeof suspect === 'string' ? suspect : findLikelihoodFault(suspect);
        if (message !== undefined) throw new InvalidArgumentError(message);
        return [...(before ?? []), suspect as StatedSuspect];
      }),
    )
    .option(hasCore.flag, hasCore.help);
}

/**
 * Adds the flags of the options of a radius. Their values are checked where they are used.
 *
 * @param hasDefaults whether the help says the default of each
 */
export function withRadiusOptions(command: Command, hasDefaults: boolean): Command {
  for (const option of radiusOptions) {
    const text = describeRadiusOption(option).replace(/^./, (first) => first.toLowerCase());
    command.addOption(numberOption(option.flag, hasDefaults ? `${text} (default: ${option.default})` : text));
  }
  return command;
}
