import { factTools } from './fact-tools.ts';
import { radiusTools } from './radius-tools.ts';
import type { Tool } from './tool.ts';
import { writingTools } from './writing-tools.ts';

/** The read-only tools, in the order in which assistants are told of them. Names are kept: settings of users hold them. */
export const readingTools: readonly Tool[] = [
  factTools.find,
  factTools.describe,
  radiusTools.blastRadius,
  radiusTools.explain,
  factTools.whoCouldLeak,
  radiusTools.whomToAsk,
  radiusTools.compare,
  radiusTools.whatIf,
  radiusTools.bestCuts,
  factTools.ranking,
  factTools.findings,
  factTools.incident,
];

/** @param hasWrites EXPOSURE_MCP_WRITES */
export function listTools(hasWrites: boolean): readonly Tool[] {
  return hasWrites ? [...readingTools, ...writingTools] : readingTools;
}
