import type { ReactNode } from 'react';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { RANKING_TABS, rankingsHref } from '../../shared/url/rankings-url.ts';
import { seesOneLabOnly } from '../../shared/viewer/viewer.ts';
import { OptionsMenu } from './options-menu.tsx';
import classes from './rankings.module.css';
import { questionSentence, TAB_WORDS } from './sentences.ts';
import type { RankingsView } from './use-rankings.ts';

interface RankingsFrameProps {
  readonly view: RankingsView;
  /** Menus at the right of the bar. */
  readonly actions: ReactNode;
  /** Filters of this tab. */
  readonly filters?: ReactNode;
  readonly table: ReactNode;
  /** The right panel: chart and details. */
  readonly panel: ReactNode;
  readonly panelLabel: string;
}

/** The frame of each ranking: tabs, the question, the table, and a panel with the chart and the facts behind the selected row. */
export function RankingsFrame({ view, actions, filters, table, panel, panelLabel }: RankingsFrameProps) {
  const { state } = view;
  return (
    <div className={classes.view}>
      <header className={classes.bar}>
        <h1 className="visually-hidden">Rankings: {TAB_WORDS[state.tab]}</h1>
        <nav className={classes.tabs} aria-label="Rankings">
          {RANKING_TABS.filter((tab) => tab !== 'shared' || !seesOneLabOnly()).map((tab) => (
            <Link
              key={tab}
              className={classes.tab}
              href={rankingsHref({ ...state, tab, sort: null, selection: null })}
              aria-current={tab === state.tab ? 'page' : undefined}
            >
              {TAB_WORDS[tab]}
            </Link>
          ))}
        </nav>
        <div className={classes.question}>
          <p>{questionSentence(state)}</p>
          <OptionsMenu key={JSON.stringify([state.core, state.widest, state.maxHops])} view={view} />
        </div>
        <div className={classes.actions}>
          {filters}
          {actions}
        </div>
      </header>
      <div className={classes.body}>
        <div className={classes.list}>{table}</div>
        <ScrollBox label={panelLabel} className={classes.panel}>
          {panel}
        </ScrollBox>
      </div>
    </div>
  );
}
