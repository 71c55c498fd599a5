import type { Core, EdgeSingular, NodeSingular } from 'cytoscape';
import type { Locator } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Box } from './at-rest.ts';

export interface DrawnNode {
  readonly id: string;
  readonly label: string;
  readonly classes: readonly string[];
  readonly opacity: number;
  /** Its place on the screen, with its label. */
  readonly box: Box;
}

/**
 * Waits until a canvas has drawn nodes and two frames in a row show the same, and lists the nodes as Cytoscape draws them: it keeps itself at the
 * element that it fills.
 */
export async function readScene(canvas: Locator): Promise<readonly DrawnNode[]> {
  await canvas.and(canvas.page().locator('[data-drawn]')).waitFor();
  return canvas.evaluate(async (element) => {
    const read = () => {
      // A canvas may be made anew meanwhile.
      const { cy } = (element as unknown as { readonly _cyreg: { readonly cy: Core } })._cyreg;
      const { left, top } = element.getBoundingClientRect();
      return cy.nodes().map((node: NodeSingular) => {
        const { x1, y1, w, h } = node.renderedBoundingBox({ includeLabels: true, includeOverlays: false });
        return {
          id: node.id(),
          label: String(node.style('label') ?? ''),
          classes: node.classes() as unknown as string[],
          opacity: node.numericStyle('opacity'),
          box: { x: left + x1, y: top + y1, width: w, height: h },
        };
      });
    };
    for (let before = '[]'; ; ) {
      const nodes = read();
      const text = JSON.stringify(nodes);
      if (text === before && nodes.length > 0) return nodes;
      before = text;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
  });
}

/** The drawn node with a label, once there is one. */
export function drawnNode(canvas: Locator, label: string): Promise<DrawnNode> {
  return eventually(async () => {
    const nodes = await readScene(canvas);
    const node = nodes.find((other) => other.label === label);
    if (node === undefined) throw new Error(`The canvas shows no ${label}, but ${nodes.map((other) => other.label).join(', ')}.`);
    return node;
  });
}

/** The ids of the lines that a canvas has and cannot draw, and the number of all. */
export function readLines(canvas: Locator): Promise<{ readonly count: number; readonly undrawn: readonly string[] }> {
  return canvas.evaluate((element) => {
    const { cy } = (element as unknown as { readonly _cyreg: { readonly cy: Core } })._cyreg;
    const isDrawn = (edge: EdgeSingular) =>
      [edge.sourceEndpoint(), edge.targetEndpoint()].every((end) => Number.isFinite(end?.x) && Number.isFinite(end?.y));
    return {
      count: cy.edges().length,
      undrawn: cy
        .edges()
        .toArray()
        .flatMap((edge) => (isDrawn(edge) ? [] : [edge.id()])),
    };
  });
}
