import type { Core, StylesheetJson } from 'cytoscape';
import type { ReactNode } from 'react';
import type { Point } from '../cytoscape/curve.ts';
import type { Tokens } from '../cytoscape/tokens.ts';
import type { Size } from '../cytoscape/use-size.ts';
import type { PictureProps } from '../picture-props.ts';
import type { Scene, SceneActs, SharedCamera, Viewport } from './scene.ts';

export interface SceneCanvasProps extends SceneActs, PictureProps {
  readonly scene: Scene;
  /** Names the arrangement: another one is fitted anew. */
  readonly arrangement: string;
  /** The first view of a scene; absent: all of it, or as much as is readable around the selection. */
  readonly firstView?: (size: Size, labelScale: number) => Viewport;
  readonly pins: ReadonlyMap<string, Point>;
  readonly selection: string | null;
  /** Keys that are marked together with others. */
  readonly chosen?: ReadonlySet<string>;
  /** Pointed at elsewhere on the page. */
  readonly pointed?: string | null;
  readonly camera?: SharedCamera;
  readonly testId: string;
  readonly hasMinimap?: boolean;
  /** Styles after those of all scenes. */
  readonly styles?: (tokens: Tokens) => StylesheetJson;
  /** The size of the canvas, so that a scene can be made for it. */
  readonly onSize?: (size: Size | null) => void;
  /** The content above the canvas, in step with it. */
  readonly above?: (core: Core) => ReactNode;
  /** The content on its foot, in step with it. */
  readonly below?: (core: Core) => ReactNode;
  /** The content beside the buttons. */
  readonly footer?: ReactNode;
  /** False: the buttons lie on the canvas, and nothing is below it. */
  readonly hasFoot?: boolean;
}
