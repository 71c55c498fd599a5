import { useEffect, useMemo, useRef } from 'react';
import { cutInTheMiddle, estimateWidth } from '../../../canvas/cytoscape/label-box.ts';
import type { HolderCard, LaneOrganization, LanesRadius } from '../../../canvas/lanes/lanes-props.ts';
import type { SceneNode } from '../../../canvas/scene/scene.ts';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { mainRole } from '../../../shared/format/words.ts';
import { HolderPartnersDocument, type HolderPartnersQuery, type OrganizationRole } from '../../../shared/generated/operations.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import { inputOf } from '../../../shared/url/radius-options-url.ts';

interface HolderCardsProps {
  readonly state: BlastState;
  readonly lanes: LanesRadius;
  /** Gets the cards by node key, the same map until they change. */
  readonly onCards: (cards: ReadonlyMap<string, HolderCard>) => void;
}

/** Asks who sent copies to the expanded holders and who got some from them, and makes a card of each. Shows a failure alone. */
export function HolderCards({ state, lanes, onCards }: HolderCardsProps) {
  const announce = useAnnounce();
  const input = useMemo(() => inputOf(state), [state]);
  const asked = state.expanded.filter((id) => lanes.organizations.some((organization) => organization.id === id));
  const variables = input === null || asked.length === 0 ? null : { input, of: asked.map((organization) => ({ organization })) };
  const answer = useQuestion(HolderPartnersDocument, variables);
  const { question, data } = answer;
  const answeredFor = question.phase === 'idle' ? undefined : question.last?.variables;
  const cards = useMemo(() => {
    const ids = new Set((answeredFor?.of ?? []).map(({ organization }) => organization));
    const open = lanes.organizations.filter(({ id }) => ids.has(id) && state.expanded.includes(id));
    return new Map(data === null ? [] : open.map((holder) => [keyOf(holder.id), cardOf(holder, partnersOf(holder, lanes, data))] as const));
  }, [data, answeredFor, lanes, state.expanded]);
  useEffect(() => onCards(cards), [cards, onCards]);
  useEffect(() => () => onCards(new Map()), [onCards]);

  const spoken = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    for (const [key, { words }] of cards) if (!spoken.current.has(key)) announce(words);
    spoken.current = new Set(cards.keys());
  }, [cards, announce]);

  if (question.phase !== 'failed') return null;
  return (
    <span role="alert">
      {errorSentence(question.error)}{' '}
      <button type="button" onClick={answer.retry}>
        Retry
      </button>
    </span>
  );
}

const keyOf = (id: string) => `organization:${id}`;

/** An organization at the other end of transfers. */
interface Partner {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly OrganizationRole[];
  /** Its part in the radius, in a word or two. */
  readonly part: string;
  readonly isOrigin: boolean;
  readonly isInRadius: boolean;
  /** Transfers, of all that is recorded. */
  readonly count: number;
}

interface Partners {
  readonly cameFrom: readonly Partner[];
  readonly passedOn: readonly Partner[];
}

function partnersOf(holder: LaneOrganization, lanes: LanesRadius, data: HolderPartnersQuery): Partners {
  const reached = new Map(lanes.organizations.map((organization) => [organization.id, organization]));
  const labs = new Set(lanes.labs.map(({ id }) => id));
  const notifiers = new Set(data.blastRadius?.notifiers.edges.map(({ node }) => node.id));
  const { nodes = [], links = [] } = data.neighborhood ?? {};
  const named = new Map(nodes.map(({ key, organization }) => [key, organization]));
  const partner = (key: string, count: number, isSender: boolean): readonly Partner[] => {
    const organization = named.get(key);
    if (organization == null) return [];
    const at = reached.get(organization.id);
    const part =
      at === undefined
        ? labs.has(organization.id)
          ? 'owner'
          : isSender && notifiers.has(organization.id)
            ? 'notifier'
            : 'not reached'
        : !isSender && at.hops < holder.hops
          ? 'back'
          : at.hops === 0
            ? 'origin'
            : `hop ${at.hops}`;
    const isInRadius = at !== undefined || labs.has(organization.id);
    return [{ ...organization, count, part, isOrigin: at?.hops === 0 && at.isSuspected !== true, isInRadius }];
  };
  const own = keyOf(holder.id);
  const byCount = (a: Partner, b: Partner) => b.count - a.count || (a.id < b.id ? -1 : 1);
  return {
    cameFrom: links.flatMap(({ source, target, count }) => (target === own ? partner(source, count, true) : [])).sort(byCount),
    passedOn: links.flatMap(({ source, target, count }) => (source === own ? partner(target, count, false) : [])).sort(byCount),
  };
}

const head = 48;
const row = 21;
const foot = 8;
/** Of one section. */
const mostRows = 5;

const sumOf = (partners: readonly Partner[]) => partners.reduce((sum, { count }) => sum + count, 0);
const rowsOf = (partners: readonly Partner[]) => Math.min(partners.length, mostRows + 1);

/** The card of a holder, with the sentence that is spoken once it opens. */
function cardOf(holder: LaneOrganization, { cameFrom, passedOn }: Partners): HolderCard & { readonly words: string } {
  const sections = [
    ['Came from', cameFrom],
    ['Passed on', passedOn],
  ] as const;
  const rowKey = (title: string, partner: Partner) => `partner:${JSON.stringify([holder.id, partner.id, title === 'Passed on'])}`;
  const names = new Map(
    sections.flatMap(([title, partners]) =>
      partners.map((partner) => {
        const to = title === 'Passed on' ? `Passed on to ${partner.name}` : `Came from ${partner.name}`;
        const words = `${to}, ${partner.part}, ${countOf(partner.count, 'copy', 'copies')}. Double-click or E shows them in Explore.`;
        return [rowKey(title, partner), words] as const;
      }),
    ),
  );
  return {
    height: head + foot + sections.reduce((sum, [, partners]) => sum + row * (1 + rowsOf(partners)), 0),
    spoken: (key) => names.get(key) ?? '',
    words: `${holder.name} expanded: ${countOf(sumOf(cameFrom), 'copy', 'copies')} came from ${countOf(cameFrom.length, 'organization', 'organizations')}, ${sumOf(passedOn)} passed on to ${passedOn.length}.`,
    parts: ({ x, y }, width) => {
      const height = head + foot + sections.reduce((sum, [, partners]) => sum + row * (1 + rowsOf(partners)), 0);
      const [left, right, top] = [x - width / 2, x + width / 2, y - height / 2];
      const id = `part:${holder.id}:`;
      const text = (name: string, at: readonly [number, number], classes: string, label: string): SceneNode => {
        return { id: id + name, at: { x: at[0], y: at[1] }, classes: `text ${classes}`, data: { label } };
      };
      const fits = (words: string, room: number, size: number) => {
        let most = [...words].length;
        while (most > 4 && estimateWidth(cutInTheMiddle(words, most), size) > room) most -= 1;
        return cutInTheMiddle(words, most);
      };
      const nodes: SceneNode[] = [
        markOf(`${id}mark`, { ...holder, isOrigin: holder.hops === 0, isInRadius: true }, left + 20, top + 23, 24),
        text('name', [left + 38, top + 16], 'title', fits(holder.name, width - 38 - 28, 13)),
        {
          id: `${id}collapse`,
          owner: keyOf(holder.id),
          at: { x: right - 15, y: top + 15 },
          classes: 'badge',
          data: { label: '−', width: 20 },
        },
      ];
      let at = top + head;
      for (const [title, partners] of sections) {
        const count = sumOf(partners);
        nodes.push(text(title, [left + 10, at + row / 2], 'quiet title', title));
        nodes.push(
          text(
            `${title}:sum`,
            [right - 10, at + row / 2],
            'quiet amount',
            width < 170 ? formatCount(count) : countOf(count, 'copy', 'copies'),
          ),
        );
        at += row;
        for (const partner of partners.slice(0, mostRows)) {
          const key = rowKey(title, partner);
          const amount = formatCount(partner.count);
          const room = width - 32 - 14 - estimateWidth(amount, 12);
          const label = fits(partner.name, room, 12);
          const after = estimateWidth(label, 12) + 4;
          const middle = at + row / 2;
          nodes.push({ id: key, key, at: { x, y: middle }, classes: 'partner', data: { label, width: width - 8, inset: 26 - width + 8 } });
          if (after + estimateWidth(partner.part, 12) <= room)
            nodes.push(text(`${title}:${partner.id}:part`, [left + 30 + after, middle], 'quiet', partner.part));
          nodes.push(markOf(`${key}:mark`, partner, left + 18, middle, 16), text(`${key}:count`, [right - 10, middle], 'amount', amount));
          at += row;
        }
        if (partners.length > mostRows) {
          const more = partners.slice(mostRows);
          nodes.push(text(`${title}:more`, [left + 32, at + row / 2], 'quiet', `${formatCount(more.length)} more`));
          nodes.push(text(`${title}:moreSum`, [right - 10, at + row / 2], 'quiet amount', formatCount(sumOf(more))));
          at += row;
        }
      }
      return nodes;
    },
  };
}

type Marked = Pick<Partner, 'roles' | 'isOrigin' | 'isInRadius'>;

function markOf(id: string, { roles, isOrigin, isInRadius }: Marked, x: number, y: number, width: number): SceneNode {
  const state = `${isOrigin ? ' origin' : ''}${isInRadius ? '' : ' gone'}`;
  return { id, at: { x, y }, classes: `holder ${mainRole(roles).toLowerCase()}${state} mini`, data: { label: '', width, height: width } };
}
