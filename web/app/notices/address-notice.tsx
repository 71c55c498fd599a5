import { findUnreadValues, withoutUnreadValues } from '../../shared/url/addresses.ts';
import { hrefOf, navigate, useLocation } from '../../shared/url/location.ts';
import classes from './address-notice.module.css';

/** Names the values of the address that the page cannot read, so that nobody takes the answer for that of the link's question. */
export function AddressNotice() {
  const location = useLocation();
  const unread = findUnreadValues(location);
  if (unread.length === 0) return null;
  return (
    <div className={classes.notice} role="status">
      <ul>
        {unread.map(({ name, value, sentence }) => (
          <li key={`${name} ${value}`}>{sentence}</li>
        ))}
      </ul>
      <button type="button" onClick={() => navigate(hrefOf(location.path, withoutUnreadValues(location)), 'replace', true)}>
        Remove from the address
      </button>
    </div>
  );
}
