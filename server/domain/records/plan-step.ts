/** The kinds of response to a compromise (semantics §8). */
export const actionKinds = ['REVOKE_ACCESS', 'REVOKE_ALL_ACCESS', 'SUSPEND', 'RECALL', 'ENCRYPT'] as const;
export type ActionKind = (typeof actionKinds)[number];
export const maxActions = 100;

/** The kinds of steps of an incident's plan: the actions of semantics §8, and a question to an organization. */
export type PlanStepKind = ActionKind | 'ASK';

/** A step by what it names. Ids; null where the kind names none. */
export interface PlanStepName {
  readonly kind: PlanStepKind;
  /** The organization that the step is about, or that holds the copies. */
  readonly organization: string | null;
  readonly access: string | null;
  /** Only the copies of this lab's artifacts. */
  readonly owner: string | null;
}

/** A statement about a step: who does it, and since when it is done. A later statement about the same step replaces it. */
export interface PlanStepSet {
  /** As `formatStepId` writes it. */
  readonly step: string;
  /** The person who does it. */
  readonly owner: string | null;
  readonly doneAt: number | null;
  readonly evidence: string | null;
  readonly by: string;
  readonly at: number;
}

/** The step's id: its kind and what it names, such as `RECALL/quillmark/aurelis`. */
export function formatStepId({ kind, organization, access, owner }: PlanStepName): string {
  const named = [access ?? organization, owner].flatMap((id) => (id === null ? [] : encodeURIComponent(id)));
  return [kind, ...named].join('/');
}

/** The step that an id stands for; undefined for any other text. */
export function parseStepId(id: string): PlanStepName | undefined {
  const [word, first, second, ...rest] = id.split('/').map(decode);
  const kind = ([...actionKinds, 'ASK'] as const).find((one) => one === word);
  if (kind === undefined || first === undefined || first === '' || rest.length > 0) return undefined;
  if (second !== undefined && kind !== 'RECALL' && kind !== 'ENCRYPT') return undefined;
  return kind === 'REVOKE_ACCESS'
    ? { kind, organization: null, access: first, owner: null }
    : { kind, organization: first, access: null, owner: second ?? null };
}

/** Undefined if the text is not percent-encoded. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The latest statement about each step, by the step's id. */
export function latestSteps(statements: readonly PlanStepSet[]): ReadonlyMap<string, PlanStepSet> {
  return new Map(statements.map((statement) => [statement.step, statement]));
}
