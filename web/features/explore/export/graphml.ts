import { ARTIFACT_TYPE_WORDS, rolesInWords } from '../../../shared/format/words.ts';
import { type GraphmlKey, writeGraphml } from '../../../shared/save/graphml.ts';
import { type ExploreModel, nodeName } from '../explore-model.ts';

const KEYS: readonly GraphmlKey[] = [
  ['name', 'node', 'string'],
  ['kind', 'node', 'string'],
  ['record_id', 'node', 'string'],
  ['owner', 'node', 'string'],
  ['x', 'node', 'double'],
  ['y', 'node', 'double'],
  ['connection', 'edge', 'string'],
  ['count', 'edge', 'int'],
  ['readable_count', 'edge', 'int'],
];

/**
 * The shown graph as GraphML; ids are those of the API.
 *
 * @param places positions on the canvas, in pixels
 */
export function graphmlOf({ nodes, links }: ExploreModel, places: ReadonlyMap<string, { readonly x: number; readonly y: number }>): string {
  return writeGraphml(
    KEYS,
    nodes.map((node) => {
      const { key, organization, artifact } = node;
      return {
        id: key,
        values: {
          name: nodeName(node),
          kind: artifact === null ? rolesInWords(organization?.roles ?? []) : ARTIFACT_TYPE_WORDS[artifact.type],
          record_id: organization?.id ?? artifact?.id,
          owner: artifact?.owner.id,
          x: places.get(key)?.x,
          y: places.get(key)?.y,
        },
      };
    }),
    links.map(({ key, kind, source, target, count, readableCount }) => ({
      id: key,
      source,
      target,
      values: { connection: kind, count, readable_count: readableCount },
    })),
  );
}
