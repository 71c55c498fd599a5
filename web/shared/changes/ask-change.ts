import { client } from '../graphql/client.ts';
import { errorCode, errorSentence, instantsInWords } from '../graphql/error-sentence.ts';
import { factsChanged } from '../graphql/facts-epoch.ts';
import type { Operation } from '../graphql/operation.ts';

/** A value that the server does not take, and why. The first part of the path is the field. */
export interface Fault {
  readonly message: string;
  readonly path?: readonly string[] | null;
}

interface Payload {
  readonly userErrors: readonly Fault[];
}

/** Reasons why a change was not made. */
export class Refused {
  readonly faults: readonly Fault[];
  /** The code of an error that was thrown, `UNANSWERED` without one; null: the server read the change and refused it. */
  code: string | null = null;

  constructor(...faults: readonly Fault[]) {
    this.faults = faults.map((fault) => ({ ...fault, message: instantsInWords(fault.message) }));
  }

  get sentence(): string {
    return this.faults.map(({ message }) => message).join(' ');
  }
}

/** Sends a change of facts or of incidents, and reloads what is on the screen. */
export async function askChange<TData, TVariables, TPayload extends Payload>(
  ...change: Parameters<typeof sendChange<TData, TVariables, TPayload>>
): Promise<TPayload | Refused> {
  const payload = await sendChange(...change);
  if (!(payload instanceof Refused)) factsChanged();
  return payload;
}

/** Sends a change that no other answer on the screen depends on, such as one of a draft or a note. */
export async function sendChange<TData, TVariables, TPayload extends Payload>(
  mutation: Operation<TData, TVariables>,
  variables: TVariables,
  payloadOf: (data: TData) => TPayload,
): Promise<TPayload | Refused> {
  try {
    const { data } = await client.mutate({ mutation, variables });
    if (data === undefined || data === null) return new Refused({ message: 'The server gave no answer. Try again.' });
    const payload = payloadOf(data as TData);
    return payload.userErrors.length > 0 ? new Refused(...payload.userErrors) : payload;
  } catch (error) {
    const refused = new Refused({ message: errorSentence(error) });
    refused.code = errorCode(error) ?? 'UNANSWERED';
    return refused;
  }
}
