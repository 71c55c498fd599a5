import { formatInstantUtc } from '../../shared/format/instant.ts';
import { useLocationPart } from '../../shared/url/location.ts';
import { readInstant } from '../../shared/url/params.ts';
import { changeKnownAt, changeRedaction } from '../../shared/viewer/change-shared.ts';
import classes from './then-and-now.module.css';

/** While a view shows an earlier state of the records, or hides names: says so, with the way back. */
export function ThenBanner() {
  const knownAt = useLocationPart(({ params }) => readInstant(params.get('knownAt')));
  const isRedacting = useLocationPart(({ params }) => params.get('redact') === 'names');
  if (knownAt === null && !isRedacting) return null;
  return (
    <aside className={classes.banner} aria-label="What this view shows">
      {knownAt !== null && (
        <p>
          <strong>As known at {formatInstantUtc(knownAt)}.</strong> Later records are left out.{' '}
          <button type="button" onClick={() => changeKnownAt(null)}>
            Back to now
          </button>
        </p>
      )}
      {isRedacting && (
        <p>
          <strong>Names are hidden.</strong> Stand-ins take their place, in exports too.{' '}
          <button type="button" onClick={() => void changeRedaction(false)}>
            Show names
          </button>
        </p>
      )}
    </aside>
  );
}
