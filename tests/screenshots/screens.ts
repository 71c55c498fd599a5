import { largeOrigin, largeRadius } from '../support/worlds/large-radius-world.ts';

/** A view to photograph, with the text that it shows when it is complete. */
export interface Screen {
  /** Start of the file name. */
  readonly name: string;
  readonly path: string;
  readonly ready: string;
  /** The name of a button to press when it is complete, and the text that shows then. */
  readonly open?: { readonly button: string; readonly ready: string };
}

const demoRadius = '/blast?incident=INC-02';

/** Three labs in a group, and whom they send to. */
const groupNodes = ['aurelis', 'brightfen', 'cindral', 'quillmark', 'harrowell', 'bluefinch', 'eastmere', 'corvale'];

/** The views over the demo world. */
export const demoScreens: readonly Screen[] = [
  { name: 'start', path: '/', ready: 'All rankings' },
  { name: 'explore', path: '/explore?all=1&sel=organization:quillmark', ready: 'Show blast radius' },
  {
    name: 'explore-group',
    path: `/explore?${new URLSearchParams([...groupNodes.map((id) => ['n', `organization:${id}`]), ['group', JSON.stringify(groupNodes.slice(0, 3).map((id) => `organization:${id}`))], ['sel', 'group:organization:aurelis']])}`,
    ready: 'Open group',
  },
  { name: 'hand-over', path: demoRadius, ready: 'At least this much.', open: { button: 'Hand over', ready: 'For each lab' } },
  { name: 'lanes', path: `${demoRadius}&sel=artifact:a-eval-a2`, ready: 'Yes, jointly' },
  { name: 'flows', path: `${demoRadius}&view=flows`, ready: 'Worst case' },
  { name: 'matrix', path: `${demoRadius}&view=matrix`, ready: 'By name' },
  { name: 'time', path: `${demoRadius}&view=time`, ready: 'Near the windows' },
  { name: 'what-if', path: `${demoRadius}&w=RECALL:quillmark/aurelis@2026-09-18`, ready: 'What this cannot undo' },
  { name: 'compare', path: `${demoRadius}&vs=&vsWidest=2026-01-01T00:00Z..2026-10-01T00:00Z`, ready: 'Facts that made the difference' },
  { name: 'loss', path: `${demoRadius}&tab=loss`, ready: 'How to read it' },
  ...rankings('quillmark', 'aurelis'),
  { name: 'import', path: '/import', ready: 'demo world' },
  { name: 'quality', path: '/quality', ready: 'no transfer shows who sent it' },
];

/** The views over a generated world of 2,300 artifacts, 20 holders and 12 labs. */
export const largeScreens: readonly Screen[] = [
  { name: 'start', path: '/', ready: 'All rankings' },
  { name: 'explore', path: '/explore?all=1', ready: 'Laboratory 1' },
  { name: 'lanes', path: `${largeRadius}&view=lanes`, ready: 'At least this much.' },
  { name: 'flows', path: largeRadius, ready: 'At least this much.' },
  { name: 'matrix', path: `${largeRadius}&view=matrix`, ready: 'By name' },
  { name: 'time', path: `${largeRadius}&view=time&by=count&open=organization:${largeOrigin}`, ready: 'Near the windows' },
  { name: 'what-if', path: `${largeRadius}&w=RECALL:${largeOrigin}/lab-000@2026-03-01`, ready: 'What this cannot undo' },
  { name: 'loss', path: `${largeRadius}&tab=loss`, ready: 'How to read it' },
  ...rankings(largeOrigin, 'lab-000'),
  { name: 'quality', path: '/quality', ready: 'Findings' },
];

function rankings(organization: string, lab: string): readonly Screen[] {
  return [
    { name: 'rankings', path: `/rankings?sel=${organization}`, ready: 'Furthest above the line' },
    { name: 'concentration', path: `/rankings?tab=concentration&sel=${lab}`, ready: 'direct holders' },
    { name: 'shared-holders', path: '/rankings?tab=shared', ready: 'Shared holders' },
    { name: 'safeguards', path: '/rankings?tab=labs', ready: 'Safeguards' },
  ];
}
