import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import { parseInstant } from '../../domain/instants.ts';
import type { EditionDecision, UnlistedDecision } from '../../import/editions/edition-types.ts';

/** Flags about a later edition of a source. */
export interface EditionFlags {
  readonly keepUnlisted?: boolean;
  readonly closeUnlisted?: boolean;
  readonly endUnlisted?: number;
  readonly evenIfMany?: boolean;
  readonly eraseEmptied?: boolean;
}

export function withEditionFlags(command: Command): Command {
  return command
    .option('--keep-unlisted', 'keep facts that the source no longer lists')
    .option('--close-unlisted', 'remove facts that the source no longer lists, unless other sources state them')
    .addOption(
      new Option(
        '--end-unlisted <date>',
        'give this end date to engagements and access that the source no longer lists; keep other facts',
      ).argParser(parseEnd),
    )
    .option('--even-if-many', 'confirm --close-unlisted or --end-unlisted if they affect more than a fifth of the source')
    .option('--erase-emptied', 'erase the values of cells that an earlier edition filled and that are empty now');
}

/** A plain date as an end includes its whole day (semantics §1). */
function parseEnd(text: string): number {
  const instant = parseInstant(text, { isEnd: true });
  if (instant !== undefined) return instant;
  throw new InvalidArgumentError('Expected a date such as 2026-03-24 or an instant such as 2026-03-24T08:30:00Z.');
}

/** Throws BAD_USER_INPUT if two flags contradict each other. */
export function readEditionFlags(flags: EditionFlags): EditionDecision {
  const { keepUnlisted, closeUnlisted, endUnlisted, evenIfMany, eraseEmptied } = flags;
  const chosen: UnlistedDecision[] = [];
  if (keepUnlisted) chosen.push({ policy: 'KEEP' });
  if (closeUnlisted) chosen.push({ policy: 'RETRACT' });
  if (endUnlisted !== undefined) chosen.push({ policy: 'END', at: endUnlisted });
  if (chosen.length > 1)
    throw new ExposureError('BAD_USER_INPUT', 'Give one of --keep-unlisted, --end-unlisted and --close-unlisted, not several.');
  const [unlisted] = chosen;
  return {
    ...(unlisted === undefined ? {} : { unlisted }),
    ...(evenIfMany ? { evenIfMany } : {}),
    ...(eraseEmptied ? { eraseEmptied } : {}),
  };
}
