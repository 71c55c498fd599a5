import { IMPORT_STEPS, type ImportStep } from '../../../shared/url/import-url.ts';
import type { ImportDetail } from '../use-import.ts';

type Planned = Pick<ImportDetail, 'state' | 'files' | 'questions' | 'causes' | 'mappingDocument' | 'report'>;

/** The questions of the list step. The names step asks about matches. All other questions have a step of their own. */
const LIST_QUESTIONS = ['KIND', 'CLIENT', 'CLIENT_ROLE'];

/** The names of the files that need a mapping or whose kind is unknown. Empty for an import of canonical files. */
export function mappedFiles({ files, questions, causes, mappingDocument }: Planned): ReadonlySet<string> {
  const decided = listFilesOf(mappingDocument).map(({ name }) => name);
  const asked = questions.flatMap(({ kind, file }) => (kind === 'KIND' && file !== null ? [file] : []));
  const unknown = causes.flatMap(({ code, example }) => (code === 'UNKNOWN_KIND' ? [example.file] : []));
  const mapped = new Set([...decided, ...asked, ...unknown]);
  return new Set(files.map(({ name }) => name).filter((name) => mapped.has(name)));
}

export interface DecidedFile {
  readonly name: string;
  readonly client?: { readonly name: string; readonly role: string };
}

/** The files of a mapping document. Only the document names a client that does not exist yet. */
export function listFilesOf(document: string | null): readonly DecidedFile[] {
  if (document === null) return [];
  return (JSON.parse(document) as { files: DecidedFile[] }).files;
}

export function isOpenDraft({ state }: Pick<ImportDetail, 'state'>): boolean {
  return state === 'DRAFT' || state === 'ANALYZING';
}

/** The questions of the questions step. */
export function openQuestions(of: Pick<ImportDetail, 'questions'>): ImportDetail['questions'] {
  return of.questions.filter(({ kind }) => !LIST_QUESTIONS.includes(kind) && kind !== 'MATCHES');
}

/** The questions of the list step. */
function listQuestions(of: Pick<ImportDetail, 'questions'>): ImportDetail['questions'] {
  return of.questions.filter(({ kind }) => LIST_QUESTIONS.includes(kind));
}

/**
 * The order of the steps. A later edition asks who is who before it asks what became of the facts that it no longer lists: a vendor
 * under a new name is not gone.
 */
export function stepOrder({ report }: Pick<Planned, 'report'>): readonly ImportStep[] {
  const isLaterEdition = report?.drift != null;
  return isLaterEdition ? ['upload', 'list', 'names', 'questions', 'preview', 'commit'] : IMPORT_STEPS;
}

/**
 * The steps of an import, in order. A step with nothing to ask is left out: canonical files go from the upload to the report.
 *
 * @param matchCount organizations that may be known under another name
 */
export function planSteps(of: Planned, matchCount: number): ImportStep[] {
  const isLeftOut: Readonly<Partial<Record<ImportStep, boolean>>> = {
    list: mappedFiles(of).size === 0,
    questions: openQuestions(of).length === 0,
    names: matchCount === 0,
  };
  return stepOrder(of).filter((step) => isLeftOut[step] !== true);
}

/** The step to open: the first with an open question, else the report. */
export function firstOpenStep(of: Planned): ImportStep {
  if (!isOpenDraft(of)) return 'commit';
  if (of.files.length === 0) return 'upload';
  const isUnknown = of.causes.some(({ code }) => code === 'UNKNOWN_KIND');
  if (mappedFiles(of).size === 0) return openQuestions(of).length > 0 ? 'questions' : 'preview';
  return of.questions.length > 0 || isUnknown ? 'list' : 'preview';
}

/**
 * The step after `step`, when its answers have been read: the first with an open question, else the report.
 *
 * @param undecidedCount the number of organizations with a near candidate and without a decision
 */
export function stepAfter(of: Planned, step: ImportStep, undecidedCount: number): ImportStep {
  if (step === 'upload' && mappedFiles(of).size > 0) return 'list';
  if (listQuestions(of).length > 0) return 'list';
  const order = stepOrder(of);
  const isNamesPending = undecidedCount > 0 && order.indexOf('names') > order.indexOf(step);
  if (openQuestions(of).length === 0) return isNamesPending ? 'names' : 'preview';
  return isNamesPending && order.indexOf('names') < order.indexOf('questions') ? 'names' : 'questions';
}

/** The step that asks the first open question; null if none is open. */
export function stepOfOpenQuestion(of: Pick<ImportDetail, 'questions'>): ImportStep | null {
  if (of.questions.length === 0) return null;
  if (listQuestions(of).length > 0) return 'list';
  return openQuestions(of).length > 0 ? 'questions' : 'names';
}
