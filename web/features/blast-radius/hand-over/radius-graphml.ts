import type { LanesRadius } from '../../../canvas/lanes/lanes-props.ts';
import { ARTIFACT_TYPE_WORDS, rolesInWords } from '../../../shared/format/words.ts';
import { type GraphmlKey, type GraphmlNode, writeGraphml } from '../../../shared/save/graphml.ts';

const KEYS: readonly GraphmlKey[] = [
  ['name', 'node', 'string'],
  ['kind', 'node', 'string'],
  ['record_id', 'node', 'string'],
  ['hops', 'node', 'int'],
  ['node_likelihood', 'node', 'double'],
  ['node_tier', 'node', 'string'],
  ['worst_case_usd', 'node', 'double'],
  ['connection', 'edge', 'string'],
  ['count', 'edge', 'int'],
  ['likelihood', 'edge', 'double'],
  ['tier', 'edge', 'string'],
];

/** The graph of a blast radius: reached organizations, labs and the listed artifacts; who owns, holds and reveals what, and how it spread. */
export function radiusGraphml({ organizations, artifacts, labs, copies, spread, reveals }: LanesRadius): string {
  const nodes = new Map<string, GraphmlNode>();
  const own = (id: string) => `organization:${id}`;
  for (const { id, name } of labs) nodes.set(own(id), { id: own(id), values: { name, kind: 'lab', record_id: id } });
  for (const { id, name, roles, hops, likelihood } of organizations) {
    nodes.set(own(id), { id: own(id), values: { name, kind: rolesInWords(roles), record_id: id, hops, node_likelihood: likelihood } });
  }
  for (const { id, name, type, tier, worstCaseLossUsd } of artifacts) {
    const key = `artifact:${id}`;
    nodes.set(key, {
      id: key,
      values: { name, kind: ARTIFACT_TYPE_WORDS[type], record_id: id, node_tier: tier, worst_case_usd: worstCaseLossUsd },
    });
  }
  const ends = [
    ...artifacts.map(({ id, ownerId }) => ({ source: own(ownerId), target: `artifact:${id}`, values: { connection: 'OWNS' } })),
    ...copies.map(({ holderId, artifactId, tier, count }) => ({
      source: `artifact:${artifactId}`,
      target: own(holderId),
      values: { connection: 'HOLDS', tier, count },
    })),
    ...spread.map(({ fromId, toId, kind, likelihood }) => ({
      source: own(fromId),
      target: own(toId),
      values: { connection: kind, likelihood },
    })),
    ...reveals.map(({ artifactId, revealsId }) => ({
      source: `artifact:${artifactId}`,
      target: `artifact:${revealsId}`,
      values: { connection: 'REVEALS' },
    })),
  ];
  const edges = ends
    .map((edge, place) => ({ ...edge, id: `e${place}` }))
    .filter(({ source, target }) => nodes.has(source) && nodes.has(target));
  return writeGraphml(KEYS, [...nodes.values()], edges);
}
