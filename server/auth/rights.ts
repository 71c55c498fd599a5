import { ExposureError } from '../domain/errors.ts';
import type { Retractor } from '../rules/may-retract.ts';
import type { Identity, Role } from './identity.ts';
import { roles } from './identity.ts';

/*
 * The only place that defines rights. GraphQL, uploads, exports and tools of assistants all call `checkRight`. An operation without a row here is
 * refused.
 */

/** `read`: every question. `write`: imports, facts, incidents and notes. `admin`: changes that cannot be undone. `export`: lists and files. */
export type Right = 'read' | 'write' | 'admin' | 'export';

const leastRole: Readonly<Record<Right, Role>> = { read: 'VIEWER', write: 'ANALYST', admin: 'ADMIN', export: 'VIEWER' };

export const queryRights = {
  asKnownAt: 'read',
  about: 'read',
  viewer: 'read',
  counts: 'read',
  revision: 'read',
  organization: 'read',
  organizations: 'read',
  hiddenByMerge: 'write',
  // Names organizations that a bound person may not know.
  merges: 'write',
  artifact: 'read',
  artifacts: 'read',
  transfer: 'read',
  transfers: 'read',
  access: 'read',
  accessFacts: 'read',
  engagement: 'read',
  engagements: 'read',
  controls: 'read',
  copies: 'read',
  history: 'read',
  search: 'read',
  neighborhood: 'read',
  neighbors: 'read',
  paths: 'read',
  blastRadius: 'read',
  whatIf: 'read',
  compareRadius: 'read',
  bestCuts: 'read',
  ranking: 'read',
  artifactExposures: 'read',
  concentration: 'read',
  labSafeguards: 'read',
  sharedHolders: 'read',
  controlGaps: 'read',
  findings: 'read',
  findingCounts: 'read',
  incident: 'read',
  incidents: 'read',
  notificationPack: 'export',
  import: 'read',
  imports: 'read',
  notes: 'read',
  view: 'read',
  views: 'read',
  // Each sees its own alone.
  watches: 'read',
  watch: 'read',
  event: 'read',
  events: 'read',
  endpoints: 'admin',
  auditEntries: 'admin',
  // A lab's view has none of these.
  softwareLists: 'read',
  softwareList: 'read',
  advisories: 'read',
  advisory: 'read',
  softwareCoverage: 'read',
  // Refused to people bound to a lab.
  software: 'read',
  advisoryMatches: 'read',
  softwareMatches: 'read',
  proposeIncident: 'read',
} as const satisfies Record<string, Right>;

export const mutationRights = {
  putFacts: 'write',
  retractFacts: 'admin',
  mergeOrganizations: 'write',
  unmergeOrganizations: 'write',
  acceptFinding: 'write',
  saveIncident: 'write',
  deleteIncident: 'write',
  addIncidentNote: 'write',
  setNotice: 'write',
  setNotices: 'write',
  undoNotices: 'write',
  setAssessments: 'write',
  tickPlanStep: 'write',
  mapImportFile: 'write',
  removeImportFile: 'write',
  decideMatches: 'write',
  mapImportValues: 'write',
  /** To retract what another imported, see rules/may-retract.ts. */
  decideEdition: 'write',
  decideAnswer: 'write',
  fixImportCell: 'write',
  /** As `decideEdition`. */
  commitImport: 'write',
  cancelImport: 'write',
  /** For another's import, see `checkMayUndo`. */
  undoImport: 'write',
  discardImport: 'write',
  renameImport: 'write',
  saveNote: 'write',
  deleteNote: 'write',
  saveView: 'write',
  deleteView: 'write',
  // A watch is no fact, and only its owner sees it, so readers may save one.
  saveWatch: 'read',
  deleteWatch: 'read',
  readEvents: 'read',
  // Where data may leave the server.
  saveEndpoint: 'admin',
  rotateEndpointSecret: 'admin',
  deleteEndpoint: 'admin',
  testEndpoint: 'admin',
  replayEvent: 'admin',
  saveAvailability: 'write',
  saveSoftwareStatement: 'write',
  retractSoftware: 'admin',
} as const satisfies Record<string, Right>;

/** Paths as the router has them, after `/api`. */
export const routeRights: Readonly<Record<string, Right>> = {
  'POST /imports': 'write',
  'PUT /imports/:id/files/:name': 'write',
  'GET /imports/:id/rejections.csv': 'write',
  'GET /facts.zip': 'export',
  'GET /holdings.csv': 'export',
  'GET /notification-pack.md': 'export',
  'GET /notification-pack.pdf': 'export',
  'GET /notification-pack.docx': 'export',
  'GET /incident-report.pdf': 'export',
  'GET /questionnaire.pdf': 'export',
  'GET /notices.ics': 'export',
  'GET /audit.jsonl': 'admin',
  'GET /:list.csv': 'export',
  'GET /:list.json': 'export',
};

/** Tools of the MCP server (docs/assistants.md). */
export const toolRights: Readonly<Record<string, Right>> = {
  find: 'read',
  describe: 'read',
  blast_radius: 'read',
  explain: 'read',
  who_could_leak: 'read',
  whom_to_ask: 'read',
  compare: 'read',
  what_if: 'read',
  best_cuts: 'read',
  ranking: 'read',
  findings: 'read',
  incident: 'read',
  add_incident_note: 'write',
  draft_incident: 'write',
};

/** Throws FORBIDDEN. @param right undefined: an operation without a row */
export function checkRight(identity: Identity, right: Right | undefined, operation: string): void {
  if (right !== undefined && hasRight(identity, right)) return;
  const need =
    right === 'export'
      ? 'the right to export'
      : right === undefined
        ? 'a right that nobody has'
        : `the role ${leastRole[right].toLowerCase()}`;
  throw new ExposureError(
    'FORBIDDEN',
    `${identity.name} may not use ${operation.slice(0, 80)}: it needs ${need}. Ask an administrator for another token.`,
  );
}

export function hasRight(identity: Identity, right: Right): boolean {
  if (right === 'export') return identity.canExport;
  return roles.indexOf(identity.role) >= roles.indexOf(leastRole[right]);
}

/** The identity as one that retracts what a source no longer lists (rules/may-retract.ts). */
export function retractorOf(identity: Identity): Retractor {
  return { name: identity.name, isAdministrator: hasRight(identity, 'admin') };
}

/** Lets an analyst undo only its own imports. Throws FORBIDDEN. */
export function checkMayUndo(identity: Identity, importedBy: string): void {
  if (importedBy === identity.name || hasRight(identity, 'admin')) return;
  throw new ExposureError(
    'FORBIDDEN',
    `${identity.name} may not undo an import of ${importedBy}: that needs the role admin. Ask ${importedBy} or an administrator.`,
  );
}
