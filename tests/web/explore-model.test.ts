import { buildExploreModel } from '../../web/features/explore/explore-model.ts';
import { expandChoices } from '../../web/features/explore/menu/expand-choices.ts';
import { parseLinkKey, toNodeRef } from '../../web/features/explore/node-key.ts';
import type { ExploreLinkFragment, ExploreNodeFragment, LinkKind, OrganizationRole } from '../../web/shared/generated/operations.ts';
import { toCsv } from '../../web/shared/save/csv.ts';
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
      custody: { copyCount: 1, labCount: 1, lastReceivedAt: null },
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
    artifact: { id, name: id, type: 'PROMPT_SET', owner: { id: 'lab', name: 'lab' }, copies: { totalCount: 2 }, provenance },
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
