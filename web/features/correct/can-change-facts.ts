import { readKnownAt } from '../../shared/url/known-at.ts';
import { isRedacting } from '../../shared/url/redaction.ts';

/** False on a page that shows the past or hides names: a form would save the past, or the stand-ins of names. */
export function canChangeFacts(): boolean {
  return readKnownAt() === null && !isRedacting();
}
