import { buildExploreModel } from '../../web/features/explore/explore-model.ts';
import { expandChoices } from '../../web/features/explore/menu/expand-choices.ts';
import { parseLinkKey, toNodeRef } from '../../web/features/explore/node-key.ts';
import { chooseAround } from '../../web/features/explore/use-explore-graph.ts';
import type { ExploreLinkFragment, ExploreNodeFragment, LinkKind, OrganizationRole } from '../../web/shared/generated/operations.ts';
import { toCsv } from '../../web/shared/save/save-file.ts';
import { type ExploreState, parseExploreState } from '../../web/shared/url/explore-url.ts';
import { describe, expect, it } from '../support/test.ts';

type Counts = Readonly<Partial<Record<LinkKind, readonly [incoming: number, outgoing: number]>>>;

const provenance = { file: 'organizations.csv', line: 2, assertedBy: 'demo' };
const countsOf = (counts: Counts) =>
  Object.entries(counts).map(([kind, [incoming, outgoing]]) => ({ kind: kind as LinkKind, incoming, outgoing }));

function organization(id: string, roles: OrganizationRole[], counts: Counts = {}): ExploreNodeFragment {
  return {
    key: `organization:${id}`,
    organization: {
      id,
      name: id,
      roles,
      status: 'ACTIVE',
      country: null,
      custody: { copyCount: 1, labCount: 1, lastReceivedAt: null, meanValueUsd: 0 },
      sent: { totalCount: 0 },
      provenance,
    },
    artifact: null,
    linkCounts: countsOf(counts),
  };
}

function artifact(id: string, counts: Counts = {}): ExploreNodeFragment {
  return {
    key: `artifact:${id}`,
    organization: null,
    artifact: {
      id,
      name: id,
      type: 'PROMPT_SET',
      sensitivity: 4,
      owner: { id: 'lab', name: 'lab' },
      copies: { totalCount: 2 },
      provenance,
    },
    linkCounts: countsOf(counts),
  };
}

function link(kind: LinkKind, source: string, target: string, readableCount: number | null = null, count = 1): ExploreLinkFragment {
  return { key: JSON.stringify([kind, source, target]), kind, source, target, count, readableCount };
}

const lab = organization('lab', ['LAB'], { TRANSFER: [0, 3], OWNS: [0, 1] });
const vendor = organization('vendor', ['VENDOR'], { TRANSFER: [2, 5], ACCESS: [1, 1], ENGAGEMENT: [1, 0], HOLDS: [2, 0] });
const sub = organization('sub', ['SUBCONTRACTOR'], { TRANSFER: [1, 0] });
const prompts = artifact('prompts', { OWNS: [1, 0], HOLDS: [0, 2] });
const transfer = link('TRANSFER', lab.key, vendor.key, 2, 3);
const answered = {
  nodes: [lab, vendor, sub, prompts],
  links: [
    transfer,
    link('ENGAGEMENT', lab.key, vendor.key),
    link('TRANSFER', vendor.key, sub.key, 0),
    link('OWNS', lab.key, prompts.key),
    link('HOLDS', prompts.key, vendor.key, 1),
  ],
};
const look = (patch: Partial<ExploreState> = {}) => buildExploreModel(answered, { ...parseExploreState(new URLSearchParams()), ...patch });
const kindsOf = (links: readonly { readonly kind: string }[]) => links.map((other) => other.kind);

describe('the graph that Explore draws', () => {
  it('[W80] canvas and table have the same nodes and links under every filter', () => {
    for (const patch of [{}, { kinds: ['LAB', 'VENDOR'] }, { hidden: [sub.key] }, { edges: ['OWNS'] }, { types: ['OTHER'] }]) {
      const model = look(patch);
      expect(model.drawnNodes.map(({ key }) => key)).toEqual(model.nodes.map(({ key }) => key));
      expect(model.drawnLinks.map(({ key }) => key)).toEqual(model.links.map(({ key }) => key));
      expect(model.nodes.length + model.notDrawn.length).toBe(answered.nodes.length);
    }
  });

  it('[W975] color and size speak of country, value and sensitivity; the legend counts what it filters, and keeps its entries', () => {
    const at = (node: ExploreNodeFragment, country: string | null, meanValueUsd: number, copyCount: number): ExploreNodeFragment => ({
      ...node,
      organization: node.organization && {
        ...node.organization,
        country,
        custody: { ...node.organization.custody, meanValueUsd, copyCount },
      },
    });
    const graph = { ...answered, nodes: [at(lab, 'US', 0, 0), at(vendor, 'DE', 9e6, 16), at(sub, 'DE', 9e6, 4), prompts] };
    const model = (query: string) => buildExploreModel(graph, parseExploreState(new URLSearchParams(query)));
    const counted = (query: string) => model(query).lookEntries.map(({ words, count }) => [words, count]);
    expect(counted('')).toEqual([]);
    expect(counted('color=country')).toEqual([
      ['DE', 2],
      ['US', 1],
    ]);
    expect(counted('color=value')).toEqual([
      ['$9.0M', 2],
      ['$0', 1],
    ]);
    expect(counted('color=sensitivity')).toEqual([['Sensitivity 4', 1]]);
    for (const color of ['country', 'value', 'sensitivity']) {
      const entries = model(`color=${color}`).lookEntries;
      const keys = new Set(graph.nodes.map(({ key }) => key));
      for (const { key, count } of entries) {
        const filtered = model(`color=${color}&only=${key}`);
        // Nodes of which the color says nothing stay.
        const silent = color === 'sensitivity' ? 3 : 1;
        expect([color, key, filtered.nodes.length]).toEqual([color, key, count + silent]);
        expect(filtered.lookEntries).toEqual(entries);
        expect(filtered.nodes.every((node) => keys.has(node.key))).toBe(true);
      }
    }
    const [, drawn, smaller] = model('color=country&size=copies').drawnNodes;
    expect([drawn?.note, drawn?.step, drawn?.description]).toEqual(['DE', 5, 'vendor, country DE']);
    expect([drawn?.scale, smaller?.scale]).toEqual([1.6, 0.7 + 0.9 * 0.5]);
    expect(model('color=sensitivity').drawnNodes[3]).toMatchObject({ step: 4, value: '4' });
  });

  it('[W81] an engagement is drawn if no transfer joins the two, or if the legend selects it', () => {
    expect(kindsOf(look().links)).not.toContain('ENGAGEMENT');
    expect(kindsOf(look({ edges: ['ENGAGEMENT'] }).links)).toEqual(['ENGAGEMENT']);
  });

  it('[W82] a node shows how many transfers and access facts lead to nodes that are not drawn', () => {
    const hidden = new Map(look().drawnNodes.map((node) => [node.key, node.hiddenCount]));
    expect(hidden.get(vendor.key)).toBe(7);
    expect(hidden.get(lab.key)).toBe(2);
    expect(hidden.get(sub.key)).toBe(0);
    expect(hidden.get(prompts.key)).toBe(1);
  });

  it('[W83] an opened connection is replaced by its artifacts while one of them is drawn', () => {
    expect(look().links).toContain(transfer);
    expect(look({ opened: [transfer.key] }).links).not.toContain(transfer);
    expect(look({ opened: [transfer.key], hidden: [prompts.key] }).links).toContain(transfer);
  });

  it('[W84] a kind that the legend turns off keeps its count there', () => {
    const model = look({ kinds: ['LAB'] });
    expect(model.nodes.map(({ key }) => key)).toEqual([lab.key]);
    expect(model.kindCounts.get('VENDOR')).toBe(1);
  });

  it('[W85] a node offers the ways to expand it that have connections, each with its count', () => {
    expect(expandChoices(vendor).map(({ words, count }) => `${words} ${count}`)).toEqual([
      'Sends to 5',
      'Receives from 2',
      'Has access to 1',
      'Gives access to 1',
      'Engaged by 1',
      'Artifacts held 2',
    ]);
    expect(expandChoices(prompts).map(({ words }) => words)).toEqual(['Held by', 'Owner']);
  });

  it('[W86] a malformed key names nothing', () => {
    expect(toNodeRef('organization:a:b')).toEqual({ organization: 'a:b' });
    expect(toNodeRef('organization:')).toBeUndefined();
    expect(toNodeRef('nonsense')).toBeUndefined();
    expect(parseLinkKey(transfer.key)).toEqual({ kind: 'TRANSFER', source: lab.key, target: vendor.key });
    for (const key of ['[', '[1,2,3]', '["a"]', 'organization:a']) expect(parseLinkKey(key)).toBeUndefined();
  });

  it('[W87] the CSV quotes where needed and disarms formulas', () => {
    expect(
      toCsv([
        ['a,b', 'say "so"', '=1+1', null, -3],
        ['x', "'=y", '', 'é', 0],
      ]),
    ).toBe('"a,b","say ""so""",\'=1+1,,-3\r\nx,\'\'=y,,é,0\r\n');
  });
});

describe('a hub', () => {
  const holder = (id: string, meanValueUsd: number, lastReceivedAt: string | null) => {
    const { organization: inside, ...rest } = organization(id, ['SUBCONTRACTOR']);
    if (inside === null) throw new Error('An organization has its fields.');
    return { ...rest, organization: { ...inside, custody: { copyCount: 1, labCount: 1, lastReceivedAt, meanValueUsd } } };
  };
  const hub = organization('hub', ['VENDOR']);
  const labs = Array.from({ length: 30 }, (_, i) => organization(`lab-${i}`, ['LAB']));
  const subs = Array.from({ length: 30 }, (_, i) => holder(`sub-${i}`, 1000 * i, `2026-01-${String(i + 1).padStart(2, '0')}T00:00:00Z`));
  const tool = organization('tool', ['TOOL_PROVIDER']);
  const client = organization('client', ['LAB']);
  const whole = {
    nodes: [hub, ...labs, ...subs, tool, client],
    links: [
      ...labs.map(({ key }, i) => link('TRANSFER', key, hub.key, 1, 100 - i)),
      ...subs.map(({ key }) => link('TRANSFER', hub.key, key, 1, 1)),
      link('ACCESS', tool.key, hub.key),
      link('ENGAGEMENT', client.key, hub.key),
    ],
    omittedCount: 5,
  };

  it('[W963] opens with what matters: all kinds of link in turn, by worth and recency, and counts all that is left out', () => {
    const chosen = chooseAround(whole, hub.key, 12);
    const keys = chosen.nodes.map(({ key }) => key);
    expect(keys).toHaveLength(13);
    expect(keys).toEqual(expect.arrayContaining([hub.key, tool.key, client.key]));
    // The most worth, received last; a lab by the copies that it sent.
    expect(keys).toEqual(
      expect.arrayContaining(['organization:sub-29', 'organization:sub-28', 'organization:lab-0', 'organization:lab-1']),
    );
    expect(keys).not.toContain('organization:sub-0');
    expect(chosen.omittedCount).toBe(5 + whole.nodes.length - 13);
    expect(chosen.links.every(({ source, target }) => keys.includes(source) && keys.includes(target))).toBe(true);
    expect(chooseAround({ ...whole, nodes: whole.nodes.toReversed(), links: whole.links.toReversed() }, hub.key, 12).nodes.length).toBe(13);
  });

  it('[W963] is whole where it has few neighbors', () => {
    const few = { nodes: [hub, tool], links: [link('ACCESS', tool.key, hub.key)], omittedCount: 0 };
    expect(chooseAround(few, hub.key, 12)).toEqual(few);
  });
});
