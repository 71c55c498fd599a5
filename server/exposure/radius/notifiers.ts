import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none, rowOf } from '../../projection/projection.ts';
import { meets } from '../../rules/copy-interval.ts';
import { tiers } from '../../rules/copy-tier.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { compareShownCopies, partsOf } from '../scenario/scenario-copy.ts';
import type { BlastRadius } from './blast-radius.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import { isOpenCode } from './copy-tiers.ts';
import type { RadiusInput } from './radius-types.ts';

const owned = copyKinds.indexOf('OWNED');
const contained = tiers.indexOf('CONTAINED');

/**
 * The organizations that must notify upstream (semantics §4): all on the custody chains of the copies of EXPOSED and POSSIBLE
 * ways, holders included, each copy's owner excluded.
 *
 * @returns organizations, ascending
 * Complexity: O(copies + transfers on their chains): a chain is followed until it joins one that was followed before.
 */
export function findNotifiers({ projection, held }: RadiusColumns, scenario: Scenario | undefined): number[] {
  const { artifacts, copies, transfers } = projection;
  const rankOf = (copy: number) => (scenario === undefined ? copies.rank.at(copy) : scenario.rankOf(copy));
  const previousOf = (copy: number) => (scenario === undefined ? copies.chainPrevious.at(copy) : scenario.chainPreviousOf(copy));
  const notifiers = new Set<number>();
  const followed = new Set<number>();
  for (let place = 0; place < held.artifact.length; place++) {
    const owner = artifacts.owner[held.artifact[place] as number] as number;
    const add = (organization: number) => {
      if (organization !== owner) notifiers.add(organization);
    };
    for (let i = held.offsets[place] as number; i < (held.offsets[place + 1] as number); i++) {
      if (!isOpenCode(held.code[i] as number)) continue;
      const copy = held.copy[i] as number;
      add(copies.holder.at(copy));
      if (rankOf(copy) === none || copies.kind.at(copy) === owned) continue;
      for (let t = copies.transfer.at(copy); t !== none && !followed.has(t); ) {
        followed.add(t);
        add(transfers.sender.at(t));
        add(transfers.recipient.at(t));
        t = previousOf(transfers.copy.at(t));
      }
    }
  }
  return [...notifiers].sort((a, b) => a - b);
}

/**
 * Copies of EXPOSED and POSSIBLE artifacts at organizations that were not reached and do not own them, possibly live in the
 * widest window (semantics §4). The compromise does not expose them, but they should be recalled.
 *
 * @returns copies, by artifact, rank (none last), copy id. A copy that a scenario encrypts within the window is listed twice,
 *   because it counts as two (§8)
 */
export function findOtherCopies(
  { projection, exposed, reached }: RadiusColumns,
  input: RadiusInput,
  scenario: Scenario | undefined,
): number[] {
  const { copies } = projection;
  const isReached = new Uint8Array(projection.organizations.count);
  for (const { organization } of reached) isReached[organization] = 1;
  const found: number[] = [];
  for (const [row, artifact] of exposed.artifact.entries()) {
    if (exposed.tier[row] === contained) continue;
    for (const copy of rowOf(projection.artifacts.copies, artifact)) {
      const holder = copies.holder.at(copy);
      if (copies.kind.at(copy) === owned || isReached[holder] === 1 || holder === projection.artifacts.owner[artifact]) continue;
      for (const part of partsOf(projection, scenario, copy)) {
        if (meets(part.possibleFrom, part.possibleUntil, input.widest.from, input.widest.to)) found.push(copy);
      }
    }
  }
  const compare = byRank(projection, found, scenario);
  return found.sort((a, b) => compare(a, b) || a - b);
}

/** Compares copies by artifact, then rank (none last). Under a scenario a rank is costly, so each is computed once. */
function byRank({ copies }: Projection, some: readonly number[], scenario: Scenario | undefined): (a: number, b: number) => number {
  const found = scenario === undefined ? undefined : new Map(some.map((copy) => [copy, scenario.rankOf(copy)]));
  const rankOf = (copy: number) => {
    const rank = (found === undefined ? copies.rank.at(copy) : found.get(copy)) as number;
    return rank === none ? Number.MAX_SAFE_INTEGER : rank;
  };
  return (a, b) => copies.artifact.at(a) - copies.artifact.at(b) || rankOf(a) - rankOf(b);
}

/**
 * The copies to recall as an answer shows them: by artifact, rank (none last) and shown id. If a copy counts as two, the later
 * part is the encrypted one. If the earlier part is outside the window, only the later part is listed.
 */
export function listOtherCopies({ projection, input, scenario, otherCopies }: BlastRadius): { copy: number; isEncrypted: boolean }[] {
  if (scenario === undefined) return otherCopies.map((copy) => ({ copy, isEncrypted: false }));
  const shown = otherCopies.map((copy, i) => {
    const isSecond = i > 0 && otherCopies[i - 1] === copy;
    const [first] = partsOf(projection, scenario, copy);
    const isLater = first !== undefined && !meets(first.possibleFrom, first.possibleUntil, input.widest.from, input.widest.to);
    return { copy, isEncrypted: isSecond || isLater };
  });
  if (!shown.some(({ isEncrypted }) => isEncrypted)) return shown;
  const compare = byRank(projection, otherCopies, scenario);
  return shown.sort((a, b) => compare(a.copy, b.copy) || compareShownCopies(projection, a, b));
}
