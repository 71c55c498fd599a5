import { hrefOf, type PageLocation } from '../../shared/url/location.ts';
import { findRoute, type PageRoute } from '../routes.tsx';

/** Where each tab was left, so that going back to it does not start over; for as long as the page is open. */
const last = new Map<string, string>();

export function rememberAddress(location: PageLocation): void {
  const route = findRoute(location.path);
  if (route !== undefined) last.set(route.path, hrefOf(location.path, location.params));
}

/** Where a tab leads: to what it showed last, and from that to its beginning. */
export function addressOf(route: PageRoute, isCurrent: boolean): string {
  return isCurrent ? route.path : (last.get(route.path) ?? route.path);
}
