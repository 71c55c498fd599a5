import { CloseButton } from '@mantine/core';
import { countOf } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { capitalize, rolesInWords } from '../../shared/format/words.ts';
import { OrganizationIcon } from '../../shared/marks/kind-icon.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { type BlastState, blastHref } from '../../shared/url/blast-radius-url.ts';
import { focusOf } from './canvas/pointed.ts';
import { ExploreLink } from './explore-link.tsx';
import type { Holding, RadiusAnswer } from './lanes-radius.ts';
import classes from './organization-card.module.css';
import type { ChangeBlast } from './use-blast-view.ts';

interface OrganizationCardProps {
  readonly radius: RadiusAnswer;
  /** Null while the flows are unknown. */
  readonly holdings: ReadonlyMap<string, Holding> | null;
  readonly state: BlastState;
  readonly change: ChangeBlast;
}

/** Actions that a what-if can begin with. */
const WHAT_IFS = [
  { kind: 'SUSPEND', word: 'What if suspended' },
  { kind: 'RECALL', word: 'What if recalled' },
  { kind: 'ENCRYPT', word: 'What if encrypted' },
] as const;

/** A reached organization selected on the canvas: how it is reached, and how many artifacts in reach it holds. */
export function OrganizationCard({ radius, holdings, state, change }: OrganizationCardProps) {
  const id = focusOf(state.selection);
  const row = radius.reached.edges.find((edge) => edge.node.organization.id === id)?.node;
  if (id === null || row === undefined) return null;
  const names = new Map(radius.reached.edges.map(({ node }) => [node.organization.id, node.organization.name]));
  const isOrigin = row.hops === 0 && !row.isSuspected;
  const stated = radius.suspectedOrigins.find(({ organization }) => organization.id === id)?.likelihood;
  return (
    <div className={classes.card}>
      <div className={classes.head}>
        <OrganizationIcon roles={row.organization.roles} size={18} />
        <strong>{row.organization.name}</strong>
        <span className={classes.detail}>{capitalize(rolesInWords(row.organization.roles))}</span>
        <CloseButton size="sm" ml="auto" aria-label="Close" onClick={() => change({ selection: null, focus: null })} />
      </div>
      <p>
        {stated !== undefined && `May have been compromised, with a ${formatShare(stated)} chance. `}
        {isOrigin
          ? 'Assumed compromised.'
          : row.path.length > 0 &&
            `Reached in ${countOf(row.path.length, 'hop', 'hops')} with a ${formatShare(row.likelihood)} chance: ${row.path
              .map(
                (step) =>
                  `${names.get(step.from.id) ?? step.from.id} → ${names.get(step.to.id) ?? step.to.id} (${formatShare(step.likelihood)})`,
              )
              .join(', ')}.`}{' '}
        {holdings !== null && holdsSentence(holdings.get(id))}
      </p>
      <p className={classes.links}>
        <ExploreLink node={`organization:${id}`}>Show in Explore</ExploreLink>
        {WHAT_IFS.map(({ kind, word }) => (
          <button
            key={kind}
            type="button"
            className={classes.link}
            onClick={() => change({ actions: [...(state.actions ?? []), { kind, id, owner: null, at: radius.widest.from }] })}
          >
            {word}
          </button>
        ))}
        {!isOrigin && <Link href={blastHref([id], radius)}>Show its blast radius</Link>}
        {!isOrigin && (
          <button
            type="button"
            className={classes.link}
            onClick={() => change({ origins: [...radius.origins.map((origin) => origin.id), id] })}
          >
            Add as origin
          </button>
        )}
      </p>
    </div>
  );
}

/** "Holds 12 artifacts in reach, $4.1M worst case." */
function holdsSentence(holding: Holding | undefined): string {
  if (holding === undefined) return 'Holds no artifact in reach.';
  return `Holds ${countOf(holding.heldCount, 'artifact', 'artifacts')} in reach, ${formatMoney(holding.worstCaseLossUsd)} worst case.`;
}
