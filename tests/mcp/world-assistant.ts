import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { AuditTrail } from '../../server/audit/audit-trail.ts';
import type { Identity } from '../../server/auth/identity.ts';
import { localIdentity } from '../../server/auth/identity.ts';
import { Tokens } from '../../server/auth/tokens.ts';
import type { Services } from '../../server/graphql/context.ts';
import { Context } from '../../server/graphql/context.ts';
import { buildExecutableSchema, startGraphqlServer } from '../../server/graphql/server.ts';
import { openHost } from '../../server/mcp/mcp-host.ts';
import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { webhookSettings } from '../../server/webhooks/delivery-engine.ts';

const schema: GraphQLSchema = buildExecutableSchema();
const scheduler = new Scheduler();
let graphql: Promise<ApolloServer<Context>> | undefined;

function startGraphql(): Promise<ApolloServer<Context>> {
  const meter = { countOperation: () => undefined, countError: () => undefined };
  graphql ??= startGraphqlServer({ schema, hasIntrospection: true, log: pino({ level: 'silent' }), meter });
  return graphql;
}

export async function stopGraphql(): Promise<void> {
  const started = graphql;
  // The next file of the same process starts its own.
  graphql = undefined;
  await (await started)?.stop();
}

// biome-ignore lint/suspicious/noExplicitAny: its form depends on the question.
type Data = any;

/** A store of its own, asked as an assistant asks and as GraphQL is asked, without a network between. */
export class WorldAssistant {
  readonly store: FactStore;
  readonly #services: Services;
  readonly #graphql: ApolloServer<Context>;
  readonly #folder: string;

  private constructor(store: FactStore, services: Services, graphql: ApolloServer<Context>, folder: string) {
    this.store = store;
    this.#services = services;
    this.#graphql = graphql;
    this.#folder = folder;
  }

  /** @param now the clock of the server, which stands still */
  static async open(now: number): Promise<WorldAssistant> {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-mcp-'));
    const store = await openStore(`sqlite:${join(folder, 'exposure.db')}`);
    const questions = new Questions({ store, projection: 'whole', clock: () => now, scheduler });
    const trail = new AuditTrail({ paths: { trail: join(folder, 'audit.jsonl'), head: join(folder, 'audit.head') }, key: null });
    const services: Services = {
      ...{ questions, bound: new BoundQuestions(questions), version: 'test', tokens: new Tokens(store), trail },
      webhooks: webhookSettings({ hosts: [], networks: [] }, null, 'test'),
      get drafts(): never {
        throw new Error('Assistants see no imports.');
      },
    };
    return new WorldAssistant(store, services, await startGraphql(), folder);
  }

  async close(): Promise<void> {
    await this.#services.trail.flush();
    await this.#services.questions.close();
    await this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The result of a call as it goes out, its text too. */
  async call(name: string, args: object, options: { readonly budget?: number; readonly labs?: readonly string[] } = {}): Promise<Data> {
    const { budget = 1_000_000, labs = null } = options;
    const host = openHost({
      ...{ services: this.#services, schema, graphql: this.#graphql, sender: { identity: identityOf(labs), address: 'test' } },
      ...{ mcp: { hasWrites: false, budget }, pageUrl: 'http://127.0.0.1:4000' },
    });
    return JSON.parse(JSON.stringify(await host.call(name, args, new AbortController().signal)));
  }

  async ask(query: string, variables: Record<string, unknown>): Promise<Data> {
    const contextValue = new Context(this.#services, { identity: localIdentity, address: 'test' }, new AbortController().signal);
    const { body } = await this.#graphql.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single' || body.singleResult.errors !== undefined) throw new Error(JSON.stringify(body));
    return JSON.parse(JSON.stringify(body.singleResult.data));
  }
}

function identityOf(labs: readonly string[] | null): Identity {
  return labs === null ? localIdentity : { name: 'bound', role: 'VIEWER', canExport: false, labs };
}
