import { isRedacting, readKnownAt } from '../../shared/url/shared-parameters.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';

/** False for those who only read, and on a page that shows the past or hides names: a form would save the past, or the stand-ins of names. */
export function canChangeFacts(): boolean {
  return canWrite() && readKnownAt() === null && !isRedacting();
}
