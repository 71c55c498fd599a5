import { ActionIcon, Button, Popover, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { GlobalSearch } from '../../features/search/global-search.tsx';
import { ThenBanner, ViewMenu } from '../../features/then-and-now/then-and-now.tsx';
import { SavedView } from '../../features/views/saved-view.tsx';
import { savedViewOf } from '../../features/views/view-href.ts';
import { countOf, formatCount, joinNames } from '../../shared/format/count.ts';
import { MergesInForceDocument, OpenFindingsDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useFactsEpoch } from '../../shared/graphql/facts-epoch.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useFocusKept } from '../../shared/ui/focus-result.ts';
import { IconHelpCircle, IconMoon, IconSun, IconUser } from '../../shared/ui/icons.tsx';
import { isTyping } from '../../shared/ui/keys.ts';
import { LABEL_SIZES, setLabelSize, useLabelSize } from '../../shared/ui/label-size.ts';
import { lazyPart, useIdle, whenIdle } from '../../shared/ui/lazy-part.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { showInStrip } from '../../shared/ui/show-in-strip.ts';
import type { PageLocation } from '../../shared/url/location.ts';
import { hrefOf, navigate, useLocation, useLocationPart } from '../../shared/url/location.ts';
import { currentViewer, isAdmin, isLoggedIn } from '../../shared/viewer/viewer.ts';
import { WatchThisProvider } from '../../shared/watches/watch-this.tsx';
import { AddressNotice } from '../notices/address-notice.tsx';
import { CurrencyNotice } from '../notices/currency-notice.tsx';
import { DemoBanner } from '../notices/demo-banner.tsx';
import type { PageRoute } from '../pages/routes.tsx';
import { findRoute, isAllowed, keyRoutes, ROUTES } from '../pages/routes.tsx';
import accountMenuClasses from './account-menu.module.css';
import classes from './frame.module.css';
import { findResolvedAddress } from './resolved-address.ts';
import topBarClasses from './top-bar.module.css';

/** The last address of each tab, so that returning to a tab does not start over. Lost on reload. */
const last = new Map<string, string>();

function rememberAddress(location: PageLocation): void {
  const route = findRoute(location.path);
  if (route !== undefined) last.set(route.path, hrefOf(location.path, location.params));
}

/** The target of a tab: its last address, or its first page when the tab is current. */
function addressOf(route: PageRoute, isCurrent: boolean): string {
  return isCurrent ? route.path : (last.get(route.path) ?? route.path);
}

const Bell = lazyPart(async () => (await import('../../features/watches/bell.tsx')).Bell, {
  waiting: <span className={topBarClasses.bell} />,
});
const WatchThis = lazyPart(async () => (await import('../../features/watches/watch-this.tsx')).WatchThis);
const ConnectAssistant = lazyPart(async () => (await import('./help-dialog.tsx')).ConnectAssistant, { isDialog: true });
const HelpDialog = lazyPart(async () => (await import('./help-dialog.tsx')).HelpDialog, { isDialog: true });

/** The frame of every page: top bar, notices, the page itself, and the shortcuts dialog. */
export function Frame() {
  const location = useLocation();
  const { path, params } = location;
  rememberAddress(location);
  useResolvedAddress(location);
  useFocusKept(() => document.getElementById('page'));
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
        <WatchThisProvider value={WatchThis}>
          {route !== undefined && (isAllowed(route) ? <route.Page /> : <NotAllowed />)}
        </WatchThisProvider>
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

function NotAllowed() {
  return (
    <div className={classes.missing}>
      <h1>Your role does not open this page</h1>
      <p>{ROLES[currentViewer().role]} Ask an administrator for another token.</p>
    </div>
  );
}

/** Time limit for the second key after `G`, in milliseconds. */
const SECOND_KEY_MS = 1200;

/** Shortcuts of every page: `?`, and `G` followed by a view's letter. Ignored in text fields. */
function usePageKeys({ onHelp }: { readonly onHelp: () => void }): void {
  const help = useRef(onHelp);
  help.current = onHelp;
  useEffect(() => {
    let pressedG = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      const isSecond = Date.now() - pressedG < SECOND_KEY_MS;
      pressedG = 0;
      if (event.key === '?') help.current();
      else if (isSecond) {
        const route = keyRoutes().find((candidate) => candidate.key === event.key.toUpperCase());
        if (route !== undefined) navigate(addressOf(route, findRoute(window.location.pathname) === route));
        else return;
      } else if (event.key.toLowerCase() === 'g') pressedG = Date.now();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

const NONE: ReadonlyMap<string, string> = new Map();

/** Keeps merged ids out of the address. Reads the merges in force when the page is idle, and again after each change of facts. */
function useResolvedAddress(location: PageLocation): void {
  const [resolvedIds, setResolvedIds] = useState(NONE);
  const epoch = useFactsEpoch();
  // The client adds these to every question.
  const shared = useLocationPart(({ params }) => `${params.get('knownAt')} ${params.get('redact')}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: epoch and shared repeat the question.
  useEffect(() => {
    let isCurrent = true;
    // A person bound to labs may not read merges.
    if (currentViewer().labs !== null) return;
    whenIdle(() => {
      if (!isCurrent) return;
      readMerges()
        .then((merges) => isCurrent && setResolvedIds(merges.size === 0 ? NONE : merges))
        .catch(() => undefined);
    });
    return () => {
      isCurrent = false;
    };
  }, [epoch, shared]);
  useEffect(() => {
    const href = findResolvedAddress(location, resolvedIds);
    if (href !== null) navigate(href, 'replace', true);
  }, [location, resolvedIds]);
}

async function readMerges(): Promise<ReadonlyMap<string, string>> {
  const resolvedIds = new Map<string, string>();
  for (let after: string | null = null; ; ) {
    const { data }: { data?: { merges: MergesPage } | undefined } = await client.query({
      query: MergesInForceDocument,
      variables: { after },
    });
    for (const { node } of data?.merges.edges ?? []) resolvedIds.set(node.id, node.into.id);
    if (data?.merges.pageInfo.hasNextPage !== true) return resolvedIds;
    after = data.merges.pageInfo.endCursor;
  }
}

interface MergesPage {
  readonly edges: readonly { readonly node: { readonly id: string; readonly into: { readonly id: string } } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const ROLES = {
  VIEWER: 'You can read.',
  ANALYST: 'You can read, import and edit.',
  ADMIN: 'You can do everything.',
} as const;

/** Shows the person who reads the page, what that person may see, and the way to log out. */
function AccountMenu() {
  const [isOpen, setOpen] = useState(false);
  const { name, role, canExport, labs } = currentViewer();
  const close = () => setOpen(false);
  const [isConnecting, setConnecting] = useState<boolean | null>(null);
  return (
    <>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={280} shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <Tooltip label="Account" disabled={isOpen}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label="Account"
              aria-expanded={isOpen}
              onClick={() => setOpen((open) => !open)}
            >
              <IconUser size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown aria-label="Account">
          <div className={accountMenuClasses.menu}>
            <p className={accountMenuClasses.name}>{isLoggedIn() ? name : 'This machine'}</p>
            <p className={accountMenuClasses.note}>
              {isLoggedIn() ? ROLES[role] : 'No log-in is needed here: everybody on this machine can do everything.'}
              {isLoggedIn() && !canExport && ' You cannot download lists.'}
            </p>
            {labs !== null && <p className={accountMenuClasses.note}>{boundSentence(labs.map((lab) => lab.name))}</p>}
            <LabelSizeSetting />
            {isAdmin() &&
              ROUTES.filter(({ key }) => key === null).map((route) => (
                <Link key={route.path} href={route.path} onClick={close}>
                  {route.label}
                </Link>
              ))}
            <Button
              variant="default"
              fullWidth
              onClick={() => {
                close();
                setConnecting(true);
              }}
            >
              Connect an assistant
            </Button>
            {isLoggedIn() && <a href="/auth/sessions">Sessions</a>}
            {isLoggedIn() && (
              <form method="post" action="/auth/logout">
                <Button type="submit" variant="default" fullWidth>
                  Log out
                </Button>
              </form>
            )}
          </div>
        </Popover.Dropdown>
      </Popover>
      {isConnecting !== null && <ConnectAssistant isOpen={isConnecting} onClose={() => setConnecting(false)} />}
    </>
  );
}

function LabelSizeSetting() {
  const size = useLabelSize();
  return (
    <fieldset className={accountMenuClasses.sizes}>
      <legend>Label size of pictures</legend>
      {LABEL_SIZES.map((each) => (
        <label key={each}>
          <input type="radio" name="label-size" checked={each === size} onChange={() => setLabelSize(each)} />
          {each}%
        </label>
      ))}
    </fieldset>
  );
}

function boundSentence(labs: readonly string[]): string {
  return labs.length === 0 ? 'Your labs are not recorded yet, so there is nothing to see.' : `You see what ${joinNames(labs)} may be told.`;
}

const NOTHING = {};

/** The number widens its tab, which may be the chosen one. */
function keepTabInSight(number: HTMLElement | null): void {
  showInStrip(number?.closest('[aria-current]') ?? null);
}

/** The number of open findings, beside the tab's word. It waits until the page has nothing else to do. */
function OpenFindings() {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => whenIdle(() => setIdle(true)), []);
  // The number is that of now, beside a page that may answer from the records of then.
  const isNow = useLocationPart(({ params }) => params.get('knownAt') === null);
  const { data } = useQuestion(OpenFindingsDocument, isIdle && isNow ? NOTHING : null);
  const open = isNow ? (data?.about.openFindings ?? 0) : 0;
  if (open === 0) return null;
  return (
    <>
      <span className={topBarClasses.open} aria-hidden="true" ref={keepTabInSight}>
        {formatCount(open)}
      </span>
      <span className="visually-hidden">, {countOf(open, 'open finding', 'open findings')}</span>
    </>
  );
}

interface TopBarProps {
  readonly current: PageRoute | undefined;
  readonly onHelp: () => void;
}

const TopBar = memo(function TopBar({ current, onHelp }: TopBarProps) {
  const { setColorScheme } = useMantineColorScheme();
  const isIdle = useIdle();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <header className={topBarClasses.bar}>
      <Link href="/" className={topBarClasses.name}>
        <Mark />
        <span>Exposure Graph</span>
      </Link>
      <nav className={topBarClasses.tabs} aria-label="Views">
        {keyRoutes().map((route) =>
          route.hasNoTab ? null : (
            <Link
              key={route.path}
              href={addressOf(route, route === current)}
              className={topBarClasses.tab}
              aria-current={route === current ? 'page' : undefined}
              ref={route === current ? showInStrip : null}
            >
              {route.label}
              {route.path === '/quality' && <OpenFindings />}
            </Link>
          ),
        )}
      </nav>
      <div className={topBarClasses.end}>
        <div className={topBarClasses.search}>
          <GlobalSearch />
        </div>
        <ViewMenu />
        {isIdle ? <Bell /> : <span className={topBarClasses.bell} />}
        <Tooltip label={`Switch to the ${other} theme`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={`Switch to the ${other} theme`}
            onClick={() => setColorScheme(other)}
          >
            {scheme === 'dark' ? <IconSun size={18} stroke={1.6} /> : <IconMoon size={18} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Keyboard shortcuts (?)">
          <ActionIcon variant="subtle" color="gray" size={32} aria-label="Keyboard shortcuts" onClick={onHelp}>
            <IconHelpCircle size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <AccountMenu />
      </div>
    </header>
  );
});

function Mark() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="var(--accent)"
      strokeWidth="2.4"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="5.5" cy="18.5" r="2.2" fill="var(--accent)" stroke="none" />
      <path d="M4.5 11.5a8 8 0 0 1 8 8M4.5 4.5a15 15 0 0 1 15 15" />
    </svg>
  );
}
