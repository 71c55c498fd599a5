import cytoscape, { type Core, type StylesheetJson } from 'cytoscape';
import { tokensFrom } from '../../../web/canvas/cytoscape/tokens.ts';
import { drawScene } from '../../../web/canvas/explore/draw-graph.ts';
import type { DrawnLink, DrawnNode } from '../../../web/canvas/explore/graph-props.ts';
import { graphStylesheet } from '../../../web/canvas/explore/graph-stylesheet.ts';
import { panAsPicture } from '../../../web/canvas/explore/pan-as-picture.ts';
import { quietLinks } from '../../../web/canvas/explore/quiet-links.ts';

/* Runs in the browser: the page's own canvas of Explore and a bare Cytoscape, both panned frame by frame. */

/**
 * Milliseconds between the frames of a drag.
 *
 * @param shape `mesh`: links between random nodes. `hub`: each link leaves the first node.
 */
export async function measurePanning(
  whose: 'own' | 'bare',
  shape: 'mesh' | 'hub',
  nodeCount: number,
  linkCount: number,
  frames: number,
): Promise<readonly number[]> {
  const nodes = Array.from(
    { length: nodeCount },
    (_, i): DrawnNode => ({
      key: `organization:${i}`,
      kind: i % 3 === 0 ? 'LAB' : i % 3 === 1 ? 'VENDOR' : 'SUBCONTRACTOR',
      icon: 'building',
      name: `Organization ${i}`,
      description: '',
      hiddenCount: i % 4,
    }),
  );
  const links = Array.from({ length: linkCount }, (_, i): DrawnLink => {
    const source = shape === 'hub' ? 0 : (i * 7) % nodeCount;
    const target = shape === 'hub' ? 1 + (i % (nodeCount - 1)) : (i * 13 + 1) % nodeCount;
    return {
      key: `link-${i}`,
      kind: 'TRANSFER',
      source: `organization:${source}`,
      target: `organization:${target}`,
      count: 1 + (i % 5),
      isUnreadable: false,
      description: '',
    };
  });
  const columns = Math.ceil(Math.sqrt(nodeCount * 1.6));
  const positions = new Map(nodes.map(({ key }, i) => [key, { x: (i % columns) * 90, y: Math.floor(i / columns) * 90 }]));
  if (whose === 'own') {
    return panned(frames, graphStylesheet(tokensFrom(() => '#79839a')), (core) => {
      drawScene(core, { nodes, links, positions, isLaned: false });
      quietLinks(core, links, null, null);
      panAsPicture(core);
    });
  }
  return panned(
    frames,
    [
      { selector: 'node', style: { label: 'data(label)' } },
      { selector: 'edge', style: { 'curve-style': 'bezier' } },
    ],
    (core) =>
      core.add([
        ...nodes.map(({ key, name }) => ({ data: { id: key, label: name }, position: { ...(positions.get(key) ?? { x: 0, y: 0 }) } })),
        ...links.map(({ key, source, target }) => ({ data: { id: key, source, target } })),
      ]),
  );
}

async function panned(frames: number, style: StylesheetJson, draw: (core: Core) => void): Promise<readonly number[]> {
  const container = document.createElement('div');
  container.style.cssText = 'position: fixed; inset: 0';
  document.body.append(container);
  const core = cytoscape({ container, style, pixelRatio: 2, minZoom: 0.1 });
  draw(core);
  core.fit();
  await nextFrame();
  const start = { ...core.pan() };
  const times: number[] = [];
  // As a reader drags: from a corner, where no node is, one move a frame.
  const point = { clientX: 3, clientY: window.innerHeight - 3 };
  const send = (type: string) => container.firstElementChild?.dispatchEvent(new MouseEvent(type, { ...point, bubbles: true, button: 0 }));
  send('mousedown');
  let last = await nextFrame();
  for (let i = 0; i < frames; i++) {
    point.clientX += i % 40 < 20 ? 6 : -6;
    point.clientY += i % 20 < 10 ? -4 : 4;
    send('mousemove');
    const now = await nextFrame();
    times.push(now - last);
    last = now;
  }
  send('mouseup');
  const { x, y } = core.pan();
  if (x === start.x && y === start.y) throw new Error('The canvas was not panned.');
  core.destroy();
  container.remove();
  return times;
}

function nextFrame(): Promise<number> {
  return new Promise((done) => requestAnimationFrame(done));
}
