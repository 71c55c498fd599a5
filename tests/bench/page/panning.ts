import cytoscape, { type Core, type StylesheetJson } from 'cytoscape';
import { type Tokens, tokensFrom } from '../../../web/canvas/cytoscape/tokens.ts';
import type { DrawnLink, DrawnNode } from '../../../web/canvas/explore/graph-props.ts';
import { sceneOfGraph } from '../../../web/canvas/explore/graph-scene.ts';
import { graphStyles } from '../../../web/canvas/explore/graph-styles.ts';
import { lanesScene } from '../../../web/canvas/lanes/lanes-scene.ts';
import { drawLessInMotion } from '../../../web/canvas/scene/moving-picture.ts';
import { drawScene, followDrag, type Scene } from '../../../web/canvas/scene/scene.ts';
import { sceneStylesheet } from '../../../web/canvas/scene/scene-stylesheet.ts';
import { layOutLanes } from '../../web/lanes-worlds.ts';
import { radiusOf } from './layouts.ts';

/* Runs in the browser: the page's own canvas and a bare Cytoscape, both moved frame by frame. */

/** `mesh`: links between random nodes. `hub`: each link leaves the first node. `radius`: the lanes of a radius. */
type Shape = 'mesh' | 'hub' | 'radius';

interface Opened {
  readonly core: Core;
  /** The node that a drag moves. */
  readonly grabbed: string;
  readonly close: () => void;
}
let opened: Opened | null = null;

/**
 * Draws a canvas over the whole window, in place of the last one.
 *
 * @param nodeCount of a radius: its artifacts, which the lanes draw as rows and groups
 */
export async function openCanvas(whose: 'own' | 'bare', shape: Shape, nodeCount: number, linkCount: number): Promise<void> {
  opened?.close();
  const scene = shape === 'radius' ? radiusScene(nodeCount, linkCount) : graphScene(shape, nodeCount, linkCount);
  const container = document.createElement('div');
  container.style.cssText = 'position: fixed; inset: 0';
  document.body.append(container);
  const style = whose === 'own' ? ownStyle(tokensFrom(() => '#79839a')) : bareStyle;
  const core = cytoscape({ container, style, pixelRatio: 2, minZoom: 0.1 });
  if (whose === 'own') {
    drawLessInMotion(core);
    drawScene(core, scene);
    for (const [id, classes] of scene.emphasis(null, null)) core.getElementById(id).addClass(classes);
    core.on('drag', 'node[key]', ({ target }) => followDrag(core, scene, target.id(), target.position()));
  } else {
    core.add([
      ...scene.nodes.flatMap(({ id, key, at, data }) => (key === undefined ? [] : [{ data: { ...data, id }, position: { ...at } }])),
      ...scene.links.map(({ id, source, target }) => ({ data: { id, source, target } })),
    ]);
  }
  core.fit();
  for (let frame = 0; frame < 10; frame++) await nextFrame();
  const middle = Math.round(nodeCount / 2 + Math.sqrt(1.6 * nodeCount) / 2);
  const grabbed = shape === 'radius' ? 'organization:holder-5' : `organization:${shape === 'hub' ? 0 : middle}`;
  opened = {
    core,
    grabbed,
    close: () => {
      core.destroy();
      container.remove();
      opened = null;
    },
  };
}

const ownStyle = (tokens: Tokens) => [sceneStylesheet(tokens), graphStyles(tokens)].flat() as StylesheetJson;

const bareStyle = [
  { selector: 'node', style: { label: 'data(label)' } },
  { selector: 'edge', style: { 'curve-style': 'bezier' } },
] as StylesheetJson;

function radiusScene(artifacts: number, copies: number): Scene {
  const radius = radiusOf(artifacts, copies).lanes;
  const lanes = layOutLanes(radius, { openGroups: [], selection: null, width: 1000 });
  return lanesScene(radius, lanes, { after: null, isMovable: true, look: null });
}

function graphScene(shape: Shape, nodeCount: number, linkCount: number): Scene {
  const nodes = Array.from(
    { length: nodeCount },
    (_, i): DrawnNode => ({
      key: `organization:${i}`,
      kind: i % 3 === 0 ? 'LAB' : i % 3 === 1 ? 'VENDOR' : 'SUBCONTRACTOR',
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
  return sceneOfGraph(nodes, links, positions, false);
}

/** Milliseconds between the frames while the view of the canvas is panned, or one of its nodes is dragged. */
export async function moveCanvas(gesture: 'pan' | 'drag', frames: number): Promise<readonly number[]> {
  if (opened === null) throw new Error('No canvas is open.');
  const { core, grabbed } = opened;
  const node = core.getElementById(grabbed);
  const place = () => ({ ...(gesture === 'pan' ? core.pan() : node.position()) });
  const start = place();
  const times: number[] = [];
  // As a reader moves it, one move a frame: a node, or the view from a corner, where no node is.
  const { x: nodeX, y: nodeY } = node.renderedPosition();
  const point = gesture === 'pan' ? { clientX: 3, clientY: window.innerHeight - 3 } : { clientX: nodeX, clientY: nodeY };
  const send = (type: string) =>
    core.container()?.firstElementChild?.dispatchEvent(new MouseEvent(type, { ...point, bubbles: true, button: 0 }));
  send('mousedown');
  let last = await nextFrame();
  for (let i = 0; i < frames; i++) {
    // Not back to where it began, which would look like no drag.
    point.clientX += i % 40 < 20 ? 6 : -5;
    point.clientY += i % 20 < 10 ? -4 : 4;
    send('mousemove');
    const now = await nextFrame();
    times.push(now - last);
    last = now;
  }
  const { x, y } = place();
  send('mouseup');
  if (x === start.x && y === start.y) throw new Error('Nothing was moved.');
  return times;
}

/**
 * Pans a canvas that is larger than its view by a quarter of it. Returns which share of the strip that came into view is drawn, at rest and
 * before the pointer lets go.
 */
export async function panPastEdge(): Promise<readonly [atRest: number, inMotion: number]> {
  if (opened === null) throw new Error('No canvas is open.');
  const { core } = opened;
  core.zoom({ level: core.zoom() * 3, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } });
  await nextFrame();
  const point = { clientX: 3, clientY: core.height() - 3 };
  const send = (type: string) =>
    core.container()?.firstElementChild?.dispatchEvent(new MouseEvent(type, { ...point, bubbles: true, button: 0 }));
  const canvas = core.container()?.querySelector<HTMLCanvasElement>('[data-id="layer2-node"]');
  const shareOfStrip = async () => {
    for (let frame = 0; frame < 5; frame++) await nextFrame();
    const strip = canvas?.getContext('2d')?.getImageData(0, 0, Math.floor(canvas.width / 4), canvas.height).data;
    if (strip === undefined) throw new Error('The canvas has no layer of nodes.');
    return strip.filter((value, place) => place % 4 === 3 && value > 0).length / (strip.length / 4);
  };
  send('mousedown');
  for (let moves = 0; moves < 10; moves++) {
    point.clientX += core.width() / 40;
    send('mousemove');
    await nextFrame();
  }
  const inMotion = await shareOfStrip();
  send('mouseup');
  return [await shareOfStrip(), inMotion];
}

function nextFrame(): Promise<number> {
  return new Promise((done) => requestAnimationFrame(done));
}
