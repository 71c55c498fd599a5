import { useRef } from 'react';
import { ExportMenu } from '../../../shared/export/export-menu.tsx';
import { pictureOf } from '../../../shared/export/view-picture.ts';
import { formatCount } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { LabSafeguardsDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import type { Column } from '../../../shared/lists/data-table.tsx';
import classes from '../rankings.module.css';
import { RankingsFrame } from '../rankings-frame.tsx';
import { OrganizationMark, RowName } from '../row-name.tsx';
import { SortedPages } from '../sorted-pages.tsx';
import type { RankingsView } from '../use-rankings.ts';
import { LabEngagements } from './lab-engagements.tsx';
import { SafeguardBars } from './safeguard-bars.tsx';
import { type Guarded, SAFEGUARD_WORDS, type SafeguardKey, shareOfProviders, shareOfValue } from './safeguards.ts';

const VALUES = {
  name: (row: Guarded) => row.lab.name,
  providers: (row: Guarded) => row.providerCount,
  value: (row: Guarded) => row.valueUsd,
  auditRight: (row: Guarded) => shareOfValue(row, 'auditRight'),
  noticeTerm: (row: Guarded) => shareOfValue(row, 'noticeTerm'),
  encryption: (row: Guarded) => shareOfValue(row, 'encryption'),
};

const COLUMNS: readonly Column<Guarded>[] = [
  { key: 'name', title: 'Lab', cell: ({ lab }) => <RowName mark={<OrganizationMark roles={lab.roles} />} name={lab.name} /> },
  { key: 'providers', title: 'Vendors', isNumber: true, isExtra: true, cell: (row) => formatCount(row.providerCount) },
  { key: 'value', title: 'Value there', isNumber: true, isExtra: true, cell: (row) => formatMoney(row.valueUsd) },
  ...(Object.keys(SAFEGUARD_WORDS) as SafeguardKey[]).map((key) => ({
    key,
    title: SAFEGUARD_WORDS[key],
    isNumber: true,
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

/** The share of each lab's value at vendors that contracts and evidence cover. */
export function LabsTab({ view }: { readonly view: RankingsView }) {
  const { state, select, asOf } = view;
  const chart = useRef<SVGSVGElement>(null);
  const shown = useRef<readonly Guarded[]>([]);
  const asked = useQuestion(LabSafeguardsDocument, { asOf });
  const all = asked.data?.labSafeguards.edges.map(({ node }) => node) ?? [];
  const chosen = all.find(({ lab }) => lab.id === state.selection);
  return (
    <RankingsFrame
      view={view}
      actions={
        <ExportMenu
          name="safeguards"
          operation={{ document: LabSafeguardsDocument, variables: { asOf } }}
          shown={() => ({
            header: [
              'lab',
              'name',
              'provider_count',
              'value_usd',
              ...['audit_right', 'notice_term', 'encryption'].flatMap((name) => [`${name}_provider_count`, `${name}_value_usd`]),
            ],
            rows: shown.current.map((row) => [
              row.lab.id,
              row.lab.name,
              row.providerCount,
              row.valueUsd,
              ...(Object.keys(SAFEGUARD_WORDS) as SafeguardKey[]).flatMap((key) => [row[key].providerCount, row[key].valueUsd]),
            ]),
          })}
          picture={() => pictureOf(chart.current, 'Value under each safeguard')}
        />
      }
      panelLabel="Terms of the selected lab"
      panel={
        <>
          <section className={classes.block}>
            <h2>Value under each safeguard</h2>
            <p className={classes.note}>
              The filled part of a bar is the share of the lab’s value at vendors under an audit right or a notice term, or whose encryption
              at rest has evidence in date.
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
      }
      table={
        <SortedPages
          view={view}
          asked={asked}
          waiting="Reading contracts and evidence"
          listOf={(data) => data.labSafeguards}
          load={async (after) => (await client.query({ query: LabSafeguardsDocument, variables: { asOf, after } })).data}
          none="No lab is recorded yet."
          label="Safeguards by lab"
          noun="labs"
          columns={COLUMNS}
          keyOf={(row) => row.lab.id}
          values={VALUES}
          first={null}
          shown={shown}
        />
      }
    />
  );
}
