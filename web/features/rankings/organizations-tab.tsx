import { Button, Checkbox, Popover } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import type { ShownRows } from '../../shared/export/export-menu.tsx';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { pictureOf } from '../../shared/export/view-picture.ts';
import { formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { countInReach } from '../../shared/format/tier-counts.ts';
import { capitalize, ROLE_ORDER, ROLE_WORDS, rolesInWords, TIERS } from '../../shared/format/words.ts';
import {
  AccessAgainstControlDocument,
  type OrganizationRole,
  RankingDocument,
  type RankingOrder,
  type RankingQuery,
  type Tier,
} from '../../shared/generated/operations.ts';
import { RADIUS_OPTIONS } from '../../shared/generated/radius-options.ts';
import type { LongProgress } from '../../shared/graphql/ask-long.ts';
import { askLong } from '../../shared/graphql/ask-long.ts';
import { errorCode } from '../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { HelpCard } from '../../shared/help/help-card.tsx';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { type Column, PagedTable } from '../../shared/lists/data-table.tsx';
import { IconFilter } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { restQuery } from '../../shared/url/address-table.ts';
import type { RankingsState } from '../../shared/url/rankings-url.ts';
import { RANKINGS, radiusHref, rankingsHref } from '../../shared/url/rankings-url.ts';
import { AccessAgainstControl } from './access-against-control.tsx';
import classes from './rankings.module.css';
import type { RankingsView } from './rankings-frame.tsx';
import { RankingsFrame } from './rankings-frame.tsx';
import { RowName } from './row-name.tsx';
import { isUnknown, notKnown, WorstCase } from './worst-case.tsx';

type Row = NonNullable<RankingQuery['ranking']>['edges'][number]['node'];

const SCATTER_SIZE = 300;
/** The parameters of the question for the whole ranking. */
const ASKED = ['orderBy', 'core', 'widest', ...RADIUS_OPTIONS.map(({ name }) => name), 'roles'] as const;
/** The server orders by these columns, the largest first. */
const ORDER_OF: Readonly<Record<string, RankingOrder>> = {
  artifacts: 'ARTIFACTS',
  labs: 'LABS',
  worst: 'WORST_CASE_LOSS',
  weighted: 'WEIGHTED_LOSS',
  dependents: 'DEPENDENTS',
  reach: 'REACH',
};
const SORTABLE: ReadonlySet<string> = new Set(Object.keys(ORDER_OF));

const progressOf = ({ ranking }: { readonly ranking: { readonly progress: LongProgress | null } | null }) => ranking?.progress;

/** Every organization as the only origin of a compromise, the worst first. */
export function OrganizationsTab({ view }: { readonly view: RankingsView }) {
  const { state, change, select, settings, asOf } = view;
  const chart = useRef<SVGSVGElement>(null);
  const shown = useRef<readonly Row[]>([]);
  const roles = state.roles.length === 0 ? null : [...state.roles];
  // A server that holds a part of the facts answers the ranking from a result, but not what each row holds and lacks.
  const [isPart, setPart] = useState(false);
  const variables = { ...settings, roles, orderBy: state.orderBy, asOf, isPart };
  const asked = useQuestion(RankingDocument, variables, progressOf);
  const isRefused = asked.question.phase === 'failed' && errorCode(asked.question.error) === 'LIMIT_EXCEEDED';
  useEffect(() => {
    if (isRefused) setPart(true);
  }, [isRefused]);
  const scatter = useQuestion(AccessAgainstControlDocument, { ...settings, roles, asOf, first: SCATTER_SIZE }, progressOf);
  const orderKey = Object.keys(ORDER_OF).find((key) => ORDER_OF[key] === state.orderBy) ?? 'weighted';
  const columns = useMemo(() => {
    const known = columnsOf(state).filter(({ key }) => !isPart || key !== 'gap');
    // A narrow screen has room for the name, the worst case and the figure that orders the list.
    const narrow = ['name', orderKey === 'artifacts' ? '' : 'worst', orderKey === 'worst' ? 'weighted' : orderKey];
    return known.map((column) => ({ ...column, isExtra: !narrow.includes(column.key) }));
  }, [state, isPart, orderKey]);
  return (
    <RankingsFrame
      view={view}
      batch={asked.data?.ranking?.batch}
      actions={
        <>
          <RoleFilter roles={state.roles} onChange={(next) => change({ roles: next })} />
          <ExportMenu
            name="ranking"
            operation={{ document: RankingDocument, variables }}
            whole={{ path: '/api/ranking', query: restQuery(RANKINGS, state, ASKED) }}
            shown={() => shownRows(shown.current)}
            picture={() => pictureOf(chart.current, 'Organizations by blast radius')}
          />
        </>
      }
      panelLabel="Access against control"
      panel={
        // The list says the cause of both failures.
        !(asked.question.phase === 'failed' && scatter.question.phase === 'failed') && (
          <AnswerFrame asked={scatter} waiting="Comparing access with control">
            {(data) =>
              data.ranking === null ? null : (
                <AccessAgainstControl ref={chart} ranking={data.ranking} selection={state.selection} onSelect={select} state={state} />
              )
            }
          </AnswerFrame>
        )
      }
      table={
        <AnswerFrame asked={asked} waiting="Computing the radius of every organization">
          {(data) =>
            data.ranking === null ? null : (
              <PagedTable
                first={data.ranking}
                load={async (after) => (await askLong(RankingDocument, { ...variables, after }, { progressOf })).ranking}
                onRows={(rows) => {
                  shown.current = rows;
                }}
                look="pane"
                label="Organizations by radius"
                noun="organizations"
                columns={columns}
                keyOf={(row) => row.organization.id}
                selection={{ key: state.selection, select }}
                order={{
                  sort: { key: orderKey, isDescending: true },
                  sortable: SORTABLE,
                  onSort: (key) => change({ orderBy: ORDER_OF[key] ?? 'WEIGHTED_LOSS' }),
                }}
                isStale={asked.isStale}
                none={state.roles.length > 0 ? 'No organization fits these filters.' : 'No organization is recorded yet.'}
              />
            )
          }
        </AnswerFrame>
      }
    />
  );
}

function columnsOf(state: RankingsState): readonly Column<Row>[] {
  return [
    {
      key: 'name',
      title: 'Organization',
      isName: true,
      cell: ({ position, organization: { name, roles, custody } }) => (
        <>
          <span className={classes.position}>{formatCount(position)}</span>
          <RowName
            mark={<OrganizationMark roles={roles} size={24} />}
            name={name}
            detail={`${capitalize(rolesInWords(roles))}${custody?.copyCount === 0 ? ', no copies recorded' : ''}`}
          />
        </>
      ),
    },
    {
      key: 'artifacts',
      title: 'Artifacts',
      help: <HelpCard term="tier" />,
      cell: (row) => {
        const { exposedCount, possibleCount, containedCount } = row;
        return isUnknown(row) ? (
          notKnown
        ) : (
          <Link className={classes.tiers} href={radiusHref(state, row.organization.id)} onClick={stop}>
            <TierBar
              counts={{ EXPOSED: exposedCount, POSSIBLE: possibleCount, CONTAINED: containedCount }}
              most={Math.max(40, countInReach(row))}
              width={64}
            />
            <span>
              <span className="visually-hidden">exposed, possible, contained: </span>
              {formatCount(exposedCount)} · {formatCount(possibleCount)} · {formatCount(containedCount)}
            </span>
          </Link>
        );
      },
    },
    {
      key: 'labs',
      title: 'Labs',
      isNumber: true,
      cell: (row) => (
        <Link href={radiusHref(state, row.organization.id, 'labs')} onClick={stop}>
          {formatCount(row.labCount)}
        </Link>
      ),
    },
    {
      key: 'worst',
      title: 'Worst case',
      isNumber: true,
      cell: (row) => (
        <Link href={radiusHref(state, row.organization.id)} onClick={stop}>
          <WorstCase row={row} />
        </Link>
      ),
    },
    {
      key: 'weighted',
      title: 'Weighted',
      isNumber: true,
      help: <HelpCard term="weightedLoss" />,
      cell: (row) => (
        <Link href={radiusHref(state, row.organization.id)} onClick={stop}>
          {isUnknown(row) ? notKnown : formatMoney(row.weightedLossUsd)}
        </Link>
      ),
    },
    {
      key: 'dependents',
      title: 'Dependents',
      isNumber: true,
      help: <HelpCard term="dependents" />,
      cell: (row) => (
        <Link href={radiusHref(state, row.organization.id, 'ask')} onClick={stop}>
          {formatCount(row.dependentCount)}
        </Link>
      ),
    },
    {
      key: 'reach',
      title: 'Reach',
      isNumber: true,
      help: <HelpCard term="hops" />,
      cell: (row) => (
        <Link href={radiusHref(state, row.organization.id)} onClick={stop}>
          {formatCount(row.reachedCount)}
        </Link>
      ),
    },
    {
      key: 'gap',
      title: 'Controls met',
      isNumber: true,
      cell: ({ organization: { id, controlGap } }) =>
        controlGap == null || controlGap.required.length === 0 ? (
          <span className={classes.faint}>none</span>
        ) : (
          <Link href={rankingsHref({ ...state, tab: 'controls', sort: null, selection: id })} onClick={stop}>
            <strong>{controlGap.met.length}</strong> of {controlGap.required.length}
          </Link>
        ),
    },
  ];
}

/** A link in a row does not select the row. */
function stop(event: { stopPropagation(): void }): void {
  event.stopPropagation();
}

function shownRows(rows: readonly Row[]): ShownRows {
  return {
    header: [
      'position',
      'id',
      'name',
      'roles',
      'exposed_count',
      'possible_count',
      'contained_count',
      'lab_count',
      'worst_case_loss_usd',
      'weighted_loss_usd',
      'dependent_count',
      'reached_count',
      'required_controls',
      'met_controls',
    ],
    rows: rows.map((row) => [
      row.position,
      row.organization.id,
      row.organization.name,
      row.organization.roles.map((role) => ROLE_WORDS[role]).join(';'),
      row.exposedCount,
      row.possibleCount,
      row.containedCount,
      row.labCount,
      row.worstCaseLossUsd,
      row.weightedLossUsd,
      row.dependentCount,
      row.reachedCount,
      row.organization.controlGap?.required.length ?? null,
      row.organization.controlGap?.met.length ?? null,
    ]),
  };
}

interface RoleFilterProps {
  readonly roles: readonly OrganizationRole[];
  readonly onChange: (roles: readonly OrganizationRole[]) => void;
}

/** Which roles a ranking lists; none chosen means all. */
function RoleFilter({ roles, onChange }: RoleFilterProps) {
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} stroke={1.8} />}>
          {roles.length === 0 ? 'All roles' : `${roles.length} of ${ROLE_ORDER.length} roles`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Roles">
        <div className={classes.form}>
          {ROLE_ORDER.map((role) => (
            <Checkbox
              key={role}
              label={capitalize(ROLE_WORDS[role])}
              checked={roles.includes(role)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? ROLE_ORDER.filter((other) => other === role || roles.includes(other))
                    : roles.filter((other) => other !== role),
                )
              }
            />
          ))}
          {roles.length > 0 && (
            <Button variant="default" size="compact-sm" onClick={() => onChange([])}>
              All roles
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface TierBarProps {
  readonly counts: Readonly<Record<Tier, number>>;
  /** The count that fills the whole width. */
  readonly most: number;
  readonly width?: number;
}

/** Counts by tier as one bar: solid, hatched, dotted outline. The figures stand beside it, so it is hidden from screen readers. */
function TierBar({ counts, most, width = 90 }: TierBarProps) {
  return (
    <span className={classes.tierBar} style={{ width }} aria-hidden="true">
      {TIERS.map((tier) =>
        counts[tier] === 0 ? null : (
          <span
            key={tier}
            className={classes.tierPart}
            data-tier={tier}
            style={{ width: `max(3px, ${(100 * counts[tier]) / Math.max(1, most)}%)` }}
          />
        ),
      )}
    </span>
  );
}
