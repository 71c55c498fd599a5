import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import type { Operation } from '../../shared/graphql/operation.ts';

interface Payload {
  readonly userErrors: readonly { readonly message: string }[];
}

/** Sends a change and reloads what is on the screen. @returns the payload, or sentences that say what to correct */
export async function askChange<TData, TVariables, TPayload extends Payload>(
  mutation: Operation<TData, TVariables>,
  variables: TVariables,
  payloadOf: (data: TData) => TPayload,
): Promise<TPayload | string> {
  try {
    const { data } = await client.mutate({ mutation, variables });
    if (data === undefined || data === null) return 'The server gave no answer. Try again.';
    const payload = payloadOf(data as TData);
    if (payload.userErrors.length > 0) return payload.userErrors.map(({ message }) => message).join(' ');
    factsChanged();
    return payload;
  } catch (error) {
    return errorSentence(error);
  }
}
