import { ARTIFACT_TYPE_WORDS, rolesInWords } from '../../../shared/format/words.ts';
import { escapeXml } from '../../../shared/save/escape-xml.ts';
import { type ExploreModel, nodeName } from '../explore-model.ts';

const keys = [
  ['name', 'node', 'string'],
  ['kind', 'node', 'string'],
  ['record_id', 'node', 'string'],
  ['owner', 'node', 'string'],
  ['x', 'node', 'double'],
  ['y', 'node', 'double'],
  ['connection', 'edge', 'string'],
  ['count', 'edge', 'int'],
  ['readable_count', 'edge', 'int'],
] as const;

/**
 * The shown graph as GraphML, which yEd, Gephi, NetworkX and Cytoscape read. Directed; ids are those of the API.
 *
 * @param places positions on the canvas, in pixels
 */
export function graphmlOf({ nodes, links }: ExploreModel, places: ReadonlyMap<string, { readonly x: number; readonly y: number }>): string {
  const data = (key: string, value: string | number | null | undefined) =>
    value === null || value === undefined ? '' : `\n      <data key="${key}">${escapeXml(String(value))}</data>`;
  const drawn = nodes.map((node) => {
    const { organization, artifact } = node;
    const kind = artifact === null ? rolesInWords(organization?.roles ?? []) : ARTIFACT_TYPE_WORDS[artifact.type];
    const at = places.get(node.key);
    const values = [
      data('name', nodeName(node)),
      data('kind', kind),
      data('record_id', organization?.id ?? artifact?.id),
      data('owner', artifact?.owner.id),
      data('x', at?.x),
      data('y', at?.y),
    ];
    return `    <node id="${escapeXml(node.key)}">${values.join('')}\n    </node>`;
  });
  const lines = links.map(({ key, kind, source, target, count, readableCount }) => {
    const values = [data('connection', kind), data('count', count), data('readable_count', readableCount)];
    return `    <edge id="${escapeXml(key)}" source="${escapeXml(source)}" target="${escapeXml(target)}">${values.join('')}\n    </edge>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([id, of, type]) => `  <key id="${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`),
    '  <graph id="exposure" edgedefault="directed">',
    ...drawn,
    ...lines,
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}
