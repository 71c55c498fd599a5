import { useCallback, useEffect, useRef, useState } from 'react';
import { ThenBanner } from '../../features/then-and-now/then-banner.tsx';
import { SavedView } from '../../features/views/saved-view.tsx';
import { savedViewOf } from '../../features/views/view-href.ts';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';
import { navigate, useLocation } from '../../shared/url/location.ts';
import { AddressNotice } from '../notices/address-notice.tsx';
import { CurrencyNotice } from '../notices/currency-notice.tsx';
import { DemoBanner } from '../notices/demo-banner.tsx';
import { findRoute, ROUTES } from '../routes.tsx';
import classes from './frame.module.css';
import { rememberAddress } from './last-addresses.ts';
import { TopBar } from './top-bar.tsx';
import { usePageKeys } from './use-page-keys.ts';
import { useResolvedAddress } from './use-resolved-address.ts';

const HelpDialog = lazyPart(async () => (await import('./help-dialog.tsx')).HelpDialog, { isDialog: true });

/** The frame of every page: top bar, notices, the page itself, and the shortcuts dialog. */
export function Frame() {
  const location = useLocation();
  const { path, params } = location;
  rememberAddress(location);
  useResolvedAddress(location);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const wasHelpOpened = useRef(false);
  wasHelpOpened.current ||= isHelpOpen;
  const home = ROUTES[0]?.path ?? '/';
  const route = findRoute(path);
  const savedView = savedViewOf(path, params);
  useEffect(() => {
    if (path === '/' && savedView === null) navigate(`${home}${params.size > 0 ? `?${params}` : ''}`, 'replace');
  }, [path, params, home, savedView]);
  useEffect(() => {
    document.title = route === undefined ? 'Exposure Graph' : `${route.label} · Exposure Graph`;
  }, [route]);
  const openHelp = useCallback(() => setHelpOpen(true), []);
  usePageKeys({ onHelp: () => setHelpOpen((open) => !open) });

  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#page">
        Skip to content
      </a>
      <TopBar current={route} onHelp={openHelp} />
      <CurrencyNotice />
      <AddressNotice />
      <DemoBanner />
      <ThenBanner />
      <main id="page" className={classes.page} tabIndex={-1}>
        {route !== undefined && <route.Page />}
        {savedView !== null && <SavedView id={savedView} />}
        {route === undefined && path !== '/' && (
          <div className={classes.missing}>
            <h1>Page not found</h1>
            <p>
              <a href={home}>Go to {ROUTES[0]?.label}</a>
            </p>
          </div>
        )}
      </main>
      {wasHelpOpened.current && <HelpDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />}
    </div>
  );
}
