import { describeKey } from '../../domain/fact-sentences.ts';
import type { Violation } from '../fact-write.ts';
import type { BrokenNaming, Weakening } from './find-broken-namings.ts';
import { describeNaming } from './find-broken-namings.ts';

/** A sentence names so many facts. */
export const namersInSentence = 3;

/** The violation by a weakening that leaves these facts broken. */
export function describeWeakening(weakening: Weakening, namings: readonly BrokenNaming[]): Omit<Violation, 'assertion'> {
  const { kind, key, code, after } = weakening;
  const shown = namings.slice(0, namersInSentence).map(describeNaming).join(', ');
  const named = namings.length > namersInSentence ? `${shown} and others` : shown;
  const fact = describeKey(kind, key);
  switch (code) {
    case 'STILL_NAMED':
      return {
        code,
        field: null,
        value: key,
        message: `${fact} cannot be retracted: ${named} still name it. Retract or change these first, or together with it.`,
      };
    case 'OWNER_IS_NOT_A_LAB':
      return {
        code,
        field: 'roles',
        value: key,
        message: `${fact} must stay a LAB: it owns ${named}. Keep the role, or give these another owner first.`,
      };
    case 'TOO_MANY_FRAGMENTS':
      return {
        code,
        field: 'fragmentCount',
        value: String(after.fragmentCount),
        message: `${fact} cannot have a fragment_count of ${after.fragmentCount}: ${named} name more fragments. Correct the count, or these transfers first.`,
      };
    default:
      return code satisfies never;
  }
}
