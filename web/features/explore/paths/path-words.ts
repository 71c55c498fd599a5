import { countOf, joinNames } from '../../../shared/format/count.ts';
import { formatDay } from '../../../shared/format/instant.ts';
import { formatShare } from '../../../shared/format/share.ts';
import type { FoundPathFragment, LinkKind, PathsQuery, PathsQueryVariables } from '../../../shared/generated/operations.ts';
import { idOf, isOrganization, toNodeRef } from '../node-key.ts';

export type FoundPath = FoundPathFragment;
export type PathLink = FoundPath['links'][number];

/** The words for a link, read along its direction and against it. */
const VERBS: Readonly<Record<LinkKind, readonly [string, string]>> = {
  OWNS: ['owns', 'is owned by'],
  HOLDS: ['is held by', 'holds'],
  TRANSFER: ['sent copies to', 'received copies from'],
  ACCESS: ['can act in the systems of', 'gives access to'],
  ENGAGEMENT: ['engages', 'is engaged by'],
  REVEALS: ['reveals part of', 'is partly revealed by'],
};

/** @param from the key of the node that the step starts from */
export function stepVerb(link: PathLink, from: string): string {
  const [along, against] = VERBS[link.kind];
  return link.source === from ? along : against;
}

export function nodeWords(node: FoundPath['nodes'][number]): string {
  return node.organization?.name ?? node.artifact?.name ?? node.key;
}

/** One record of a step, in a few words. */
export function factWords(fact: PathLink['facts']['edges'][number]['node']): string {
  switch (fact.__typename) {
    case 'Transfer':
      return `${fact.artifact.name}, ${fact.sentAt === null ? 'date unknown' : formatDay(fact.sentAt)}`;
    case 'Engagement':
      return fact.service ?? `engagement ${fact.id}`;
    case 'Access':
      return `access ${fact.id}`;
    case 'Reveals':
      return `${formatShare(fact.degree)} of it`;
    case 'Artifact':
      return fact.name;
    default:
      return 'record';
  }
}

/** Which ways are asked for. */
export type WayChoice = 'all' | 'custody' | 'access' | 'engagements';

export const WAY_CHOICES: Readonly<Record<WayChoice, string>> = {
  all: 'Every kind of way',
  custody: 'Transfers only',
  access: 'Access only',
  engagements: 'Engagements only',
};

/** The ends and kinds of a search. Null: an end is not known yet, or is not of a known kind. */
export function pathVariables(
  from: string,
  to: string | null,
  choice: WayChoice,
  isDirected: boolean,
  owner: string | null,
): PathsQueryVariables | null {
  const [start, end] = [toNodeRef(from), to === null ? undefined : toNodeRef(to)];
  if (to === null || start === undefined || end === undefined) return null;
  const artifacts = [from, to].filter((key) => !isOrganization(key)).map(idOf);
  const [artifact] = artifacts;
  const holder = isOrganization(from) ? start : end;
  const isOfOne = artifacts.length === 1;
  const areOrganizations = artifacts.length === 0;
  if (isOfOne && owner === null) return null;
  // The custody of an artifact goes from its owner to the other end.
  const isChain = isOfOne && holder.organization !== owner;
  return {
    from: start,
    to: end,
    custodyFrom: isChain ? { organization: owner as string } : start,
    custodyTo: isChain ? holder : end,
    artifact: isChain ? (artifact as string) : null,
    isCustodyDirected: isChain || isDirected,
    isDirected,
    custody: (isChain || areOrganizations) && (choice === 'all' || choice === 'custody'),
    access: areOrganizations && (choice === 'all' || choice === 'access'),
    engagements: areOrganizations && (choice === 'all' || choice === 'engagements'),
    mixed: areOrganizations && choice === 'all',
    all: choice === 'all',
  };
}

export interface PathGroup {
  readonly title: string;
  /** A sentence on what its paths say, and what not. */
  readonly note: string;
  readonly paths: readonly FoundPath[];
}

const MOST_EACH = 10;
const FACTS: ReadonlySet<LinkKind> = new Set(['OWNS', 'HOLDS', 'REVEALS']);

/**
 * The ways from one node to another, the strongest kind first: custody of one artifact, access, engagements, contact of several kinds. Paths
 * over "owns", "is held by" and "reveals" are no way. They stand last, as facts. Each path stands once.
 */
export function groupPaths(answer: PathsQuery): readonly PathGroup[] {
  const seen = new Set<string>();
  const take = (paths: readonly FoundPath[] | null | undefined, isWanted: (path: FoundPath) => boolean = () => true) =>
    (paths ?? [])
      .filter(isWanted)
      .filter((path) => {
        const key = pathKey(path);
        return !seen.has(key) && seen.add(key);
      })
      .slice(0, MOST_EACH);
  const isFact = ({ links }: FoundPath) => links.some(({ kind }) => FACTS.has(kind));
  const groups = [
    {
      title: 'Custody',
      note: 'Copies of one artifact were handed on this way.',
      paths: take(answer.custody, ({ isCustody }) => isCustody),
    },
    { title: 'Access', note: 'Each can act in the systems of the next.', paths: take(answer.access) },
    { title: 'Engagements', note: 'Each engages the next. Nothing says what was handed over.', paths: take(answer.engagements) },
    {
      title: 'Contact',
      note: 'Who is in contact with whom, not who holds what.',
      paths: take([...(answer.custody ?? []), ...(answer.mixed ?? [])], (path) => !path.isCustody && !isFact(path)),
    },
    { title: 'Facts that name both', note: 'Not a way: nothing was handed on along these.', paths: take(answer.all, isFact) },
  ];
  return groups.filter(({ paths }) => paths.length > 0);
}

export function pathKey({ links }: FoundPath): string {
  return links.map(({ key }) => key).join(' ');
}

/** "1 step", "3 steps through Quillmark and Bluefinch". */
export function pathTitle({ nodes, links }: FoundPath): string {
  const between = nodes.slice(1, -1).map(nodeWords);
  return `${countOf(links.length, 'step', 'steps')}${between.length === 0 ? '' : ` through ${joinNames(between)}`}`;
}
