import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly answer: unknown;
}

const text = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

/** Every fenced query of the document, with the variables and the answer that follow it. */
function readExamples(): Example[] {
  return text
    .split('```graphql\n')
    .slice(1)
    .map((part) => {
      const query = part.slice(0, part.indexOf('```'));
      const block = (kind: string) => new RegExp(`\`\`\`json ${kind}\\n([\\s\\S]*?)\`\`\``).exec(part)?.[1];
      const name = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
      return { name, query, variables: JSON.parse(block('variables') ?? '{}'), answer: JSON.parse(block('answer') ?? 'null') };
    });
}

describe('docs/api.md', () => {
  const serving = new Serving();
  beforeAll(() => serving.start({ demo: true }));
  afterAll(() => serving.stopAndDelete());

  const examples = readExamples();
  it('[G101] works at least ten operations', () => {
    expect(new Set(examples.map((example) => example.name)).size).toBeGreaterThanOrEqual(10);
  });
  it.each(examples)('[G101] $name is answered as the document says', async ({ query, variables, answer }) => {
    expect(await serving.ask(query, variables)).toEqual({ data: answer });
  });
});
