import { formatDay } from '../../../shared/format/instant.ts';
import { formatShare } from '../../../shared/format/share.ts';
import type { LinkKind, PathsQuery } from '../../../shared/generated/operations.ts';

export type FoundPath = NonNullable<PathsQuery['paths']>[number];
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
