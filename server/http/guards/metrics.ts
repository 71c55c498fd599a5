import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Identity } from '../../auth/identity.ts';
import type { Endpoint } from '../../domain/records/endpoint.ts';
import { endpointStates } from '../../domain/records/endpoint.ts';
import type { Questions } from '../../questions/questions.ts';

/** Seconds. The slowest questions end at EXPOSURE_QUERY_TIMEOUT_MS. */
const buckets = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The server's measurements of itself, in the format of Prometheus. No label holds an id, a name or a text that somebody sent. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'exposure_request_duration_seconds',
    help: 'Time to answer a request, by kind of route and status.',
    labelNames: ['route', 'status'],
    buckets,
    registers: [this.#registry],
  });
  readonly #operations = new Histogram({
    name: 'exposure_operation_duration_seconds',
    help: 'Time to answer a GraphQL request, by its first root field.',
    labelNames: ['field'],
    buckets,
    registers: [this.#registry],
  });
  readonly #errors = new Counter({
    name: 'exposure_errors_total',
    help: 'Errors in answers, by code. STORE_UNAVAILABLE counts failures of the store.',
    labelNames: ['code'],
    registers: [this.#registry],
  });

  readonly #deliveries = new Counter({
    name: 'exposure_webhook_attempts_total',
    help: 'Attempts to deliver a webhook, by outcome.',
    labelNames: ['outcome'],
    registers: [this.#registry],
  });

  constructor(questions: Questions) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    const { clock, current, scheduler } = questions;
    const gauge = (name: string, help: string, read: () => number | undefined) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          const value = read();
          if (value !== undefined) this.set(value);
        },
      });
    gauge('exposure_projection_revision', 'The revision of the facts in memory.', () => current.state?.revision);
    gauge('exposure_projection_age_seconds', 'Seconds since the facts in memory were known to match the store.', () =>
      current.state === undefined ? undefined : Math.max(0, clock() - current.state.currentAt) / 1000,
    );
    gauge('exposure_projection_build_seconds', 'Seconds that the latest build or refresh took.', () =>
      current.state === undefined ? undefined : current.state.buildMs / 1000,
    );
    gauge('exposure_queue_full', '1 while new questions are refused because too many wait.', () => (scheduler.isFull ? 1 : 0));
    const endpoints = new Gauge({
      name: 'exposure_webhook_endpoints',
      help: 'Endpoints of webhooks, by state. Nothing is sent to one that is DISABLED.',
      labelNames: ['state'],
      registers,
      async collect() {
        const states = (await questions.store.listDocuments('endpoint').catch(() => [])).map(
          ({ json }) => (JSON.parse(json) as Endpoint).state,
        );
        for (const state of endpointStates) endpoints.set({ state }, states.filter((one) => one === state).length);
      },
    });
    const imports = new Gauge({
      name: 'exposure_imports',
      help: 'Imports in the store, by state.',
      labelNames: ['state'],
      registers,
      async collect() {
        const records = await questions.store.listImports().catch(() => []);
        for (const state of ['COMMITTED', 'UNDONE'] as const)
          imports.set({ state }, records.filter((record) => record.state === state).length);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The text for Prometheus. */
  read(): Promise<string> {
    return this.#registry.metrics();
  }

  /** @param path of the request, which is reduced to a few kinds */
  countRequest(path: string, status: number, seconds: number): void {
    const kind = /^\/(graphql|api|auth|healthz|readyz|metrics|assets)\b/.exec(path)?.[1] ?? 'page';
    this.#requests.observe({ route: kind, status: String(status) }, seconds);
  }

  /** @param field a root field of the schema */
  countOperation(field: string, seconds: number): void {
    this.#operations.observe({ field }, seconds);
  }

  countDelivery(isDelivered: boolean): void {
    this.#deliveries.inc({ outcome: isDelivered ? 'delivered' : 'failed' });
  }

  countError(code: string): void {
    this.#errors.inc({ code });
  }
}

/** Ids that a proxy in front may have given. */
const knownId = /^[\w.-]{1,100}$/;
/** Requests for files of the page are counted, and not logged. */
const logged = /^\/(graphql|api|auth|metrics)\b/;

/**
 * Counts every answer, and logs those of the API with an id. A request that brings `X-Request-Id` keeps that id, in its answer too. Logs
 * no query string, header or body.
 */
export function logRequests(log: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    const given = request.get('x-request-id');
    const isGiven = given !== undefined && knownId.test(given);
    const requestId = isGiven ? given : randomUUID();
    if (isGiven) response.setHeader('X-Request-Id', given);
    response.locals.requestId = requestId;
    const { method, path } = request;
    response.once('close', () => {
      const ms = Math.round(performance.now() - begun);
      const { statusCode: status, writableFinished: isAnswered } = response;
      metrics.countRequest(path, status, ms / 1000);
      const { identity } = response.locals as { identity?: Identity };
      if (logged.test(path)) log.info({ requestId, method, path, status, ms, by: identity?.name ?? null, isAnswered }, 'request');
    });
    next();
  };
}
