import type { ComponentType } from 'react';
import { ImportView } from '../features/import/import-view.tsx';
import { RankingsView } from '../features/rankings/rankings-view.tsx';
import { BlastRadiusPage, DataQualityPage, ExplorePage } from './pages.tsx';

export interface PageRoute {
  /** First part of the address. The page reads the rest itself. */
  readonly path: string;
  /** Label of the tab. */
  readonly label: string;
  /** Second key of the shortcut, pressed after `G`. */
  readonly key: string;
  readonly Page: ComponentType;
}

/** The pages in the order of their tabs. Each entry gives a tab, a shortcut, and a line in the shortcuts dialog. The first page is home. */
export const ROUTES: readonly PageRoute[] = [
  { path: '/explore', label: 'Explore', key: 'E', Page: ExplorePage },
  { path: '/blast', label: 'Blast radius', key: 'B', Page: BlastRadiusPage },
  { path: '/rankings', label: 'Rankings', key: 'R', Page: RankingsView },
  { path: '/import', label: 'Import', key: 'I', Page: ImportView },
  { path: '/quality', label: 'Data quality', key: 'Q', Page: DataQualityPage },
];

export function findRoute(path: string): PageRoute | undefined {
  return ROUTES.find((route) => path === route.path || path.startsWith(`${route.path}/`));
}
