import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ExposureError } from '../domain/errors.ts';
import type { Context } from './context.ts';

/** The artifacts of the highest sensitivity: each answer that shows one is recorded. */
const auditedSensitivity = 5;
/** Ids listed in one entry. */
const maxIds = 20;

/** Records the artifacts of sensitivity 5 that an answer shows. */
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
  if (projection.artifacts.sensitivity[index] === auditedSensitivity) context.sensitiveReads.add(projection.artifacts.id.get(index));
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
    if (Array.isArray(value)) return value.length === 0 ? [] : [`${value.length} ${name}`];
    // Of an address the host alone: the rest may hold a secret.
    if (name === 'url' && typeof value === 'string' && URL.canParse(value)) return [`host ${new URL(value).host}`];
    return idNames.includes(name) && typeof value === 'string' ? [`${name} ${value}`] : [];
  });
  return parts.length === 0 ? null : parts.join(', ');
}

const idNames = ['id', 'import', 'incident', 'organization', 'into', 'lab', 'notifier', 'file', 'finding', 'step', 'event', 'endpoint'];
