import type { ComponentType } from 'react';
import { BlastPage } from './pages/blast-page.tsx';
import { ExplorePage } from './pages/explore-page.tsx';
import { ImportPage } from './pages/import-page.tsx';

export interface PageRoute {
  /** First part of the address; a page reads what follows by itself. */
  readonly path: string;
  /** The tab's word. */
  readonly label: string;
  /** Pressed after `G`. */
  readonly key: string;
  readonly Page: ComponentType;
}

/** The pages, in the order of their tabs. A page that is added here has its tab, its key and its line in the shortcuts. The first is home. */
export const ROUTES: readonly PageRoute[] = [
  { path: '/explore', label: 'Explore', key: 'E', Page: ExplorePage },
  { path: '/blast', label: 'Blast radius', key: 'B', Page: BlastPage },
  { path: '/import', label: 'Import', key: 'I', Page: ImportPage },
];

export function findRoute(path: string): PageRoute | undefined {
  return ROUTES.find((route) => path === route.path || path.startsWith(`${route.path}/`));
}
