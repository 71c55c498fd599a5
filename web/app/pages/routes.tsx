import type { ComponentType } from 'react';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';
import { canWrite, isAdmin } from '../../shared/viewer/viewer.ts';
import classes from '../frame/frame.module.css';

export interface PageRoute {
  /** First part of the address. The page reads the rest itself. */
  readonly path: string;
  /** Label of the tab. */
  readonly label: string;
  /** Second key of the shortcut, pressed after `G`; null: it has none, nor a tab, and stands in the menu of the account for administrators. */
  readonly key: string | null;
  /** It is opened elsewhere in the top bar. */
  readonly hasNoTab?: true;
  /** Only for those who may write. */
  readonly isForWriters?: true;
  /** Loaded when it is first shown, so that a page does not wait for the code of another. */
  readonly Page: ComponentType;
}

function page(load: () => Promise<{ readonly default: ComponentType }>): ComponentType {
  return lazyPart(async () => (await load()).default, { waiting: <p className={classes.loading}>Loading …</p> });
}

const forAdministrators = () => import('./audit-page.tsx');

/** The pages in the order of their tabs. Each entry gives a tab, a shortcut, and a line in the shortcuts dialog. The first page is home. */
export const ROUTES: readonly PageRoute[] = [
  { path: '/explore', label: 'Explore', key: 'E', Page: page(() => import('./explore-page.tsx')) },
  { path: '/blast', label: 'Blast radius', key: 'B', Page: page(() => import('./blast-radius-page.tsx')) },
  { path: '/incidents', label: 'Incidents', key: 'C', Page: page(() => import('./incidents-page.tsx')) },
  { path: '/rankings', label: 'Rankings', key: 'R', Page: page(() => import('../../features/rankings/rankings-view.tsx')) },
  { path: '/import', label: 'Import', key: 'I', isForWriters: true, Page: page(() => import('./import-page.tsx')) },
  { path: '/quality', label: 'Data quality', key: 'Q', Page: page(() => import('./data-quality-page.tsx')) },
  { path: '/inbox', label: 'Inbox', key: 'N', hasNoTab: true, Page: page(() => import('../../features/watches/inbox-view.tsx')) },
  { path: '/audit', label: 'Audit trail', key: null, Page: page(forAdministrators) },
  { path: '/endpoints', label: 'Webhooks', key: null, Page: page(async () => ({ default: (await forAdministrators()).EndpointsView })) },
];

/** Whether the role of the reader opens the page. */
export function isAllowed({ key, isForWriters }: PageRoute): boolean {
  return key === null ? isAdmin() : !isForWriters || canWrite();
}

/** The pages with a shortcut that are of use to the reader. */
export function keyRoutes(): readonly (PageRoute & { readonly key: string })[] {
  return ROUTES.filter((route): route is PageRoute & { readonly key: string } => route.key !== null && isAllowed(route));
}

export function findRoute(path: string): PageRoute | undefined {
  return ROUTES.find((route) => path === route.path || path.startsWith(`${route.path}/`));
}
