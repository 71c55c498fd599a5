import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { KeyboardEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { GRADE_WORDS } from '../../shared/format/grade-words.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { formatShare } from '../../shared/format/share.ts';
import type { SoftwareGrade } from '../../shared/generated/operations.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import classes from './advisory.module.css';
import { Because } from './because.tsx';
import { dotInWords, dotsOf, GRADE_GROUPS, type StripMatch, type StripPage, type Strips, saysOf, undatedCount } from './grade-words.ts';
import type { ChangeStatements } from './statements.tsx';
import { HATCH, STRIP_INSET, Strip } from './strip.tsx';
import { type StripScale, stripScale } from './strip-scale.ts';
import { type LoadAddressees, ToAsk } from './to-ask.tsx';
import type { Tick } from './use-proposal.ts';

interface StripsProps {
  readonly strips: Strips;
  readonly isStale: boolean;
  /** The ticks, by organization. */
  readonly ticks: ReadonlyMap<string, Exclude<Tick, 'no'>>;
  readonly selected: string | null;
  readonly onTick: (match: StripMatch, as: Tick) => void;
  readonly onSelect: (organization: string | null) => void;
  readonly onOpenList: (list: string) => void;
  readonly load: (grade: SoftwareGrade, after: string) => Promise<StripPage | null>;
  readonly changeStatements: ChangeStatements;
  /** The letter to organizations without a list. Null: the record is not known yet. */
  readonly letter: string | null;
  readonly loadAddressees: LoadAddressees;
}

/** Further pages of each grade, for these first pages. */
interface Loaded {
  readonly of: Strips;
  readonly pages: ReadonlyMap<SoftwareGrade, readonly StripPage[]>;
  readonly loading: SoftwareGrade | null;
}

/**
 * The organizations by grade, each with its lists over time against the time at which an affected version could be installed.
 *
 * Up and down move over rows, Space ticks, left and right walk the lists of a strip, Enter opens the list, L sets how it counts.
 */
export function StripRows(props: StripsProps) {
  const { strips, isStale, ticks, selected, onTick, onSelect, onOpenList, load } = props;
  const announce = useAnnounce();
  const grid = useRef<HTMLElement>(null);
  const { ref: axis, width: measured } = useElementSize();
  const [loaded, setLoaded] = useState<Loaded>({ of: strips, pages: new Map(), loading: null });
  const more = loaded.of === strips ? loaded : { of: strips, pages: new Map<SoftwareGrade, readonly StripPage[]>(), loading: null };
  const pagesOf = (grade: SoftwareGrade, first: StripPage) => [first, ...(more.pages.get(grade) ?? [])];
  const loadMore = async (grade: SoftwareGrade, first: StripPage) => {
    const after = pagesOf(grade, first).at(-1)?.pageInfo.endCursor;
    if (typeof after !== 'string' || more.loading !== null) return;
    setLoaded({ ...more, loading: grade });
    const page = await load(grade, after).catch(() => null);
    setLoaded((now) => {
      if (now.of !== strips) return now;
      const pages = page === null ? now.pages : new Map([...now.pages, [grade, [...(now.pages.get(grade) ?? []), page]]]);
      return { ...now, pages, loading: null };
    });
    if (page === null) announce('Further organizations could not be read. Try again.');
  };
  const groups = GRADE_GROUPS.map(({ title, note, grades }) => {
    const lists = grades.map(({ grade, page }) => ({ grade, first: page(strips) }));
    return {
      title,
      note,
      lists,
      total: lists.reduce((sum, { first }) => sum + first.totalCount, 0),
      rows: lists.flatMap(({ grade, first }) => pagesOf(grade, first).flatMap(({ edges }) => edges.map(({ node }) => node))),
    };
  }).filter(({ total }) => total > 0);
  const rows = groups.flatMap((group) => group.rows);
  const width = Math.max(160, measured || 480);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows only grow while the first pages stay.
  const scale = useMemo(() => scaleOf(strips, rows, width), [strips, rows.length, width]);
  const bandLabel = middleOf(strips.hull, scale);
  const [place, setPlace] = useState<{ readonly id: string; readonly list: string | null } | null>(null);
  const current = place?.id ?? selected ?? rows[0]?.organization.id ?? null;

  const focusRow = (id: string) => {
    setPlace({ id, list: null });
    const row = grid.current?.querySelector<HTMLElement>(`[data-organization="${CSS.escape(id)}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent, match: StripMatch) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { id } = match.organization;
    const at = rows.findIndex(({ organization }) => organization.id === id);
    const dots = dotsOf(match);
    const dot = dots.findIndex((one) => one.id === (place?.id === id ? place.list : null));
    const walk = (to: number) => {
      const next = dots[Math.min(dots.length - 1, Math.max(0, to))];
      if (next === undefined) return announce('It has no list with a date.');
      setPlace({ id, list: next.id });
      announce(dotInWords(next));
    };
    const act = ((): (() => void) | undefined => {
      switch (event.key) {
        case 'ArrowDown':
          return () => focusRow((rows[at + 1] ?? match).organization.id);
        case 'ArrowUp':
          return () => focusRow((rows[at - 1] ?? match).organization.id);
        case 'Home':
          return () => focusRow((rows[0] ?? match).organization.id);
        case 'End':
          return () => focusRow((rows.at(-1) ?? match).organization.id);
        case 'ArrowRight':
          return () => walk(dot + 1);
        case 'ArrowLeft':
          return () => walk(dot === -1 ? dots.length - 1 : dot - 1);
        case ' ':
          return () => onTick(match, ticks.has(id) ? 'no' : firstTick(match));
        case 'Enter': {
          const chosen = dots[dot];
          return chosen === undefined ? () => onSelect(selected === id ? null : id) : () => onOpenList(chosen.id);
        }
        case 'l':
        case 'L':
          return () => event.currentTarget.closest('li')?.querySelector('select')?.focus();
        default:
          return undefined;
      }
    })();
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <div className={classes.rowsBox} data-stale={isStale || undefined}>
      <svg width="0" height="0" aria-hidden="true" className={classes.defs}>
        <defs>
          <pattern id={HATCH} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="1.6" height="5" className={classes.hatch} />
          </pattern>
        </defs>
      </svg>
      <ul className={classes.legend} aria-label="Legend">
        <li>
          <svg width="10" height="10" aria-hidden="true">
            <circle className={classes.dot} cx="5" cy="5" r="4" />
          </svg>
          names it
        </li>
        <li>
          <svg width="10" height="10" aria-hidden="true">
            <circle className={classes.ring} cx="5" cy="5" r="4" />
          </svg>
          names another
        </li>
        <li>
          <svg width="10" height="10" aria-hidden="true">
            <circle className={classes.ring} cx="5" cy="5" r="4" />
            <circle className={classes.dot} cx="5" cy="5" r="1.5" />
          </svg>
          no version
        </li>
        <li>
          <svg width="14" height="10" aria-hidden="true">
            <rect className={classes.definite} y="1" width="14" height="8" />
          </svg>
          certain
        </li>
        <li>
          <svg width="14" height="10" aria-hidden="true">
            <rect className={classes.possible} fill={`url(#${HATCH})`} x=".5" y="1" width="13" height="8" />
          </svg>
          possible
        </li>
        <li>
          <svg width="14" height="10" aria-hidden="true">
            <rect className={classes.silent} x=".5" y="1.5" width="13" height="7" />
          </svg>
          no list says
        </li>
        <li>
          <svg width="14" height="10" aria-hidden="true">
            <rect className={classes.band} width="14" height="10" />
          </svg>
          could be installed
        </li>
      </ul>
      <div className={classes.stripHead}>
        <div className={classes.axisLine}>
          <p>{scale.large === null ? 'Times are UTC.' : `${largeDays(scale)} drawn larger. Times are UTC.`}</p>
          <div ref={axis} className={classes.axis} aria-hidden="true">
            {bandLabel !== null && (
              <b style={{ left: Math.min(width - 52, Math.max(52, STRIP_INSET + bandLabel * (width - 2 * STRIP_INSET))) }}>
                could be installed
              </b>
            )}
            {scale.ticks.map(({ x, label, isMain }) => (
              <span key={x} data-main={isMain || undefined} style={{ left: STRIP_INSET + x * (width - 2 * STRIP_INSET) }}>
                {label}
              </span>
            ))}
          </div>
        </div>
      </div>
      <section ref={grid} aria-label="Organizations by what their lists say">
        {groups.map(({ title, note, lists, total, rows: own }) => (
          <section key={title} aria-label={title}>
            <div className={classes.group}>
              <h3>
                {title} <span>{note}</span>
              </h3>
              <span>{formatCount(total)}</span>
            </div>
            <ul className={classes.rows}>
              {own.map((match) => {
                const { id } = match.organization;
                return (
                  <StripRow
                    key={id}
                    match={match}
                    strips={strips}
                    scale={scale}
                    width={width}
                    tick={ticks.get(id) ?? 'no'}
                    isSelected={id === selected}
                    isCurrent={id === current}
                    chosen={place?.id === id ? place.list : null}
                    onKeyDown={onKeyDown}
                    onFocus={() => setPlace((now) => (now?.id === id ? now : { id, list: null }))}
                    onTick={(as) => onTick(match, as)}
                    onSelect={() => onSelect(id === selected ? null : id)}
                    onOpenList={onOpenList}
                    changeStatements={props.changeStatements}
                  />
                );
              })}
              {lists.map(({ grade, first }) => {
                const shown = pagesOf(grade, first).reduce((sum, { edges }) => sum + edges.length, 0);
                return shown >= first.totalCount ? null : (
                  <li key={grade} className={classes.moreRow}>
                    {formatCount(first.totalCount - shown)} more are “{GRADE_WORDS[grade].toLowerCase()}”.{' '}
                    <Button variant="default" size="compact-xs" loading={more.loading === grade} onClick={() => loadMore(grade, first)}>
                      Show more
                    </Button>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </section>
      <ToAsk
        page={strips.noList}
        rows={pagesOf('NO_LIST', strips.noList).flatMap(({ edges }) => edges.map(({ node }) => node))}
        ticks={ticks}
        isLoading={more.loading === 'NO_LIST'}
        onMore={() => loadMore('NO_LIST', strips.noList)}
        onTick={onTick}
        letter={props.letter}
        loadAddressees={props.loadAddressees}
      />
      {rows.length > 0 && (
        <p className={classes.without} data-screen-only>
          Keys: up and down move, Space ticks, L sets how it counts, left and right walk the lists, Enter opens one.
        </p>
      )}
      {strips.withoutPackageCount > 0 && (
        <p className={classes.without}>
          {countOf(strips.withoutPackageCount, 'organization has', 'organizations have')} lists, none of which names the package.
        </p>
      )}
    </div>
  );
}

/** How an organization counts once a person ticks it: the lists of an origin name the version, those of the others do not say. */
function firstTick({ grade }: StripMatch): Tick {
  return grade === 'PRESENT' ? 'origin' : 1;
}

function scaleOf({ hull }: Strips, rows: readonly StripMatch[], width: number): StripScale {
  const instants = rows.flatMap((match) => [
    ...dotsOf(match).map(({ at }) => Date.parse(at)),
    ...match.presences
      .flatMap(({ possible }) => possible.flatMap(({ from, until }) => [from, until]))
      .flatMap((at) => (at === null ? [] : Date.parse(at))),
  ]);
  const at = (text: string | null) => (text === null ? null : Date.parse(text));
  return stripScale(instants, { from: at(hull.from), until: at(hull.until) }, width - 2 * STRIP_INSET);
}

/** The middle of the time at which an affected version could be installed, from 0 to 1; null: nobody says when. */
function middleOf({ from, until }: Strips['hull'], { x }: StripScale): number | null {
  if (from === null && until === null) return null;
  return ((from === null ? 0 : x(Date.parse(from))) + (until === null ? 1 : x(Date.parse(until)))) / 2;
}

function largeDays({ large }: StripScale): string {
  if (large === null) return '';
  const day = (at: number) => formatDay(new Date(at).toISOString()).replace(/, \d{4}$/, '');
  const last = large.until - 1;
  return day(large.from) === day(last) ? `The hours of ${day(large.from)} are` : `${day(large.from)} to ${day(last)} are`;
}

interface StripRowProps {
  readonly match: StripMatch;
  readonly strips: Strips;
  readonly scale: StripScale;
  readonly width: number;
  readonly tick: Tick;
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  readonly chosen: string | null;
  readonly onKeyDown: (event: KeyboardEvent, match: StripMatch) => void;
  readonly onFocus: () => void;
  readonly onTick: (as: Tick) => void;
  readonly onSelect: () => void;
  readonly onOpenList: (list: string) => void;
  readonly changeStatements: ChangeStatements;
}

const LIKELIHOODS = [1, 0.75, 0.5, 0.3, 0.1] as const;

function StripRow(props: StripRowProps) {
  const { match, strips, scale, width, tick, isSelected, isCurrent, chosen, onKeyDown, onFocus, onTick, onSelect, onOpenList } = props;
  const { organization, grade } = match;
  const undated = undatedCount(match);
  const likelihoods = typeof tick === 'number' && !LIKELIHOODS.some((one) => one === tick) ? [tick, ...LIKELIHOODS] : LIKELIHOODS;
  return (
    <li className={classes.row} data-selected={isSelected || undefined}>
      <div className={classes.tickCell}>
        <Checkbox
          tabIndex={-1}
          aria-label={`Start at ${organization.name}`}
          checked={tick !== 'no'}
          onChange={(event) => onTick(event.currentTarget.checked ? firstTick(match) : 'no')}
        />
      </div>
      <div className={classes.who}>
        <p>
          <button
            type="button"
            tabIndex={isCurrent ? 0 : -1}
            data-organization={organization.id}
            className={classes.name}
            aria-expanded={isSelected}
            aria-keyshortcuts="Space ArrowUp ArrowDown ArrowLeft ArrowRight L"
            onClick={onSelect}
            onFocus={onFocus}
            onKeyDown={(event) => onKeyDown(event, match)}
          >
            {organization.name}
          </button>
        </p>
        <p>
          <span className={classes.grade} data-grade={grade}>
            {GRADE_WORDS[grade]}
          </span>
          {tick !== 'no' && (
            <NativeSelect
              size="xs"
              tabIndex={-1}
              aria-label={`How ${organization.name} counts`}
              className={classes.as}
              value={String(tick)}
              data={[
                { value: 'origin', label: 'Origin' },
                { group: 'Suspected', items: likelihoods.map((one) => ({ value: String(one), label: formatShare(one) })) },
              ]}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.stopPropagation();
                event.currentTarget.closest('li')?.querySelector<HTMLElement>('[data-organization]')?.focus();
              }}
              onChange={(event) => onTick(event.currentTarget.value === 'origin' ? 'origin' : Number(event.currentTarget.value))}
            />
          )}
        </p>
        <small>{saysOf(match, strips.hull)}</small>
      </div>
      <div className={classes.stripCell}>
        {undated > 0 && grade !== 'PRESENT_UNDATED' && <small>{countOf(undated, 'list', 'lists')} without a date</small>}
        <Strip match={match} scale={scale} hull={strips.hull} width={width} chosen={chosen} />
      </div>
      {isSelected && (
        <div className={classes.because}>
          <Because match={match} onOpenList={onOpenList} changeStatements={props.changeStatements} />
        </div>
      )}
    </li>
  );
}
