import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Identity } from '../auth/identity.ts';
import type { Tokens } from '../auth/tokens.ts';
import { ExposureError } from '../domain/errors.ts';
import { highestSensitivity } from '../domain/facts.ts';
import type { ImportDrafts } from '../import/drafts/drafts.ts';
import type { ImportView } from '../import/import-view.ts';
import { Asker } from '../questions/asker.ts';
import type { BoundQuestions } from '../questions/lab/bound-questions.ts';
import type { Questions } from '../questions/questions.ts';
import type { TimeLimit } from '../questions/run/time-limit.ts';
import type { WebhookSettings } from '../webhooks/delivery-engine.ts';

/** The sources of all answers. They live as long as the server. */
export interface Services {
  /** Of all facts. */
  readonly questions: Questions;
  /** By sender. */
  readonly bound: BoundQuestions;
  readonly drafts: ImportDrafts;
  /** The version of this program. */
  readonly version: string;
  readonly tokens: Tokens;
  readonly trail: AuditTrail;
  readonly webhooks: WebhookSettings;
}

/** The sender of a request: who it is, and its network address. */
export interface Sender {
  readonly identity: Identity;
  readonly address: string;
}

/** One GraphQL request. */
export class Context extends Asker {
  readonly services: Services;
  readonly identity: Identity;
  /** The network address of the sender. */
  readonly address: string;
  /** Ids of the artifacts of sensitivity 5 that the answer shows. */
  sensitiveReads = new Set<string>();
  // TypeScript `private`, because Apollo clones its context and clones lose #private fields.
  private readonly imports = new Map<string, Promise<ImportView | undefined>>();
  /** The contexts of root fields under `asKnownAt`, by response key. */
  private readonly pasts = new Map<string, Context>();

  /**
   * @param limit the time limit, or a signal that aborts when the client disconnects
   * @param knownAt if given, it also replaces the time of the request
   */
  constructor(services: Services, { identity, address }: Sender, limit: TimeLimit | AbortSignal, knownAt: number | null = null) {
    super(services.bound.of(identity.labs), limit, knownAt);
    this.services = services;
    this.identity = identity;
    this.address = address;
  }

  /** The name under which writes are recorded. */
  get by(): string {
    return this.identity.name;
  }

  /** Adds an entry to the audit trail. @param outcome `ok`, or the code of an error */
  audit(action: string, subject: string | null, outcome: string): void {
    const { questions, trail } = this.services;
    trail.record({ at: questions.clock(), by: this.by, from: this.address, action, subject, outcome });
  }

  get hasPast(): boolean {
    return this.pasts.size > 0;
  }

  /** Answers everything under a root field from the facts known at an instant. Throws NOT_FOUND before the first record. */
  async openPast(key: string, instant: number): Promise<void> {
    const past = new Context(this.services, this, this.limit, instant);
    past.sensitiveReads = this.sensitiveReads;
    await past.facts();
    this.pasts.set(key, past);
  }

  past(key: string): Context {
    return this.pasts.get(key) ?? this;
  }

  override seeWrites(): void {
    super.seeWrites();
    this.imports.clear();
  }

  /** The latest first. A bound person sees no imports. */
  listImports(): Promise<readonly ImportView[]> {
    return this.identity.labs === null ? this.services.drafts.list() : Promise.resolve([]);
  }

  findImport(id: string): Promise<ImportView | undefined> {
    if (this.identity.labs !== null) return Promise.resolve(undefined);
    let found = this.imports.get(id);
    if (found === undefined) {
      found = this.services.drafts.find(id);
      this.imports.set(id, found);
    }
    return found;
  }
}

/** Ids listed in one entry. */
const maxIds = 20;

/** Records the artifacts of the highest sensitivity that an answer shows. */
export const auditReadsPlugin: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue }) {
        const ids = [...contextValue.sensitiveReads].sort();
        if (ids.length === 0) return;
        const rest = ids.length > maxIds ? ` and ${ids.length - maxIds} more` : '';
        contextValue.audit('read', ids.slice(0, maxIds).join(', ') + rest, 'ok');
      },
    };
  },
};

/** Notes an artifact of sensitivity 5 that a resolver is asked about. */
export function noteSensitiveRead(parent: unknown, context: Context): void {
  const { projection, index } = parent as { projection?: { artifacts: ArtifactColumns }; index?: number };
  if (projection === undefined || index === undefined) return;
  if (projection.artifacts.sensitivity[index] === highestSensitivity) context.sensitiveReads.add(projection.artifacts.id.get(index));
}

interface ArtifactColumns {
  readonly sensitivity: ArrayLike<number>;
  readonly id: { get(index: number): string };
}

/** Runs a root field that writes, and records it with its outcome. */
export async function audited<T>(context: Context, field: string, args: unknown, act: () => T | Promise<T>): Promise<T> {
  const subject = subjectOf((args as { input?: object }).input ?? {});
  try {
    const payload = await act();
    const [first] = (payload as { userErrors?: readonly { code?: string }[] } | null)?.userErrors ?? [];
    context.audit(field, subject, first === undefined ? 'ok' : (first.code ?? 'BAD_USER_INPUT'));
    return payload;
  } catch (error) {
    const inner = unwrapResolverError(error);
    context.audit(field, subject, inner instanceof ExposureError ? inner.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}

/** The ids in an input; lists by their number. Never a text that somebody wrote. */
function subjectOf(input: object): string | null {
  const parts = Object.entries(input).flatMap(([name, value]) => {
    if (Array.isArray(value)) return value.length === 0 ? [] : [`${name}: ${value.length}`];
    // Of an address the host alone: the rest may hold a secret.
    if (name === 'url' && typeof value === 'string' && URL.canParse(value)) return [`host ${new URL(value).host}`];
    return idNames.includes(name) && typeof value === 'string' ? [`${name} ${value}`] : [];
  });
  return parts.length === 0 ? null : parts.join(', ');
}

const idNames = ['id', 'import', 'incident', 'organization', 'into', 'lab', 'notifier', 'file', 'finding', 'step', 'event', 'endpoint'];
