import { holdsAt } from '../rules/copy-interval.ts';
import type { Projection } from './projection.ts';
import { copyKinds } from './projection.ts';

const owned = copyKinds.indexOf('OWNED');

/**
 * Whether a copy counts for the questions of semantics §9: possibly live at the instant, and not in its owner's custody.
 */
export function isLiveElsewhere({ artifacts, copies }: Projection, copy: number, instant: number): boolean {
  return (
    copies.kind[copy] !== owned &&
    copies.holder[copy] !== artifacts.owner[copies.artifact[copy] as number] &&
    holdsAt(copies.possibleFrom[copy] as number, copies.possibleUntil[copy] as number, instant)
  );
}
