import { createHash } from 'node:crypto';
import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import type { OperationDefinitionNode } from 'graphql';
import { ExposureError } from '../domain/errors.ts';
import type { Context } from './context.ts';

/** The key of a change, chosen by its sender (IETF draft-ietf-httpapi-idempotency-key-header). */
export const changeKeyHeader = 'Idempotency-Key';

const maxKeyLength = 100;
const maxKept = 1000;
const keptMs = 600_000;
/** The characters of a longer answer are not kept. */
const maxAnswerLength = 100_000;

type Answer = Pick<GraphQLResponse, 'body'> & { readonly status: number };

interface Change {
  /** On the clock of `performance`. */
  readonly until: number;
  readonly answer: Promise<Answer>;
}

/**
 * Does a change with a key once, however often it is sent. A browser sends a request again whose connection ends before the answer, and a
 * person presses again. The same change, with the same key and by the same sender, gets the answer of the first one, also while that is
 * on its way. This server knows the last 1,000 such changes, for ten minutes.
 *
 * Throws BAD_USER_INPUT (a key of more than 100 characters), CONFLICT (a repeated change whose answer was too long to keep).
 */
export function repeatPlugin(): ApolloServerPlugin<Context> {
  const changes = new Map<string, Change>();
  return {
    async requestDidStart({ request }) {
      const key = request.http?.headers.get(changeKeyHeader.toLowerCase());
      if (key === undefined) return;
      let settle: ((answer: Answer) => void) | undefined;
      return {
        async didResolveOperation() {
          if (key.length > maxKeyLength)
            throw new ExposureError('BAD_USER_INPUT', `${changeKeyHeader} has ${key.length} characters; expected at most ${maxKeyLength}.`);
        },
        async responseForOperation({ contextValue, operation, request: { query, operationName, variables } }) {
          // Apollo calls this for an operation that is not there, too.
          if ((operation as OperationDefinitionNode | undefined)?.operation !== 'mutation') return null;
          const change = JSON.stringify([contextValue.identity, key, query, operationName, variables]);
          const name = createHash('sha256').update(change).digest('base64');
          const now = performance.now();
          for (const [known, { until }] of changes) if (until < now || changes.size >= maxKept) changes.delete(known);
          const earlier = changes.get(name);
          if (earlier === undefined) {
            const answer = new Promise<Answer>((resolve) => {
              settle = resolve;
            });
            changes.set(name, { until: now + keptMs, answer });
            return null;
          }
          const { body, status } = await earlier.answer;
          return { body, http: { status, headers: new HeaderMap() } };
        },
        async willSendResponse({ response: { body, http } }) {
          settle?.(JSON.stringify(body).length > maxAnswerLength ? forgotten : { body, status: http.status ?? 200 });
        },
      };
    },
  };
}

const forgotten: Answer = {
  body: {
    kind: 'single',
    singleResult: {
      errors: [
        {
          message: 'This change was made before, and its answer was too long to keep. Ask for what it changed.',
          extensions: { code: 'CONFLICT' },
        },
      ],
    },
  },
  status: 200,
};
