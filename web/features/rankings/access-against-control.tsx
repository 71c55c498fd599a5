import { type KeyboardEvent, type Ref, useMemo } from 'react';
import { OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatMoney, formatTick } from '../../shared/format/money.ts';
import { capitalize, mainRole, ROLE_ORDER, ROLE_WORDS } from '../../shared/format/words.ts';
import type { AccessAgainstControlQuery, OrganizationRole } from '../../shared/generated/operations.ts';
import { Link } from '../../shared/ui/link.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { newIncidentHref } from '../../shared/url/incidents-url.ts';
import { type RankingsState, radiusHref, rankingsHref } from '../../shared/url/rankings-url.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import styles from './access-against-control.module.css';
import classes from './rankings.module.css';
import { aboveLine, amountAxisOf, type Dot, layOutScatter } from './scatter-layout.ts';

type Ranking = NonNullable<AccessAgainstControlQuery['ranking']>;

interface AccessAgainstControlProps {
  readonly ref: Ref<SVGSVGElement>;
  readonly ranking: Ranking;
  readonly selection: string | null;
  readonly onSelect: (id: string) => void;
  readonly state: RankingsState;
}

type RankedRow = Ranking['edges'][number]['node'];

interface ControlDot extends Dot {
  readonly roles: readonly OrganizationRole[];
  readonly missing: number;
  readonly required: number;
}

const WIDTH = 430;
const HEIGHT = 380;
const LEFT = 52;
const TOP = 34;
const FURTHEST = 6;

/** Worst-case loss against the share of required controls with evidence. An organization above the line could lose more than its evidence covers. */
export function AccessAgainstControl({ ref, ranking, selection, onSelect, state }: AccessAgainstControlProps) {
  const dots = useMemo(() => ranking.edges.flatMap(({ node }) => dotOf(node)), [ranking]);
  const axis = useMemo(() => amountAxisOf(dots.map(({ amount }) => amount)), [dots]);
  const { heightOf } = axis;
  const placed = useMemo(() => layOutScatter(dots, { width: WIDTH, height: HEIGHT, heightOf }, selection), [dots, heightOf, selection]);
  // A curve where the scale is logarithmic.
  const line = Array.from({ length: 101 }, (_, i) => `${(WIDTH * i) / 100} ${HEIGHT * (1 - heightOf((axis.max * i) / 100))}`).join('L');
  const furthest = [...dots]
    .map((dot) => ({ dot, above: aboveLine(dot, axis.max) }))
    .filter(({ above }) => above > 0)
    .sort((a, b) => b.above - a.above || (a.dot.id < b.dot.id ? -1 : 1));
  const chosen = ranking.edges.find(({ node }) => node.organization.id === selection)?.node;
  const chosenDot = dots.find(({ id }) => id === selection);
  const withoutNeed = ranking.edges.length - dots.length;
  // One tab stop for all dots; arrows go through them from the top down.
  const order = [...placed].sort((a, b) => a.y - b.y || a.x - b.x).map(({ dot }) => dot.id);
  const current = selection !== null && order.includes(selection) ? selection : order[0];
  const onKey = (event: KeyboardEvent<SVGGElement>, id: string) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = order[Math.min(order.length - 1, Math.max(0, order.indexOf(id) + step))];
      event.currentTarget.ownerSVGElement?.querySelector<SVGGElement>(`[data-dot="${CSS.escape(next ?? '')}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect(id);
    }
  };
  return (
    <div className={styles.panel}>
      <section className={classes.block}>
        <h2>Access against control</h2>
        <p className={classes.note}>
          Control should match access. Above the line, an organization could lose more than its evidence covers. The line is a reading aid,
          not a policy.
        </p>
        {dots.length === 0 ? (
          <p className={classes.note}>No organization here needs controls: none holds or can reach a sensitive artifact.</p>
        ) : (
          <>
            <ul className={styles.kinds} aria-label="Kinds">
              {ROLE_ORDER.filter((kind) => dots.some(({ roles }) => mainRole(roles) === kind)).map((kind) => (
                <li key={kind}>
                  <OrganizationMark roles={[kind]} />
                  {capitalize(ROLE_WORDS[kind])}
                </li>
              ))}
            </ul>
            {/* biome-ignore lint/a11y/useSemanticElements: a group of an SVG drawing; there is no such element. */}
            <svg
              ref={ref}
              className={styles.chart}
              viewBox={`0 0 ${LEFT + WIDTH + 20} ${TOP + HEIGHT + 44}`}
              role="group"
              aria-label={`Access against control, ${countOf(dots.length, 'organization', 'organizations')}`}
            >
              <g transform={`translate(${LEFT} ${TOP})`}>
                <text className={styles.axis} x={-LEFT} y={-20}>
                  Worst-case loss if compromised{axis.isLog && ', log scale'}
                </text>
                <path className={styles.above} d={`M${line}L0 0Z`} />
                {axis.ticks.map((amount) => {
                  const y = HEIGHT * (1 - heightOf(amount));
                  return (
                    <g key={amount}>
                      <line className={styles.grid} x1={0} x2={WIDTH} y1={y} y2={y} />
                      <text className={styles.tick} x={-11} y={y} textAnchor="end" dominantBaseline="central">
                        {formatTick(amount)}
                      </text>
                    </g>
                  );
                })}
                {[0, 25, 50, 75, 100].map((percent) => (
                  <text key={percent} className={styles.tick} x={(WIDTH * percent) / 100} y={HEIGHT + 18} textAnchor="middle">
                    {percent}%
                  </text>
                ))}
                <path className={styles.line} d={`M${line}`} />
                <text className={styles.axis} x={WIDTH / 2} y={HEIGHT + 38} textAnchor="middle">
                  Required controls that are met
                </text>
                {placed.map(({ dot, x, y, label }) => (
                  // biome-ignore lint/a11y/useSemanticElements: a button inside an SVG drawing.
                  <g
                    key={dot.id}
                    className={styles.dot}
                    data-dot={dot.id}
                    data-selected={dot.id === selection || undefined}
                    role="button"
                    tabIndex={dot.id === current ? 0 : -1}
                    aria-pressed={dot.id === selection}
                    aria-label={`${dot.name}, ${formatMoney(dot.amount)} worst case, ${dot.required - dot.missing} of ${dot.required} required controls met`}
                    onClick={() => onSelect(dot.id)}
                    onKeyDown={(event) => onKey(event, dot.id)}
                  >
                    <rect className={styles.ring} x={x - 13} y={y - 13} width={26} height={26} rx={7} />
                    <g transform={`translate(${x - 10} ${y - 10})`}>
                      <OrganizationMark roles={dot.roles} />
                    </g>
                    {label !== null && (
                      <text className={styles.label} x={label.x} y={y} textAnchor={label.anchor} dominantBaseline="central">
                        {dot.name}
                      </text>
                    )}
                  </g>
                ))}
              </g>
            </svg>
          </>
        )}
        <p className={classes.note}>
          Dots that would cover each other are moved a little aside.
          {axis.isLog && ` Less than ${formatTick(axis.ticks[0] ?? 0)} stands on the lowest line.`}
          {ranking.totalCount > ranking.edges.length &&
            ` Shows the ${formatCount(ranking.edges.length)} largest of ${formatCount(ranking.totalCount)} organizations.`}
          {withoutNeed > 0 &&
            ` ${countOf(withoutNeed, 'organization needs', 'organizations need')} no control and ${withoutNeed === 1 ? 'is' : 'are'} left out.`}
        </p>
      </section>
      {chosen !== undefined && <ChosenOrganization row={chosen} dot={chosenDot} state={state} />}
      {furthest.length > 0 && (
        <section className={classes.block}>
          <h2>Furthest above the line</h2>
          <ol className={classes.facts}>
            {furthest.slice(0, FURTHEST).map(({ dot }) => (
              <li key={dot.id} className={classes.fact}>
                <OrganizationMark roles={dot.roles} />
                <Link href={rankingsHref({ ...state, selection: dot.id })}>{dot.name}</Link>
                <span className={classes.end}>
                  {formatCount(dot.missing)} of {formatCount(dot.required)} not met · <strong>{formatMoney(dot.amount)}</strong>
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

interface ChosenOrganizationProps {
  readonly row: RankedRow;
  /** Undefined: the organization needs no control, or its controls are not known. */
  readonly dot: ControlDot | undefined;
  readonly state: RankingsState;
}

function ChosenOrganization({ row: { organization, worstCaseLossUsd }, dot, state }: ChosenOrganizationProps) {
  const { id, name } = organization;
  return (
    <section className={classes.block} aria-label={`Selected: ${name}`}>
      <h2>{name}</h2>
      <p className={classes.note}>
        {formatMoney(worstCaseLossUsd)} worst case;{' '}
        {dot === undefined
          ? organization.controlGap === null
            ? 'its controls are not known.'
            : 'it needs no control.'
          : `${formatCount(dot.missing)} of ${formatCount(dot.required)} required controls are not met.`}
      </p>
      <p className={classes.links}>
        <Link href={radiusHref(state, id)}>Show blast radius</Link>
        <Link href={exploreHref(`organization:${id}`)}>Open in Explore</Link>
        {dot !== undefined && <Link href={rankingsHref({ ...state, tab: 'controls', sort: null, selection: id })}>Show controls</Link>}
        {canWrite() && <Link href={newIncidentHref([id])}>Mark as compromised</Link>}
      </p>
    </section>
  );
}

/** Leaves out organizations without required controls, because they have no share. */
function dotOf({ organization, worstCaseLossUsd }: RankedRow): readonly ControlDot[] {
  const { id, name, roles, controlGap } = organization;
  if (controlGap === null || controlGap.required.length === 0) return [];
  const required = controlGap.required.length;
  return [
    {
      id,
      name,
      roles,
      required,
      missing: required - controlGap.met.length,
      share: controlGap.met.length / required,
      amount: worstCaseLossUsd,
    },
  ];
}
