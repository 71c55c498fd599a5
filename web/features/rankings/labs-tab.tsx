import type { Ref } from 'react';
import { useMemo, useRef } from 'react';
import { OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { pictureOf } from '../../shared/export/view-picture.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import type { LabSafeguardsQuery } from '../../shared/generated/operations.ts';
import { LabEngagementsDocument, LabSafeguardsDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import type { Column } from '../../shared/lists/data-table.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { SourceNote } from '../../shared/ui/source-note.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { RankingTab } from './ranking-tab.tsx';
import classes from './rankings.module.css';
import type { RankingsView } from './rankings-frame.tsx';
import { RowName } from './row-name.tsx';
import styles from './safeguard-bars.module.css';

/** One lab with its safeguards. */
type Guarded = LabSafeguardsQuery['labSafeguards']['edges'][number]['node'];
type SafeguardKey = 'auditRight' | 'noticeTerm' | 'encryption';

const SAFEGUARD_WORDS: Readonly<Record<SafeguardKey, string>> = {
  auditRight: 'Audit right',
  noticeTerm: 'Notice term',
  encryption: 'Encryption',
};

/** The share of the value under a safeguard; null if the value is 0. */
function shareOfValue(row: Guarded, key: SafeguardKey): number | null {
  return row.valueUsd === 0 ? null : row[key].valueUsd / row.valueUsd;
}

/** The share of the providers under a safeguard; null without providers. */
function shareOfProviders(row: Guarded, key: SafeguardKey): number | null {
  return row.providerCount === 0 ? null : row[key].providerCount / row.providerCount;
}

const VALUES = {
  name: (row: Guarded) => row.lab.name,
  providers: (row: Guarded) => row.providerCount,
  value: (row: Guarded) => row.valueUsd,
  auditRight: (row: Guarded) => shareOfValue(row, 'auditRight'),
  noticeTerm: (row: Guarded) => shareOfValue(row, 'noticeTerm'),
  encryption: (row: Guarded) => shareOfValue(row, 'encryption'),
};

const COLUMNS: readonly Column<Guarded>[] = [
  {
    key: 'name',
    title: 'Lab',
    isName: true,
    cell: ({ lab }) => <RowName mark={<OrganizationMark roles={lab.roles} size={24} />} name={lab.name} />,
  },
  { key: 'providers', title: 'Vendors', isNumber: true, isExtra: true, cell: (row) => formatCount(row.providerCount) },
  { key: 'value', title: 'Value there', isNumber: true, isExtra: true, cell: (row) => formatMoney(row.valueUsd) },
  ...(Object.keys(SAFEGUARD_WORDS) as SafeguardKey[]).map((key) => ({
    key,
    title: SAFEGUARD_WORDS[key],
    isNumber: true,
    className: styles.shares,
    cell: (row: Guarded) => <Shares row={row} safeguard={key} />,
  })),
];

function Shares({ row, safeguard }: { readonly row: Guarded; readonly safeguard: SafeguardKey }) {
  const value = shareOfValue(row, safeguard);
  const providers = shareOfProviders(row, safeguard);
  if (providers === null) return <span className={classes.faint}>no vendors</span>;
  return (
    <span className={classes.rowName}>
      <strong>{value === null ? 'no value' : `${formatShare(value)} of value`}</strong>
      <small>
        {formatCount(row[safeguard].providerCount)} of {formatCount(row.providerCount)} vendors
      </small>
    </span>
  );
}

const listOf = ({ labSafeguards }: LabSafeguardsQuery) => labSafeguards;

/** The share of each lab's value at vendors that contracts and evidence cover. */
export function LabsTab({ view }: { readonly view: RankingsView }) {
  const { state, select, asOf } = view;
  const chart = useRef<SVGSVGElement>(null);
  return (
    <RankingTab
      view={view}
      document={LabSafeguardsDocument}
      variables={{ asOf }}
      listOf={listOf}
      waiting="Reading contracts and evidence"
      none="No lab is recorded yet."
      label="Safeguards by lab"
      noun="labs"
      columns={COLUMNS}
      keyOf={(row) => row.lab.id}
      values={VALUES}
      first={null}
      file={{
        name: 'safeguards',
        header: [
          'lab',
          'name',
          'provider_count',
          'value_usd',
          ...['audit_right', 'notice_term', 'encryption'].flatMap((name) => [`${name}_provider_count`, `${name}_value_usd`]),
        ],
        valuesOf: (row) => [
          row.lab.id,
          row.lab.name,
          row.providerCount,
          row.valueUsd,
          ...(Object.keys(SAFEGUARD_WORDS) as SafeguardKey[]).flatMap((key) => [row[key].providerCount, row[key].valueUsd]),
        ],
      }}
      more={{ picture: () => pictureOf(chart.current, 'Value under each safeguard') }}
      panelLabel="Terms of the selected lab"
      panel={(all) => {
        const chosen = all.find(({ lab }) => lab.id === state.selection);
        return (
          <>
            <section className={classes.block}>
              <h2>Value under each safeguard</h2>
              <p className={classes.note}>
                The filled part of a bar is the share of the lab’s value at vendors under an audit right or a notice term, or whose
                encryption at rest has evidence in date.
              </p>
              <SafeguardBars
                ref={chart}
                rows={all.filter(({ providerCount }) => providerCount > 0).slice(0, 16)}
                selection={state.selection}
                onSelect={select}
              />
            </section>
            {chosen !== undefined && <LabEngagements key={chosen.lab.id} lab={chosen.lab} />}
          </>
        );
      }}
    />
  );
}

interface SafeguardBarsProps {
  readonly ref: Ref<SVGSVGElement>;
  readonly rows: readonly Guarded[];
  readonly selection: string | null;
  readonly onSelect: (id: string) => void;
}

const WIDTH = 460;
const NAME = 130;
const COLUMN = (WIDTH - NAME) / 3;
const ROW = 30;
const HEAD = 22;

/** One row for each lab and one bar for each safeguard: the share of the value that it covers. The table holds the same figures. */
function SafeguardBars({ ref, rows, selection, onSelect }: SafeguardBarsProps) {
  const keys = Object.keys(SAFEGUARD_WORDS) as SafeguardKey[];
  if (rows.length === 0) return null;
  return (
    <svg
      ref={ref}
      className={styles.chart}
      viewBox={`0 0 ${WIDTH} ${HEAD + rows.length * ROW}`}
      role="img"
      aria-label={`Share of value under each safeguard for ${countOf(rows.length, 'lab', 'labs')}; the table has the figures.`}
    >
      {keys.map((key, column) => (
        <text key={key} className={styles.head} x={NAME + column * COLUMN} y={12}>
          {SAFEGUARD_WORDS[key]}
        </text>
      ))}
      {rows.map((row, place) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the row of the table does the same by keyboard; the drawing is one picture for a screen reader.
        <g
          key={row.lab.id}
          className={styles.row}
          data-selected={row.lab.id === selection || undefined}
          transform={`translate(0 ${HEAD + place * ROW})`}
          onClick={() => onSelect(row.lab.id)}
        >
          <rect className={styles.hit} width={WIDTH} height={ROW} />
          <text className={styles.name} x={0} y={ROW / 2} dominantBaseline="central">
            {row.lab.name.length > 20 ? `${row.lab.name.slice(0, 19)}…` : row.lab.name}
          </text>
          {keys.map((key, column) => {
            const share = shareOfValue(row, key);
            const x = NAME + column * COLUMN;
            return (
              <g key={key}>
                <rect className={styles.rail} x={x} y={9} width={60} height={12} rx={2} />
                {share !== null && share > 0 && <rect className={styles.bar} x={x} y={9} width={60 * share} height={12} rx={2} />}
                <text className={styles.figure} x={x + 66} y={ROW / 2} dominantBaseline="central">
                  {share === null ? '–' : formatShare(share)}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}

/** The engagements behind a lab's shares, each with its terms and its source. */
function LabEngagements({ lab }: { readonly lab: { readonly id: string; readonly name: string } }) {
  const asked = useQuestion(
    LabEngagementsDocument,
    useMemo(() => ({ lab: lab.id }), [lab.id]),
  );
  return (
    <AnswerFrame asked={asked} waiting="Listing engagements">
      {({ engagements }) => (
        <section className={classes.block}>
          <h2>{lab.name}</h2>
          <p className={classes.note}>
            {countOf(engagements.totalCount, 'engagement', 'engagements')}, ended ones too. A holder without one is under no term.
          </p>
          <p className={classes.links}>
            <Link href={exploreHref(`organization:${lab.id}`)}>Open in Explore</Link>
          </p>
          <Paged
            key={lab.id}
            first={engagements}
            load={async (after) =>
              (await client.query({ query: LabEngagementsDocument, variables: { lab: lab.id, after } })).data?.engagements ?? null
            }
          >
            {(list) => (
              <>
                <ul className={classes.facts}>
                  {list.rows.map((row) => (
                    <li key={row.id} className={classes.fact}>
                      <OrganizationMark roles={row.provider.roles} />
                      <span className={classes.rowName}>
                        <Link href={exploreHref(`organization:${row.provider.id}`)}>{row.provider.name}</Link>
                        <small>
                          {[
                            row.service,
                            row.auditRight === true ? 'audit right' : 'no audit right',
                            row.noticeHours === null ? 'no notice term' : `notice within ${row.noticeHours} h`,
                            row.endsAt === null ? null : `ends ${formatDay(row.endsAt)}`,
                          ]
                            .filter((part) => part !== null)
                            .join(' · ')}
                        </small>
                      </span>
                      <span className={classes.end}>
                        <SourceNote provenance={row.provenance} />
                      </span>
                    </li>
                  ))}
                </ul>
                <MoreRowsLine list={list} noun="engagements" />
              </>
            )}
          </Paged>
        </section>
      )}
    </AnswerFrame>
  );
}
