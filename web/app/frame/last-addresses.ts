import { hrefOf, type PageLocation } from '../../shared/url/location.ts';
import { findRoute, type PageRoute } from '../routes.tsx';

/** The last address of each tab, so that returning to a tab does not start over. Lost on reload. */
const last = new Map<string, string>();

export function rememberAddress(location: PageLocation): void {
  const route = findRoute(location.path);
  if (route !== undefined) last.set(route.path, hrefOf(location.path, location.params));
}

/** The target of a tab: its last address, or its first page when the tab is current. */
export function addressOf(route: PageRoute, isCurrent: boolean): string {
  return isCurrent ? route.path : (last.get(route.path) ?? route.path);
}
