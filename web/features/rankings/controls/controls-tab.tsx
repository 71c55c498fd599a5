import { Select } from '@mantine/core';
import { useRef } from 'react';
import { ExportMenu } from '../../../shared/export/export-menu.tsx';
import { formatCount } from '../../../shared/format/count.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { capitalize, rolesInWords } from '../../../shared/format/words.ts';
import { CertifiersDocument, ControlGapsDocument, type ControlGapsQuery } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import type { Column } from '../../../shared/lists/data-table.tsx';
import { Meter } from '../meter.tsx';
import classes from '../rankings.module.css';
import { RankingsFrame } from '../rankings-frame.tsx';
import { OrganizationMark, RowName } from '../row-name.tsx';
import { SortedPages } from '../sorted-pages.tsx';
import type { RankingsView } from '../use-rankings.ts';
import { ControlFacts } from './control-facts.tsx';

export type Gap = ControlGapsQuery['controlGaps']['edges'][number]['node'];

const VALUES = {
  name: (row: Gap) => row.organization.name,
  sensitivity: (row: Gap) => row.highestSensitivity,
  missing: (row: Gap) => row.missing.length,
  met: (row: Gap) => row.met.length / row.required.length,
};

const COLUMNS: readonly Column<Gap>[] = [
  {
    key: 'name',
    title: 'Organization',
    cell: ({ organization: { name, roles } }) => (
      <RowName mark={<OrganizationMark roles={roles} />} name={name} detail={capitalize(rolesInWords(roles))} />
    ),
  },
  { key: 'sensitivity', title: 'Access up to', isNumber: true, isExtra: true, cell: (row) => `sensitivity ${row.highestSensitivity}` },
  {
    key: 'missing',
    title: 'Missing',
    isNumber: true,
    cell: (row) => (
      <>
        <strong>{formatCount(row.missing.length)}</strong> of {formatCount(row.required.length)}
      </>
    ),
  },
  {
    key: 'met',
    title: 'With evidence',
    isNumber: true,
    isExtra: true,
    cell: (row) => {
      const share = row.met.length / row.required.length;
      return (
        <span className={classes.measure}>
          {formatShare(share)}
          <Meter share={share} label={`${formatShare(share)} of the required controls have evidence`} />
        </span>
      );
    },
  },
];

/** Organizations whose level of control does not match their level of access. */
export function ControlsTab({ view }: { readonly view: RankingsView }) {
  const { state, change, select, asOf } = view;
  const shown = useRef<readonly Gap[]>([]);
  const withoutIssuers = state.withoutIssuers.length === 0 ? null : [...state.withoutIssuers];
  const asked = useQuestion(ControlGapsDocument, { asOf, withoutIssuers });
  return (
    <RankingsFrame
      view={view}
      filters={<IssuerFilter view={view} />}
      actions={
        <ExportMenu
          name="control-gaps"
          operation={{ document: ControlGapsDocument, variables: { asOf, withoutIssuers } }}
          whole={{ path: '/api/control-gaps', query: wholeQuery(asOf, state.withoutIssuers) }}
          shown={() => ({
            header: ['organization', 'name', 'highest_sensitivity', 'missing', 'met', 'required'],
            rows: shown.current.map(({ organization, highestSensitivity, missing, met, required }) => [
              organization.id,
              organization.name,
              highestSensitivity,
              missing.map(({ control }) => control).join(';'),
              met.join(';'),
              required.join(';'),
            ]),
          })}
        />
      }
      panelLabel="Controls of the selected organization"
      panel={<ControlFacts organization={state.selection} state={state} asOf={asOf} />}
      table={
        <SortedPages
          view={view}
          asked={asked}
          waiting="Comparing access with evidence"
          listOf={(data) => data.controlGaps}
          load={async (after) => (await client.query({ query: ControlGapsDocument, variables: { asOf, withoutIssuers, after } })).data}
          none="No organization lacks a required control."
          label="Control gaps"
          noun="organizations"
          columns={COLUMNS}
          keyOf={(row) => row.organization.id}
          values={VALUES}
          first={{ key: 'missing', isDescending: true }}
          shown={shown}
          onSelect={(id) => (id === state.selection ? change({ selection: null }) : select(id))}
        />
      }
    />
  );
}

/** Ignores the evidence of one certifier, as if it were discredited. */
function IssuerFilter({ view: { state, change } }: { readonly view: RankingsView }) {
  const asked = useQuestion(CertifiersDocument, NOTHING);
  const certifiers = asked.data?.organizations.edges.map(({ node }) => ({ value: node.id, label: `Without ${node.name}` })) ?? [];
  if (certifiers.length === 0) return null;
  return (
    <Select
      aria-label="Evidence that counts"
      placeholder="All evidence counts"
      data={certifiers}
      value={state.withoutIssuers[0] ?? null}
      onChange={(id) => change({ withoutIssuers: id === null ? [] : [id] })}
      clearable
      clearButtonProps={{ 'aria-label': 'Count all evidence' }}
      w={180}
    />
  );
}

const NOTHING = {};

function wholeQuery(asOf: string | null, issuers: readonly string[]): string {
  const params = new URLSearchParams();
  if (asOf !== null) params.set('asOf', asOf);
  for (const issuer of issuers) params.append('withoutIssuers', issuer);
  return params.size === 0 ? '' : `?${params}`;
}
