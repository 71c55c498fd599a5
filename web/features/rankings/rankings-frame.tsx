import { Button, Popover } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useCallback, useMemo, useState } from 'react';
import { formatInstant } from '../../shared/format/instant.ts';
import type { BatchAnswerFragment, RadiusOptions, WindowInput } from '../../shared/generated/operations.ts';
import type { RadiusOption } from '../../shared/generated/radius-options.ts';
import { RADIUS_OPTIONS } from '../../shared/generated/radius-options.ts';
import { BatchLine } from '../../shared/lists/batch-line.tsx';
import { nextSort } from '../../shared/lists/data-table.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { showInStrip } from '../../shared/ui/show-in-strip.ts';
import { hrefOf, navigate, useLocation } from '../../shared/url/location.ts';
import { NO_RADIUS_OPTIONS, statedRadiusOptions } from '../../shared/url/radius-options-url.ts';
import type { RankingsState, RankingTab } from '../../shared/url/rankings-url.ts';
import { parseRankingsState, RANKING_TABS, rankingsHref, writeRankingsState } from '../../shared/url/rankings-url.ts';
import { seesOneLabOnly } from '../../shared/viewer/viewer.ts';
import { WatchThis } from '../../shared/watches/watch-this.tsx';
import type { Watchable } from '../../shared/watches/watchable.ts';
import { optionsInWords, windowsInWords } from '../../shared/windows/asked-words.ts';
import type { TypedOption } from '../../shared/windows/radius-option-input.tsx';
import { parseTypedOption, RadiusOptionInput } from '../../shared/windows/radius-option-input.tsx';
import type { Fields } from '../../shared/windows/window-fields.ts';
import { fieldsOf, parseWindows } from '../../shared/windows/window-fields.ts';
import { WindowInputs } from '../../shared/windows/window-inputs.tsx';
import classes from './rankings.module.css';

interface RankingsFrameProps {
  readonly view: RankingsView;
  /** Where the rows were computed beforehand. */
  readonly batch: BatchAnswerFragment | null | undefined;
  /** Menus at the right of the bar. */
  readonly actions: ReactNode;
  /** Filters of this tab, in a row of their own. */
  readonly filters?: ReactNode;
  readonly table: ReactNode;
  /** The right panel: chart and details. */
  readonly panel: ReactNode;
  readonly panelLabel: string;
}

/** The frame of each ranking: tabs, the question, the table, and a panel with the chart and the facts behind the selected row. */
export function RankingsFrame({ view, batch, actions, filters, table, panel, panelLabel }: RankingsFrameProps) {
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
              ref={tab === state.tab ? showInStrip : null}
            >
              {TAB_WORDS[tab]}
            </Link>
          ))}
        </nav>
        <div className={classes.question}>
          <p>{questionSentence(state)}</p>
          <BatchLine batch={batch} />
          <OptionsMenu key={JSON.stringify([state.core, state.widest, state.maxHops])} view={view} />
        </div>
        <div className={classes.actions}>
          {state.tab === 'organizations' && <WatchThis choices={RANKING} />}
          {actions}
        </div>
        {filters !== undefined && <div className={`${classes.actions} ${classes.filters}`}>{filters}</div>}
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

const RANKING: readonly Watchable[] = [{ title: 'The first organizations by weighted loss', asks: { kind: 'RANKING' } }];

/** The question that all rows of a tab answer. */
function questionSentence(state: RankingsState): string {
  if (state.tab === 'organizations') return `As the only origin, ${windowsInWords(state)}, ${optionsInWords(state)}`;
  if (state.tab === 'artifacts') return `By one origin alone, ${windowsInWords(state)}, ${optionsInWords(state)}`;
  const asOf = state.widest?.to ?? state.core?.to ?? null;
  return `Copies that may exist ${asOf === null ? 'now' : `on ${formatInstant(asOf)}`}`;
}

const TAB_WORDS: Readonly<Record<RankingTab, string>> = {
  organizations: 'Organizations by radius',
  artifacts: 'Artifacts by exposure',
  concentration: 'Concentration',
  shared: 'Shared holders',
  controls: 'Control gaps',
  labs: 'Safeguards by lab',
};

const HOPS = RADIUS_OPTIONS.find(({ name }) => name === 'maxHops') as RadiusOption;
const BLANK: Fields = { from: '', to: '' };

/** The windows and options that all rows of a ranking share. */
function OptionsMenu({ view }: { readonly view: RankingsView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={400} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.change} aria-expanded={isOpen} onClick={() => setOpen((open) => !open)}>
          Change
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Windows and options">
        {isOpen && <OptionsForm view={view} onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function OptionsForm({ view, onDone }: { readonly view: RankingsView; readonly onDone: () => void }) {
  const { state, change } = view;
  const [core, setCore] = useState(state.core === null ? BLANK : fieldsOf(state.core));
  const [widest, setWidest] = useState(state.widest === null ? BLANK : fieldsOf(state.widest));
  const [hops, setHops] = useState<TypedOption>(state.maxHops ?? HOPS.default);
  const [problem, setProblem] = useState<string | null>(null);
  const isBlank = (fields: Fields) => fields.from.trim() === '' && fields.to.trim() === '';
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const typed = parseTypedOption(HOPS, hops);
    const maxHops = typed === HOPS.default ? null : typed;
    if (isBlank(core) && isBlank(widest)) {
      change({ core: null, widest: null, maxHops });
      return onDone();
    }
    const windows = parseWindows(isBlank(core) ? widest : core, isBlank(widest) ? core : widest);
    if (typeof windows === 'string') return setProblem(windows);
    change({ ...windows, maxHops });
    onDone();
  };
  return (
    <form className={classes.form} onSubmit={apply}>
      <h2>When</h2>
      <p className={classes.note}>Dates in UTC. Blank: what is held now.</p>
      <WindowInputs label="Core" value={core} onChange={setCore} />
      <WindowInputs label="Widest" value={widest} onChange={setWidest} />
      <RadiusOptionInput option={HOPS} note="Access links to follow. 0 = the origin only." value={hops} onChange={setHops} />
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit">Apply</Button>
        <Button
          variant="default"
          onClick={() => {
            change({ core: null, widest: null, ...NO_RADIUS_OPTIONS });
            onDone();
          }}
        >
          Reset to now
        </Button>
      </div>
    </form>
  );
}

export interface RankingsView {
  readonly state: RankingsState;
  readonly change: (patch: Partial<RankingsState>) => void;
  readonly select: (id: string) => void;
  /** Sorts a table by a column, or reverses its order. */
  readonly sortBy: (key: string, isNumber: boolean) => void;
  /** Windows and options as the server takes them. */
  readonly settings: Settings;
  /** The instant of the tables that use one; null: the time of the request. */
  readonly asOf: string | null;
}

interface Settings {
  readonly core: WindowInput | null;
  readonly widest: WindowInput | null;
  readonly options: RadiusOptions | null;
}

/** The state of the Rankings page. It is stored in the URL only. */
export function useRankings(): RankingsView {
  const { params } = useLocation();
  const state = useMemo(() => parseRankingsState(params), [params]);
  const change = useCallback(
    (patch: Partial<RankingsState>) => navigate(hrefOf('/rankings', writeRankingsState({ ...state, ...patch })), 'push', true),
    [state],
  );
  const { core, widest } = state;
  return {
    state,
    change,
    select: (id) => change({ selection: id === state.selection ? null : id }),
    sortBy: (key, isNumber) => change({ sort: nextSort(state.sort, key, isNumber) }),
    settings: {
      core,
      widest,
      options: statedRadiusOptions(state),
    },
    asOf: widest?.to ?? core?.to ?? null,
  };
}
