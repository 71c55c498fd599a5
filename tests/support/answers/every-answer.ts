import type { Serving } from '../../graphql/serving.ts';
import type { Question } from '../every-question.ts';

/** Every answer of a server as JSON, by question; all pages of each. */
export async function everyAnswer(serving: Serving, questions: readonly Question[]): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const question of questions) answers.set(question.name, JSON.stringify(await answerOf(serving, question), dropCursors));
  return answers;
}

/** They may contain the time of the question. */
function dropCursors(name: string, value: unknown): unknown {
  return /cursor$/i.test(name) ? undefined : value;
}

async function answerOf(serving: Serving, { name, queries, isPaged }: Question): Promise<unknown[]> {
  const pages: unknown[] = [];
  let depth = 0;
  for (let after: string | null = null; ; ) {
    const { data, errors } = await serving.ask(queries[depth] as string, isPaged ? { after } : {});
    if (errors?.every(({ extensions }) => extensions.code === 'LIMIT_EXCEEDED') && depth < queries.length - 1) {
      depth++;
      continue;
    }
    if (errors !== undefined) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    pages.push(data);
    const { hasNextPage, endCursor } = (isPaged && Object.values<Paged>(data)[0]?.pageInfo) || { hasNextPage: false, endCursor: null };
    if (!hasNextPage) return pages;
    after = endCursor;
  }
}

interface Paged {
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string };
}
