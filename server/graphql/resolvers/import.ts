import type { Identity } from '../../auth/identity.ts';
import { checkMayUndo, retractorOf } from '../../auth/rights.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { EditionDecision, UnlistedDecision } from '../../import/editions/last-edition.ts';
import type { ImportView, WaitingChange } from '../../import/import-view.ts';
import { decideParties, mapFile, mapValues } from '../../import/mapping/decisions/change-decisions.ts';
import { askImportEffect, type RankingTop } from '../../questions/rankings/ask-import-effect.ts';
import type { Retractor } from '../../rules/may-retract.ts';
import { describeRetractionRefusal, mayRetract } from '../../rules/may-retract.ts';
import type {
  CommitImportInput,
  DecideEditionInput,
  FileMappingResolvers,
  ImportPayload,
  ImportResolvers,
  MutationResolvers,
  QueryResolvers,
  UnlistedPolicy,
} from '../generated/resolvers.ts';
import { pageOfArray, readPage, toConnection } from '../page.ts';
import { factsByKey, nameReferences } from './facts-by-key.ts';
import { organizationById } from './organization.ts';

export const importQueries = {
  import: async (_, { id }, context) => (await context.findImport(id)) ?? null,
  imports: async (_, args, context) => {
    const imports = await context.listImports();
    const identity = { list: 'Query.imports', question: null, revision: imports.map(({ id, state }) => `${id}:${state}`).join() };
    return pageOfArray(identity, args, imports, (view) => view);
  },
} satisfies QueryResolvers;

type Payload = Omit<ImportPayload, 'import'> & { import: ImportView | null };

/** Returns HAS_DEPENDENTS and BAD_USER_INPUT as user errors; rethrows everything else. */
async function attempt(path: string, act: () => Promise<ImportView>): Promise<Payload> {
  try {
    return { import: await act(), userErrors: [] };
  } catch (error) {
    if (!(error instanceof ExposureError) || (error.code !== 'HAS_DEPENDENTS' && error.code !== 'BAD_USER_INPUT')) throw error;
    return { import: null, userErrors: [{ code: error.code, message: error.message, path: [path] }] };
  }
}

export const importMutations = {
  mapImportFile: (_, { input }, { services }) =>
    attempt('file', () => services.drafts.decide(input.import, (decisions, found) => mapFile(decisions, found, input))),
  decideMatches: (_, { input }, { services }) =>
    attempt('decisions', () => services.drafts.decide(input.import, (decisions) => decideParties(decisions, input.decisions))),
  mapImportValues: (_, { input }, { services }) =>
    attempt('values', () => services.drafts.decide(input.import, (decisions, found) => mapValues(decisions, found, input.values))),
  removeImportFile: (_, { input }, { services }) => attempt('file', () => services.drafts.removeFile(input.import, input.file)),
  fixImportCell: (_, { input: { import: id, ...cell } }, { services }) => attempt('text', () => services.drafts.fixCell(id, cell)),
  decideEdition: (_, { input }, { services, identity }) =>
    attempt('unlisted', async () => services.drafts.decideEdition(input.import, editionDecided(input, retractorOf(identity)))),
  decideAnswer: (_, { input }, { services }) =>
    attempt('changes', () => services.drafts.decideAnswer(input.import, input.decision, input.changes ?? null)),
  commitImport: (_, { input }, { services, by, identity }) => {
    const retractor = retractorOf(identity);
    const edition = editionOrdered(input, retractor);
    return attempt('id', () => services.drafts.commit(input.id, input.policy ?? 'ALL_OR_NOTHING', by, edition, retractor.isAdministrator));
  },
  cancelImport: (_, { input }, { services }) => attempt('id', () => services.drafts.cancel(input.id)),
  undoImport: async (_, { input }, context) => {
    const check = (importedBy: string) => checkMayUndo(context.identity, importedBy);
    const payload = await attempt('id', () => context.services.drafts.undo(input.id, context.by, check));
    context.seeLongWrite();
    return payload;
  },
  discardImport: (_, { input }, { services }) => attempt('id', () => services.drafts.discard(input.id)),
  renameImport: (_, { input }, { services }) => attempt('name', () => services.drafts.rename(input.id, input.name)),
} satisfies MutationResolvers;

/** Throws BAD_USER_INPUT for END without an instant. */
function editionDecided({ unlisted, endUnlistedAt, evenIfMany, eraseEmptied }: DecideEditionInput, decidedBy: Retractor): EditionDecision {
  return {
    ...(unlisted ? { unlisted: unlistedDecided(unlisted, endUnlistedAt, decidedBy) } : {}),
    ...(typeof evenIfMany === 'boolean' ? { evenIfMany } : {}),
    ...(typeof eraseEmptied === 'boolean' ? { eraseEmptied } : {}),
  };
}

function unlistedDecided(policy: UnlistedPolicy, at: number | null | undefined, decidedBy: Retractor): UnlistedDecision {
  if (policy === 'RETRACT') return { policy, decidedBy };
  if (policy !== 'END') return { policy };
  if (typeof at === 'number') return { policy, at };
  throw new ExposureError('BAD_USER_INPUT', 'endUnlistedAt is missing: END needs the instant at which engagements and access end.');
}

/** The edition decision in a commit. An omitted part keeps the draft's decision. An instant takes precedence over a retraction. */
function editionOrdered(
  { closeUnlisted, endUnlistedAt, evenIfMany, eraseEmptied }: CommitImportInput,
  decidedBy: Retractor,
): EditionDecision {
  const unlisted: UnlistedDecision | undefined =
    typeof endUnlistedAt === 'number' ? { policy: 'END', at: endUnlistedAt } : closeUnlisted ? { policy: 'RETRACT', decidedBy } : undefined;
  return { ...(unlisted ? { unlisted } : {}), ...(evenIfMany ? { evenIfMany } : {}), ...(eraseEmptied ? { eraseEmptied } : {}) };
}

/** The choices of a question that the person who asks may not take, with the reason. */
function refusedChoices({ kind }: ImportView['questions'][number], { retractable }: ImportView, identity: Identity) {
  const retractors = [retractorOf(identity)];
  if (kind !== 'UNLISTED' || mayRetract(retractors, retractable)) return [];
  return [{ choice: 'retract', because: describeRetractionRefusal(retractors, retractable) }];
}

/** A text that changes whenever a list of the draft may have changed. */
function stateOf(view: ImportView): string {
  return JSON.stringify([view.state, view.files.map((file) => file.sha256), view.report]);
}

export const Import: ImportResolvers = {
  id: (view) => view.id,
  state: (view) => view.state,
  source: (view) => view.source,
  respondent: async ({ respondent }, _, context) => (respondent === null ? null : organizationById(context, respondent)),
  waiting: async (view, args, context) => {
    const { services } = context;
    const identity = { list: 'Import.waiting', question: view.id, revision: stateOf(view) };
    const { offset, limit } = readPage(identity, args);
    const { changes, totalCount } = await services.drafts.readWaiting(view.id, offset, limit);
    const toModel = async ({ kind, key, fields, ...change }: WaitingChange) => ({
      ...{ ...change, factKind: kind, factId: key },
      fields: await nameReferences(context, kind, fields),
    });
    return toConnection(identity, offset, await Promise.all(changes.map(toModel)), totalCount);
  },
  assertedAt: (view) => view.assertedAt,
  progress: (view) => view.progress,
  files: (view) =>
    view.files.map((file) => ({
      ...file,
      preamble: [...file.preamble],
      header: [...file.header],
      sample: file.sample.map((row) => [...row]),
    })),
  name: (view) => view.name ?? view.files[0]?.name ?? null,
  questions: (view, _, { identity }) =>
    view.questions.map((question) => ({
      ...question,
      choices: [...question.choices],
      isOptional: question.isOptional === true,
      refused: refusedChoices(question, view, identity),
    })),
  mappingDocument: (view) => view.mappingDocument && JSON.stringify(view.mappingDocument, null, 2),
  matches: async (view, { first, after, undecidedOnly }, { services }) => {
    const { matches } = await services.drafts.readChoices(view.id);
    const asked = undecidedOnly ? matches.filter(({ decision }) => decision === 'UNDECIDED') : matches;
    const identity = { list: 'Import.matches', question: [view.id, undecidedOnly], revision: stateOf(view) };
    return pageOfArray(identity, { first, after }, asked, (match) => ({
      ...match,
      candidates: match.candidates.map((candidate) => ({ ...candidate, evidence: [...candidate.evidence] })),
    }));
  },
  values: async (view, { first, after, undecidedOnly }, { services }) => {
    const { values } = await services.drafts.readChoices(view.id);
    const asked = undecidedOnly ? values.filter(({ isDecided }) => !isDecided) : values;
    const identity = { list: 'Import.values', question: [view.id, undecidedOnly], revision: stateOf(view) };
    return pageOfArray(identity, { first, after }, asked, (value) => value);
  },
  unlisted: async (view, args, context) => {
    const projection = await context.facts();
    const identity = { list: 'Import.unlisted', question: view.id, revision: `${projection.revision} ${stateOf(view)}` };
    const { offset, limit } = readPage(identity, args);
    const { facts, totalCount } = await context.services.drafts.readUnlisted(view.id, offset, limit);
    return toConnection(identity, offset, await factsByKey(context, facts), totalCount);
  },
  effect: async (view, _, context) => {
    const planned = await context.services.drafts.readPlanned(view.id);
    if (planned === undefined) return null;
    const { before, after, ...counts } = await askImportEffect(context, planned.facts, planned.key);
    const toModels = ({ projection, rows }: RankingTop) => rows.map((value) => ({ projection, value }));
    return { ...counts, rankingBefore: toModels(before), rankingAfter: toModels(after) };
  },
  report: ({ report }) =>
    report && {
      ...report,
      warnings: [...report.warnings],
      asOf: report.asOf ?? null,
      account: report.account ?? null,
      drift: report.drift ?? null,
      cells:
        report.cells === undefined
          ? null
          : { ...report.cells.account, notes: report.cells.notes.map((note) => ({ ...note, examples: [...note.examples] })) },
    },
  rejections: async (view, args, { services }) => {
    const identity = { list: 'Import.rejections', question: view.id, revision: stateOf(view) };
    const { offset, limit } = readPage(identity, args);
    const { rejections, totalCount } = await services.drafts.readRejections(view.id, offset, limit);
    return toConnection(identity, offset, rejections, totalCount);
  },
  causes: async (view, _, { services }) => [...(await services.drafts.readCauses(view.id))],
  changes: async (view, { first, after, kinds }, { services }) => {
    const identity = { list: 'Import.changes', question: [view.id, kinds], revision: stateOf(view) };
    const { offset, limit } = readPage(identity, { first, after });
    const { changes, totalCount } = await services.drafts.readChanges(view.id, kinds ?? undefined, offset, limit);
    return toConnection(
      identity,
      offset,
      changes.map((change) => ({ change })),
      totalCount,
    );
  },
  skipLoss: (view) => view.skipLoss,
  failure: (view) => view.failure,
  createdBy: (view) => view.createdBy,
  createdAt: (view) => view.createdAt,
  committedAt: (view) => view.committedAt,
  undoneAt: (view) => view.undoneAt,
};

export const FileMapping: FileMappingResolvers = {
  kinds: (mapping) => [...mapping.kinds],
  // The import may create its client. Until then the client is not an organization.
  client: async ({ client }, _, context) => (client === null ? null : organizationById(context, client.name)),
  columns: (mapping) => [...mapping.columns],
  dateOrder: (mapping) => mapping.dateOrder,
  asOf: (mapping) => mapping.asOf,
  asOfBecause: (mapping) => mapping.asOfBecause,
  createMissingOrganizations: (mapping) => mapping.createMissingOrganizations,
  areContractsApart: (mapping) => mapping.areContractsApart,
  defaultRole: (mapping) => mapping.defaultRole,
};
