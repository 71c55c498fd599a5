import type { Core } from 'cytoscape';

/** Above this many nodes and links, a frame takes longer to draw than to move. */
const mostDrawn = 300;

/**
 * While a large canvas is dragged or zoomed by the wheel, it moves as one picture. It is drawn again when the pointer lets go, with what
 * came into view. Cytoscape takes the choice only at its start, before the size is known, so it is set on the renderer.
 */
export function panAsPicture(core: Core): void {
  const { renderer } = core as unknown as { renderer(): { textureOnViewport: boolean } };
  renderer.call(core).textureOnViewport = core.elements().length > mostDrawn;
}
