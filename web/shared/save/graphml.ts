import { escapeXml } from './escape-xml.ts';

type Value = string | number | null | undefined;

/** A property of nodes or edges: its name, what has it, and its type. */
export type GraphmlKey = readonly [name: string, of: 'node' | 'edge', type: 'string' | 'int' | 'double'];

export interface GraphmlNode {
  readonly id: string;
  /** By key. A value of null or undefined is left out. */
  readonly values: Readonly<Record<string, Value>>;
}

export interface GraphmlEdge extends GraphmlNode {
  readonly source: string;
  readonly target: string;
}

/** A directed graph as GraphML, which yEd, Gephi, NetworkX and Cytoscape read. Each key of a value must be among `keys`. */
export function writeGraphml(keys: readonly GraphmlKey[], nodes: readonly GraphmlNode[], edges: readonly GraphmlEdge[]): string {
  const data = (values: GraphmlNode['values']) =>
    Object.entries(values)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => `\n      <data key="${key}">${escapeXml(String(value))}</data>`)
      .join('');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([id, of, type]) => `  <key id="${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`),
    '  <graph id="exposure" edgedefault="directed">',
    ...nodes.map(({ id, values }) => `    <node id="${escapeXml(id)}">${data(values)}\n    </node>`),
    ...edges.map(
      ({ id, source, target, values }) =>
        `    <edge id="${escapeXml(id)}" source="${escapeXml(source)}" target="${escapeXml(target)}">${data(values)}\n    </edge>`,
    ),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}
