import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { memo } from 'react';
import { GlobalSearch } from '../../features/search/global-search.tsx';
import { ViewMenu } from '../../features/then-and-now/view-menu.tsx';
import { IconHelpCircle, IconMoon, IconSun } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { type PageRoute, tabRoutes } from '../routes.tsx';
import { AccountMenu } from './account-menu.tsx';
import { addressOf } from './last-addresses.ts';
import { OpenFindings } from './open-findings.tsx';
import classes from './top-bar.module.css';

interface TopBarProps {
  readonly current: PageRoute | undefined;
  readonly onHelp: () => void;
}

export const TopBar = memo(function TopBar({ current, onHelp }: TopBarProps) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <header className={classes.bar}>
      <Link href="/" className={classes.name}>
        <Mark />
        <span>Exposure Graph</span>
      </Link>
      <nav className={classes.tabs} aria-label="Views">
        {tabRoutes().map((route) => (
          <Link
            key={route.path}
            href={addressOf(route, route === current)}
            className={classes.tab}
            aria-current={route === current ? 'page' : undefined}
          >
            {route.label}
            {route.path === '/quality' && <OpenFindings />}
          </Link>
        ))}
      </nav>
      <div className={classes.end}>
        <div className={classes.search}>
          <GlobalSearch />
        </div>
        <ViewMenu />
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
