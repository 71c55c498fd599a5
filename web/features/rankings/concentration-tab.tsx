import type { Ref } from 'react';
import { useRef } from 'react';
import { OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { pictureOf } from '../../shared/export/view-picture.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatIndex, formatShare } from '../../shared/format/share.ts';
import type { ConcentrationQuery } from '../../shared/generated/operations.ts';
import { ConcentrationDocument } from '../../shared/generated/operations.ts';
import { HelpCard } from '../../shared/help/help-card.tsx';
import type { Column } from '../../shared/lists/data-table.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { linkHref } from '../../shared/url/explore-url.ts';
import { RankingTab } from './ranking-tab.tsx';
import classes from './rankings.module.css';
import type { RankingsView } from './rankings-frame.tsx';
import { Meter, RowName } from './row-name.tsx';
import styles from './share-bars.module.css';

const VALUES = {
  name: (row: Concentrated) => row.lab.name,
  index: (row: Concentrated) => row.herfindahlIndex,
  largest: (row: Concentrated) => row.holders[0]?.share ?? null,
  holders: (row: Concentrated) => row.holderCount,
};

const COLUMNS: readonly Column<Concentrated>[] = [
  {
    key: 'name',
    title: 'Lab',
    isName: true,
    cell: ({ lab }) => <RowName mark={<OrganizationMark roles={lab.roles} size={24} />} name={lab.name} />,
  },
  {
    key: 'index',
    title: 'Index',
    isNumber: true,
    help: <HelpCard term="concentration" />,
    cell: (row) =>
      row.herfindahlIndex === null ? <span className={classes.faint}>no value</span> : <strong>{formatIndex(row.herfindahlIndex)}</strong>,
  },
  {
    key: 'largest',
    title: 'Largest holder',
    isExtra: true,
    cell: ({ holders: [first] }) =>
      first === undefined ? (
        <span className={classes.faint}>none</span>
      ) : (
        <span className={classes.measure}>
          <Meter share={first.share} label={`${formatShare(first.share)} of the value`} />
          {formatShare(first.share)}
          <span className="one-line" title={first.holder.name}>
            {first.holder.name}
          </span>
        </span>
      ),
  },
  { key: 'holders', title: 'Holders', isNumber: true, cell: (row) => formatCount(row.holderCount) },
];

const listOf = ({ concentration }: ConcentrationQuery) => concentration;

/** The concentration of each lab's value among its direct holders. */
export function ConcentrationTab({ view }: { readonly view: RankingsView }) {
  const { state, select, asOf } = view;
  const chart = useRef<SVGSVGElement>(null);
  return (
    <RankingTab
      view={view}
      document={ConcentrationDocument}
      variables={{ asOf }}
      listOf={listOf}
      waiting="Measuring concentration"
      none="No lab is recorded yet."
      label="Labs by concentration"
      noun="labs"
      columns={COLUMNS}
      keyOf={(row) => row.lab.id}
      values={VALUES}
      first={{ key: 'index', isDescending: true }}
      file={{
        name: 'concentration',
        header: ['lab', 'name', 'herfindahl_index', 'holder_count', 'largest_holder', 'largest_share'],
        valuesOf: ({ lab, herfindahlIndex, holderCount, holders: [first] }) => [
          lab.id,
          lab.name,
          herfindahlIndex,
          holderCount,
          first?.holder.id ?? null,
          first?.share ?? null,
        ],
      }}
      more={{ picture: () => pictureOf(chart.current, 'Shares of each lab’s value') }}
      panelLabel="Shares of the holders"
      panel={(all) => {
        const chosen = all.find(({ lab }) => lab.id === state.selection);
        return (
          <>
            <section className={classes.block}>
              <h2>Shares of each lab’s value</h2>
              <p className={classes.note}>
                Each bar is one lab. A part is a direct holder’s share of the mean value; the rest beyond five is one part.
              </p>
              <ShareBars
                ref={chart}
                rows={all.filter((row) => row.herfindahlIndex !== null).slice(0, 24)}
                selection={state.selection}
                onSelect={select}
              />
            </section>
            {chosen !== undefined && (
              <section className={classes.block}>
                <h2>{chosen.lab.name}</h2>
                <p className={classes.note}>
                  {chosen.holderCount > chosen.holders.length
                    ? `The ${formatCount(chosen.holders.length)} largest of ${countOf(chosen.holderCount, 'direct holder', 'direct holders')}.`
                    : `${countOf(chosen.holderCount, 'direct holder', 'direct holders')}.`}{' '}
                  Each leads to its copies and their sources.
                </p>
                <ul className={classes.facts}>
                  {chosen.holders.map(({ holder, share }) => (
                    <li key={holder.id} className={classes.fact}>
                      <OrganizationMark roles={holder.roles} />
                      <Link href={linkHref('TRANSFER', `organization:${chosen.lab.id}`, `organization:${holder.id}`)}>{holder.name}</Link>
                      <span className={`${classes.end} ${classes.measure}`}>
                        <Meter share={share} label={`${formatShare(share)} of the value`} />
                        <strong>{formatShare(share)}</strong>
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        );
      }}
    />
  );
}

type Concentrated = ConcentrationQuery['concentration']['edges'][number]['node'];

interface ShareBarsProps {
  readonly ref: Ref<SVGSVGElement>;
  readonly rows: readonly Concentrated[];
  readonly selection: string | null;
  readonly onSelect: (id: string) => void;
}

const WIDTH = 460;
const ROW = 40;
const BAR = 18;
const PARTS = 5;

/** One bar for each lab, with a part for each of its five largest direct holders and one for the rest. The table holds the same figures. */
function ShareBars({ ref, rows, selection, onSelect }: ShareBarsProps) {
  if (rows.length === 0) return null;
  return (
    <svg
      ref={ref}
      className={styles.chart}
      viewBox={`0 0 ${WIDTH} ${rows.length * ROW}`}
      role="img"
      aria-label={`Shares of the direct holders of ${countOf(rows.length, 'lab', 'labs')}; the table has the figures.`}
    >
      {rows.map((row, place) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the row of the table does the same by keyboard; the drawing is one picture for a screen reader.
        <g
          key={row.lab.id}
          className={styles.row}
          data-selected={row.lab.id === selection || undefined}
          transform={`translate(0 ${place * ROW})`}
          onClick={() => onSelect(row.lab.id)}
        >
          <rect className={styles.hit} width={WIDTH} height={ROW} />
          <text className={styles.name} x={0} y={12}>
            {row.lab.name}
          </text>
          {partsOf(row).map(({ name, share, from }, part) => (
            <g key={name}>
              <rect className={styles.part} data-part={part} x={from * WIDTH} y={17} width={Math.max(0, share * WIDTH - 1)} height={BAR}>
                <title>
                  {name}: {formatShare(share)}
                </title>
              </rect>
              {share * WIDTH > name.length * 6.2 + 10 && (
                <text className={styles.inside} data-part={part} x={from * WIDTH + 5} y={17 + BAR / 2} dominantBaseline="central">
                  {name}
                </text>
              )}
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}

function partsOf({ holders, holderCount }: Concentrated) {
  const named = holders.slice(0, PARTS).map(({ holder, share }) => ({ name: holder.name, share }));
  const rest = 1 - named.reduce((sum, { share }) => sum + share, 0);
  const parts = rest > 0.0005 ? [...named, { name: `${holderCount - named.length} others`, share: rest }] : named;
  let from = 0;
  return parts.map((part) => {
    const placed = { ...part, from };
    from += part.share;
    return placed;
  });
}
