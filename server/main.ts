import { randomUUID } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { pino } from 'pino';
import { auditPathsOf } from './audit/audit-files.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { Directory } from './auth/directory.ts';
import { OpenId, readGroupRights } from './auth/open-id.ts';
import type { Provider } from './auth/provider-identities.ts';
import { readSessionSecret, Sessions } from './auth/sessions.ts';
import { firstTokenName, Tokens } from './auth/tokens.ts';
import type { Config } from './configuration/config.ts';
import { isLoopback } from './configuration/config.ts';
import { packageRoot, packageVersion } from './configuration/package-root.ts';
import { readPolicy } from './configuration/read-policy.ts';
import { ExposureError } from './domain/errors.ts';
import { redactSecrets } from './domain/text/secrets.ts';
import type { Services } from './graphql/context.ts';
import { buildExecutableSchema, startGraphqlServer } from './graphql/server.ts';
import { rankAtStart, WarmUp } from './graphql/warm-up.ts';
import { buildApp } from './http/app.ts';
import { Metrics } from './http/guards/metrics.ts';
import { listenTo } from './http/listen.ts';
import { loadDemo } from './import/demo/demo-history.ts';
import { ImportDrafts } from './import/drafts/drafts.ts';
import { loadVocabulary } from './import/vocabulary/load-vocabulary.ts';
import { BoundQuestions } from './questions/lab/bound-questions.ts';
import { Questions } from './questions/questions.ts';
import { ShownWrites } from './questions/write-facts.ts';
import { damagedStore, refuseDamage } from './store/damaged-store.ts';
import type { WholeStore } from './store/fact-store.ts';
import { makeFolder } from './store/make-folder.ts';
import { checkContentInBackground, lockDataFolder, lockForServing, openStore, placeOf, snapshotPathOf } from './store/open/open-store.ts';
import { WatchEngine } from './watches/watch-engine.ts';
import { DeliveryEngine, webhookSettings } from './webhooks/delivery-engine.ts';

export interface RunningServer {
  /** The server's address, e.g. `http://127.0.0.1:4000`. */
  readonly url: string;
  /** The administrator's token that this start created. It cannot be read again. Null: the store has tokens, or needs none. */
  readonly firstToken: string | null;
  /** Rejects with STORE_DAMAGED where the check of the whole store, in the background, finds a problem. Never resolves. */
  readonly damage: Promise<never>;
  /** Finishes requests in progress, then closes the store. Called again: the same. */
  close(): Promise<void>;
}

/** Assertions of a write from which a thread starts sooner than the event loop would be done. */
const largeWrite = 2000;
/** The process ends this long after a signal or an unhandled error, even if something does not close. */
const stopMs = 9000;

/**
 * Starts the server: store -> projection -> HTTP. The server answers requests once the promise resolves.
 *
 * Throws ExposureError with one sentence that says what to do: the data folder is read-only, the port is in use, or the store
 * is in use, damaged or of a newer version.
 */
export async function startServer(config: Config, givenLog?: Logger): Promise<RunningServer> {
  const log = givenLog ?? (await createLog(config.logLevel));
  const clock = Date.now;
  /** Close functions in the order of closing: the latest opened resource first. */
  const opened: (() => unknown)[] = [];
  const closeAll = async () => {
    const failures: unknown[] = [];
    for (const close of opened.splice(0)) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some resources could not be closed.');
  };
  try {
    const policy = readPolicy(config.policyFile);
    loadVocabulary(config.vocabularyFolder);
    makeDataFolder(config.dataFolder);
    const store = await openStore(config.store, {
      threadFrom: largeWrite,
      credentials: config.storeCredentials,
      onWaiting: (sentence) => log.warn(sentence),
    });
    opened.unshift(() => store.close());
    const lock = lockForServing(config.store);
    opened.unshift(() => lock.release());
    const folderLock = lockDataFolder(config.store, config.dataFolder);
    opened.unshift(() => folderLock.release());
    await refuseDamage(store, placeOf(config.store), 'sample');
    if (config.isDemoWanted && (await loadDemo(store, clock()))) log.info('loaded the demo world');

    const { projection: mode, queryTimeoutMs } = config;
    const snapshot = {
      path: snapshotPathOf(config.store, config.dataFolder),
      onTrouble: (sentence: string, isExpected: boolean) => (isExpected ? log.info(sentence) : log.warn(sentence)),
      onPacked: (sentence: string) => log.info(sentence),
    };
    const stream = { url: config.store, credentials: config.storeCredentials, timeoutMs: config.streamTimeoutMs };
    const options = { store, projection: mode, policy, queryTimeoutMs, clock, snapshot };
    const questions = new Questions<WholeStore>({ ...options, batchFolder: config.dataFolder, stream });
    opened.unshift(() => questions.close());
    const { projection } = await questions.current.read();
    const ranking = rankAtStart(questions, projection);
    const drafts = await ImportDrafts.open({
      store,
      writer: new ShownWrites(questions),
      folder: join(config.dataFolder, 'drafts'),
      now: clock,
      limits: config.draftLimits,
      onError: (error) => log.error({ err: error }, 'an import failed'),
    });
    opened.unshift(() => drafts.close());
    const trail = new AuditTrail({
      paths: auditPathsOf(config.dataFolder, config.auditHead),
      key: config.auditKey,
      onError: (error) => log.error({ err: error }, 'the audit trail could not be written'),
    });
    opened.unshift(() => trail.flush());
    const bound = new BoundQuestions(questions);
    const tokens = new Tokens(store);
    const webhooks = webhookSettings(config.webhooks, config.publicUrl, packageVersion());
    const services: Services = { questions, bound, drafts, version: packageVersion(), tokens, trail, webhooks };
    const metrics = new Metrics(questions);
    const schema = buildExecutableSchema();
    const graphql = await startGraphqlServer({ schema, hasIntrospection: config.hasIntrospection, log, meter: metrics });
    opened.unshift(() => graphql.stop());
    const app = buildApp({
      config,
      services,
      graphql,
      schema,
      logIns: openLogIns(config, questions),
      log,
      metrics,
      pageFolder: join(packageRoot(), 'dist', 'web'),
    });
    const warmUp = new WarmUp(services, schema);
    opened.unshift(() => warmUp.close());
    await warmUp.start(projection, ranking);
    const { url, stop } = await listenTo(app, config);
    opened.unshift(stop);
    opened.unshift(() => questions.stopPreparing());
    const watches = new WatchEngine({ bound, tokens, onError: (error) => log.warn({ err: error }, 'a watch could not be evaluated') });
    opened.unshift(() => watches.close());
    watches.start();
    const deliveries = new DeliveryEngine({
      ...{ ...webhooks, store, clock },
      onError: (error) => log.warn({ err: error }, 'a webhook could not be sent'),
      onAttempt: (isDelivered) => metrics.countDelivery(isDelivered),
      onDisabled: (endpoint, reason) => {
        log.warn({ endpoint, reason }, 'an endpoint of webhooks was disabled');
        const subject = `id ${endpoint}: ${reason}`;
        trail.record({ at: clock(), by: 'local', from: 'webhooks', action: 'disableEndpoint', subject, outcome: 'ok' });
      },
    });
    opened.unshift(() => deliveries.close());
    deliveries.start();
    log.info(
      { url, revision: projection.revision, projection: config.projection, organizations: projection.organizations.count },
      'serving',
    );
    const isOpenByProxy = !config.isAuthRequired && config.publicUrl !== null && !isLoopback(new URL(config.publicUrl).hostname);
    if (isOpenByProxy)
      log.warn(
        'EXPOSURE_PUBLIC_URL names an address of the network and no token is needed: whoever reaches its proxy may do everything. Set EXPOSURE_AUTH to required.',
      );
    const firstToken = await createFirstToken(config, tokens, clock());
    if (firstToken !== null)
      trail.record({ at: clock(), by: 'local', from: 'first start', action: 'token create', subject: firstTokenName, outcome: 'ok' });
    const check = checkContentInBackground(config.store);
    opened.unshift(() => check.stop());
    const damage = new Promise<never>((_, reject) => {
      check.problems.then(
        ([problem]) => problem !== undefined && reject(damagedStore(placeOf(config.store), problem)),
        (error: unknown) => log.warn({ err: error }, 'the store could not be checked'),
      );
    });
    // A caller that does not wait for it learns of it from `serve` alone.
    damage.catch(() => undefined);
    let closing: Promise<void> | undefined;
    return {
      url,
      firstToken,
      damage,
      close() {
        closing ??= closeAll();
        return closing;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/**
 * Prints the address on stdout, and serves until SIGINT or SIGTERM. A signal during the start stops the server as soon as it has
 * started. After a signal, the process ends within `stopMs`. Throws STORE_DAMAGED when the check in the background finds damage.
 */
export async function serve(config: Config): Promise<void> {
  // Listens for signals before the start, because a signal may come as soon as the address is printed.
  const signaled = new Promise<void>((end) => {
    const stop = () => {
      setTimeout(() => process.exit(1), stopMs).unref();
      end();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  const log = await createLog(config.logLevel);
  let server: RunningServer | undefined;
  endOnUnhandledErrors(log, async () => server?.close(), stopMs);
  server = await startServer(config, log);
  const lines = [server.url, ...(server.firstToken === null ? [] : describeFirstToken(server.firstToken))];
  process.stdout.write(`${lines.join('\n')}\n`);
  try {
    await Promise.race([signaled, server.damage]);
  } finally {
    await server.close();
  }
}

/**
 * A server that the network reaches needs a token before anybody can ask it. In a container nobody can type a command before the first start,
 * so that start creates one. On a loopback address, whoever can ask can also type the command.
 */
async function createFirstToken({ isAuthRequired, openId, host }: Config, tokens: Tokens, now: number): Promise<string | null> {
  if (!isAuthRequired || openId !== null || isLoopback(host)) return null;
  return (await tokens.createFirst(now)) ?? null;
}

/** For stdout: the log never holds a secret. */
function describeFirstToken(token: string): string[] {
  return [
    'This is the first start, and the store has no token. The token of its administrator, shown this once:',
    token,
    'Paste it into the log-in form, or send it as Authorization: Bearer TOKEN. Then create a token for each person and program with',
    `exposure token create, and revoke this one: exposure token revoke ${firstTokenName}`,
  ];
}

function openLogIns(
  { openId, publicUrl, sessionSecret, scimToken, dataFolder, isAuthRequired }: Config,
  questions: Questions,
): {
  sessions: Sessions;
  provider: Provider | null;
} {
  const secret = sessionSecret ?? (isAuthRequired ? readSessionSecret(dataFolder) : randomUUID());
  const folder = join(dataFolder, 'sessions');
  if (isAuthRequired) makeFolder(folder);
  const sessions = new Sessions(folder, secret);
  if (openId === null || publicUrl === null) return { sessions, provider: null };
  const { groupsFile, ...client } = openId;
  const rights = readGroupRights(groupsFile);
  const callbackUrl = new URL('/auth/callback', publicUrl).href;
  return {
    sessions,
    provider: {
      openId: new OpenId({ ...client, callbackUrl, rights, secret }),
      rights,
      directory: scimToken === null ? null : new Directory(questions.store, questions.clock),
    },
  };
}

/** Logs to stderr, because stdout is for data: as JSON, or as text on a terminal. Every line is written without the secrets in it. */
async function createLog(level: string): Promise<Logger> {
  const options = { level, hooks: { streamWrite: redactSecrets } };
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }));
  const { default: pinoPretty } = await import('pino-pretty');
  return pino(options, pinoPretty({ destination: 2, sync: true }));
}

function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new ExposureError(
      'BAD_CONFIGURATION',
      `EXPOSURE_DATA is "${folder}"; the folder ${resolve(folder)} is not writable (${reason}). Choose a folder that this user can write to.`,
      { cause: error },
    );
  }
}

/**
 * Ends the process after an error that nothing handled. Its effects on the state are unknown, so the process does not go on: it logs the error
 * as one line, finishes requests in progress, and exits with 1. A supervisor starts it again.
 *
 * @param close stops the server; called once
 * @param withinMs the process ends by then, even if something does not close
 */
function endOnUnhandledErrors(log: Logger, close: () => Promise<unknown>, withinMs: number): void {
  let isEnding = false;
  // Without a listener of its own, an unhandled rejection arrives here too.
  process.on('uncaughtException', (error: unknown, origin: NodeJS.UncaughtExceptionOrigin) => {
    log.fatal(
      { err: error instanceof Error ? error : new Error(String(error)), origin },
      'an error that nothing handled: the process ends',
    );
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => process.exit(1), withinMs).unref();
    void close()
      .catch((failure: unknown) => log.fatal({ err: failure }, 'the server could not be closed'))
      .finally(() => process.exit(1));
  });
}
