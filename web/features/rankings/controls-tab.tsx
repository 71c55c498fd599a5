import { Select } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { ControlBar, ControlBarLegend, ControlList } from '../../shared/controls/control-list.tsx';
import { controlWords, countStates, gapStates, metWords, unmetWords } from '../../shared/controls/control-states.ts';
import { ARTIFACT_TYPE_WORDS, capitalize, rolesInWords } from '../../shared/format/words.ts';
import type { ArtifactType, ControlGapsQuery, WorstCasesQuery } from '../../shared/generated/operations.ts';
import {
  CertifiersDocument,
  ControlGapsDocument,
  ControlsOfDocument,
  LabsWithGapsDocument,
  WorstCasesDocument,
} from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import type { Column } from '../../shared/lists/data-table.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { restQuery } from '../../shared/url/address-table.ts';
import { exploreHref } from '../../shared/url/explore-url.ts';
import type { RankingsState } from '../../shared/url/rankings-url.ts';
import { RANKINGS, radiusHref } from '../../shared/url/rankings-url.ts';
import { optionsInWords, windowsInWords } from '../../shared/windows/asked-words.ts';
import { RankingTab } from './ranking-tab.tsx';
import classes from './rankings.module.css';
import type { RankingsView } from './rankings-frame.tsx';
import { RowName } from './row-name.tsx';
import { WorstCase } from './worst-case.tsx';

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
    isName: true,
    cell: ({ organization: { name, roles } }) => (
      <RowName mark={<OrganizationMark roles={roles} size={24} />} name={name} detail={capitalize(rolesInWords(roles))} />
    ),
  },
  { key: 'sensitivity', title: 'Sensitivity', isNumber: true, isExtra: true, cell: (row) => row.highestSensitivity },
  {
    key: 'met',
    title: 'Required',
    cell: (row) => {
      const counts = countStates(gapStates(row));
      return (
        <span className={classes.required}>
          <ControlBar counts={counts} />
          {metWords(counts)}
        </span>
      );
    },
  },
  { key: 'missing', title: 'Not met, and why', cell: (row) => unmetWords(countStates(gapStates(row))) },
];

/** The most rows whose worst case is asked: as many as one page of a list holds. */
const MOST_ROWS = 500;

const progressOf = ({ ranking }: WorstCasesQuery) => ranking?.progress;

/** The worst case of each loaded row, from the ranking. It does not delay the list. */
function useWorstCaseColumn({ state, settings }: RankingsView) {
  const [ids, setIds] = useState<readonly string[]>([]);
  const onRows = useCallback((rows: readonly Gap[]) => setIds(rows.slice(0, MOST_ROWS).map(({ organization }) => organization.id)), []);
  const asked = useQuestion(WorstCasesDocument, ids.length === 0 ? null : { ...settings, organizations: [...ids] }, progressOf);
  const edges = asked.isStale ? undefined : asked.data?.ranking?.edges;
  const isWaiting = asked.question.phase === 'asking' || asked.isStale;
  const column = useMemo((): Column<Gap> => {
    const ranked = new Map(edges?.map(({ node }) => [node.organization.id, node]));
    return {
      key: 'worst',
      title: 'Worst case',
      isNumber: true,
      isExtra: true,
      cell: ({ organization: { id } }) => {
        const row = ranked.get(id);
        return (
          <Link href={radiusHref(state, id)} onClick={(event) => event.stopPropagation()}>
            {row !== undefined ? <WorstCase row={row} /> : isWaiting ? '…' : 'Radius'}
          </Link>
        );
      },
    };
  }, [edges, isWaiting, state]);
  return { column, onRows };
}

const listOf = ({ controlGaps }: ControlGapsQuery) => controlGaps;

/** Organizations whose level of control does not match their level of access. */
export function ControlsTab({ view }: { readonly view: RankingsView }) {
  const { state, change, select, asOf } = view;
  const worstCase = useWorstCaseColumn(view);
  const columns = useMemo(() => [...COLUMNS, worstCase.column], [worstCase.column]);
  const isBySensitivity = state.sort?.key === 'sensitivity' && state.sort.isDescending;
  const question = {
    asOf,
    withoutIssuers: state.withoutIssuers.length === 0 ? null : [...state.withoutIssuers],
    ...(state.minSensitivity === null ? {} : { minSensitivity: state.minSensitivity }),
    ...(state.types.length === 0 ? {} : { types: [...state.types] }),
    ...(state.labs.length === 0 ? {} : { labs: [...state.labs] }),
    ...(state.controls.length === 0 ? {} : { controls: [...state.controls] }),
    ...(isBySensitivity ? { orderBy: 'SENSITIVITY' as const } : {}),
  };
  return (
    <RankingTab
      view={view}
      document={ControlGapsDocument}
      variables={question}
      listOf={listOf}
      waiting="Comparing access with evidence"
      none={isFiltered(state) ? 'No organization fits these filters.' : 'No organization lacks a required control.'}
      label="Control gaps"
      noun="organizations"
      columns={columns}
      onRows={worstCase.onRows}
      keyOf={(row) => row.organization.id}
      values={VALUES}
      first={{ key: isBySensitivity ? 'sensitivity' : 'missing', isDescending: true }}
      onSelect={(id) => (id === state.selection ? change({ selection: null }) : select(id))}
      file={{
        name: 'control-gaps',
        header: ['organization', 'name', 'highest_sensitivity', 'missing', 'met', 'required'],
        valuesOf: ({ organization, highestSensitivity, missing, met, required }) => [
          organization.id,
          organization.name,
          highestSensitivity,
          missing.map(({ control }) => control).join(';'),
          met.join(';'),
          required.join(';'),
        ],
      }}
      more={{
        whole: {
          path: '/api/control-gaps',
          query: restQuery(RANKINGS, state, ASKED, {
            ...(asOf !== null && { asOf }),
            ...(isBySensitivity && { orderBy: 'SENSITIVITY' }),
          }),
        },
      }}
      filters={(gaps) => <Filters view={view} gaps={gaps} />}
      panelLabel="Controls of the selected organization"
      panel={() => <ControlFacts organization={state.selection} state={state} asOf={asOf} />}
    >
      <ControlBarLegend>
        Worst case: as the only origin, {windowsInWords(state)}, {optionsInWords(state)}
      </ControlBarLegend>
    </RankingTab>
  );
}

function isFiltered({ minSensitivity, types, labs, controls }: RankingsState): boolean {
  return minSensitivity !== null || types.length + labs.length + controls.length > 0;
}

/** By what organizations have access to, and by what they lack. None of it changes what is required. */
function Filters({ view, gaps }: { readonly view: RankingsView; readonly gaps: readonly Gap[] }) {
  const { state, change } = view;
  // The policy is the server's: the controls are those that it requires of somebody.
  const controls = [...new Set([...gaps.flatMap(({ required }) => required), ...state.controls])];
  const asked = useQuestion(LabsWithGapsDocument, NOTHING);
  const labs = asked.data?.organizations.edges.map(({ node }) => ({ value: node.id, label: node.name })) ?? [];
  return (
    <>
      <Select
        aria-label="Least sensitivity"
        placeholder="Sensitivity: any"
        data={SENSITIVITIES}
        value={state.minSensitivity === null ? null : String(state.minSensitivity)}
        onChange={(level) => change({ minSensitivity: level === null ? null : Number(level) })}
        clearable
        w={170}
      />
      <Select
        aria-label="Type of artifact"
        placeholder="Type: any"
        data={TYPES}
        value={state.types[0] ?? null}
        onChange={(type) => change({ types: type === null ? [] : [type as ArtifactType] })}
        clearable
        w={170}
      />
      <Select
        aria-label="Lab"
        placeholder="Lab: any"
        data={labs}
        value={state.labs[0] ?? null}
        onChange={(lab) => change({ labs: lab === null ? [] : [lab] })}
        searchable
        clearable
        w={150}
      />
      <Select
        aria-label="Missing control"
        placeholder="Control: any"
        data={controls.map((control) => ({ value: control, label: controlWords(control) }))}
        value={state.controls[0] ?? null}
        onChange={(control) => change({ controls: control === null ? [] : [control] })}
        clearable
        w={180}
      />
      <IssuerFilter view={view} />
    </>
  );
}

const SENSITIVITIES = [5, 4, 3, 2, 1].map((level) => ({
  value: String(level),
  label: level === 5 ? 'Sensitivity 5' : `At least ${level}`,
}));
const TYPES = Object.entries(ARTIFACT_TYPE_WORDS).map(([value, word]) => ({ value, label: capitalize(word) }));

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

/** The parameters of the question for the whole list. */
const ASKED = ['withoutIssuers', 'minSensitivity', 'types', 'labs', 'controls'] as const;

interface ControlFactsProps {
  readonly organization: string | null;
  readonly state: RankingsState;
  readonly asOf: string | null;
}

/** Each required control of an organization with its evidence and source, and the reason for the requirement. */
function ControlFacts({ organization, state, asOf }: ControlFactsProps) {
  const variables = useMemo(() => (organization === null ? null : { organization, asOf }), [organization, asOf]);
  const asked = useQuestion(ControlsOfDocument, variables);
  if (organization === null) {
    return (
      <section className={classes.block}>
        <h2>Controls</h2>
        <p className={classes.note}>Select an organization to see each required control with its evidence and source.</p>
      </section>
    );
  }
  return (
    <AnswerFrame asked={asked} waiting="Reading the evidence">
      {({ organization: found }) => {
        if (found?.controlGap == null) return <p className={classes.none}>This organization no longer exists.</p>;
        return (
          <section className={classes.block}>
            <h2>{found.name}</h2>
            <p className={classes.links}>
              <Link href={exploreHref(`organization:${found.id}`)}>Open in Explore</Link>
              <Link href={radiusHref(state, found.id)}>Show blast radius</Link>
            </p>
            <ControlList gap={found.controlGap} recorded={found.controls} withoutIssuers={state.withoutIssuers} />
          </section>
        );
      }}
    </AnswerFrame>
  );
}
