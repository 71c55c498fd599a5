import type { AssertionList } from '../../domain/assertion-list.ts';
import { assertionAt } from '../../domain/assertion-list.ts';
import { factFields, factNouns } from '../../domain/fact-fields.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import { factKinds } from '../../domain/facts.ts';
import { describeInstant } from '../../domain/instants.ts';
import type { DriftCounts } from '../import-view.ts';
import type { ImportQuestion } from '../mapping/mapping-types.ts';
import { canEnd } from './close-unlisted.ts';
import type { EditionDecision, EditionDrift, UnlistedFact } from './edition-types.ts';
import type { EmptiedFact } from './emptied-cells.ts';
import { countEmptied } from './emptied-cells.ts';

/**
 * Asks about facts that the source no longer lists, unless they are decided. A decision that ends or removes more than a fifth of the
 * source stays open until it is confirmed.
 *
 * @param assertedAt the date of the edition, epoch ms: the proposed end
 */
export function askUnlisted(
  drift: EditionDrift,
  { unlisted: decision, evenIfMany }: EditionDecision,
  assertedAt: number,
): ImportQuestion[] {
  const { unlisted, isMany, listedBefore } = drift;
  const isGuarded = isMany && decision !== undefined && decision.policy !== 'KEEP' && evenIfMany !== true;
  if (unlisted.length === 0 || (decision !== undefined && !isGuarded)) return [];
  const ends = unlisted.some(({ kind }) => canEnd(kind));
  const one = unlisted.length === 1;
  const guard = isMany ? ` That is more than a fifth of its ${listedBefore}: check that the list is whole.` : '';
  const proposed = isMany ? 'keep' : ends ? 'end' : 'keep';
  const day = new Date(assertedAt).toISOString().slice(0, 10);
  const confirm = isMany ? ' --even-if-many' : '';
  const flag = isGuarded
    ? '--even-if-many'
    : `--keep-unlisted, ${ends ? `--end-unlisted ${day}${confirm} or ` : 'or '}--close-unlisted${confirm}`;
  return [
    {
      id: 'UNLISTED',
      kind: 'UNLISTED',
      file: null,
      index: null,
      message: `${countKinds(unlisted)} of the last edition (${describeEdition(drift)}) ${one ? 'is' : 'are'} no longer listed, such as ${describeKey((unlisted[0] as UnlistedFact).kind, (unlisted[0] as UnlistedFact).key)}.${guard} ${one ? 'Is it' : 'Are they'} still there, did ${one ? 'it' : 'they'} end on a date, or ${one ? 'was it' : 'were they'} never there?`,
      choices: ends ? ['keep', 'end', 'retract'] : ['keep', 'retract'],
      proposed,
      flag,
      ...(isMany ? { isGuarded: true } : {}),
    },
  ];
}

/** Asks whether emptied cells erase, unless that is decided, or none of them is new. Without an answer they say nothing. */
export function askEmptied(
  emptied: readonly EmptiedFact[],
  assertions: AssertionList,
  { eraseEmptied }: EditionDecision,
): ImportQuestion[] {
  const [first] = emptied;
  if (first === undefined || eraseEmptied !== undefined || !emptied.some(({ isNew }) => isNew)) return [];
  const count = countEmptied(emptied);
  const { kind, key, file, line } = assertionAt(assertions, first.assertion);
  const field = first.fields[0] === undefined ? (first.attributes[0] as string) : (factFields[kind][first.fields[0]]?.column as string);
  return [
    {
      id: 'EMPTIED',
      kind: 'EMPTIED',
      file: null,
      index: null,
      message: `${count === 1 ? 'A cell is empty now whose value the source stated before' : `${count} cells are empty now whose values the source stated before`}, such as the ${field} of ${describeKey(kind, key)} (${file}:${line}). Does that erase what the source said before?`,
      choices: ['keep', 'erase'],
      proposed: 'keep',
      flag: '--erase-emptied',
    },
  ];
}

/** The drift in one sentence. */
export function describeDrift(drift: EditionDrift): string {
  const { newCount, listedNow, unlisted, listedBefore } = drift;
  const again = listedNow - newCount;
  const gone =
    unlisted.length === 0
      ? 'none is missing'
      : `${unlisted.length} of ${listedBefore} ${unlisted.length === 1 ? 'is' : 'are'} no longer listed`;
  return `Since the last edition (${describeEdition(drift)}): ${newCount} new, ${again} listed again, ${gone}.`;
}

/** The columns that a list gained or lost since its last edition. Undefined if they are the same. */
export function describeColumnDrift(file: string, before: readonly string[], now: readonly string[]): string | undefined {
  const gained = now.filter((column) => !before.includes(column));
  const lost = before.filter((column) => !now.includes(column));
  if (gained.length + lost.length === 0) return undefined;
  const parts = [
    ...(gained.length === 0 ? [] : [`new columns ${list(gained)}`]),
    ...(lost.length === 0 ? [] : [`columns that are gone ${list(lost)}`]),
  ];
  return `${file}: since the last edition, ${parts.join(', ')}.`;
}

function list(columns: readonly string[]): string {
  const shown = columns.slice(0, 8).map((column) => `"${column.slice(0, 60)}"`);
  return shown.join(', ') + (columns.length > shown.length ? ` and ${columns.length - shown.length} more` : '');
}

/** The drift in figures. */
export function countDrift(drift: EditionDrift): DriftCounts {
  const { newCount, listedNow, unlisted, listedBefore } = drift;
  return { since: dateOf(drift), listedBefore, newCount, againCount: listedNow - newCount, goneCount: unlisted.length };
}

function describeEdition(drift: EditionDrift): string {
  return describeInstant(dateOf(drift)).slice(0, 10);
}

/** The date of the last edition, epoch ms. */
function dateOf({ lastImport }: EditionDrift): number {
  return lastImport.assertedAt ?? lastImport.committedAt;
}

/** "2 organizations and 3 engagements". */
function countKinds(facts: readonly Pick<UnlistedFact, 'kind'>[]): string {
  return factKinds
    .map((kind) => [kind, facts.filter((fact) => fact.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${count === 1 ? factNouns[kind].one : factNouns[kind].many}`)
    .join(' and ');
}
