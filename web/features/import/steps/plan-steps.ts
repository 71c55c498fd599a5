import type { ImportStep } from '../../../shared/url/import-url.ts';
import type { ImportDetail } from '../use-import.ts';

type Planned = Pick<ImportDetail, 'state' | 'files' | 'questions' | 'causes' | 'mappingDocument'>;

/** Questions that the list step asks beside the columns; the step of organizations asks the matches; the rest has its own step. */
const LIST_QUESTIONS = ['KIND', 'CLIENT'];

/** The names of the files that are read by a mapping, or whose kind nobody knows yet. Empty for an import of canonical files. */
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

/** The files of a mapping document; the only place that names a client who is no organization yet. */
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
export function listQuestions(of: Pick<ImportDetail, 'questions'>): ImportDetail['questions'] {
  return of.questions.filter(({ kind }) => LIST_QUESTIONS.includes(kind));
}

/**
 * The steps of an import, in order. A step with nothing to ask is left out: canonical files go from the upload to the report.
 *
 * @param matchCount organizations that may be known under another name
 */
export function planSteps(of: Planned, matchCount: number): ImportStep[] {
  const steps: ImportStep[] = ['upload'];
  if (mappedFiles(of).size > 0) steps.push('list');
  if (openQuestions(of).length > 0) steps.push('questions');
  if (matchCount > 0) steps.push('names');
  return [...steps, 'preview', 'commit'];
}

/** The step to open: the first with an open question, else the report. */
export function firstOpenStep(of: Planned): ImportStep {
  if (!isOpenDraft(of)) return 'commit';
  if (of.files.length === 0) return 'upload';
  const isUnknown = of.causes.some(({ code }) => code === 'UNKNOWN_KIND');
  return (of.questions.length > 0 || isUnknown) && mappedFiles(of).size > 0 ? 'list' : 'preview';
}

/**
 * The step that follows `step` once its answers are read: the first with a question that is still open, else the report.
 *
 * @param undecidedCount organizations with a near candidate about which nobody has decided
 */
export function stepAfter(of: Planned, step: ImportStep, undecidedCount: number): ImportStep {
  if (step === 'upload') return mappedFiles(of).size > 0 ? 'list' : 'preview';
  if (listQuestions(of).length > 0) return 'list';
  if (openQuestions(of).length > 0) return 'questions';
  return undecidedCount > 0 && step !== 'names' ? 'names' : 'preview';
}
