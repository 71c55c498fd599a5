import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import SCIMMY from 'scimmy';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Directory, Listed } from '../auth/directory.ts';
import { providerName } from '../auth/identity.ts';
import type { Tokens } from '../auth/tokens.ts';
import { ExposureError } from '../domain/errors.ts';
import { isSameName, type ListedGroup, type ListedPerson, namesOf } from '../domain/records/listed-person.ts';
import { recordRequest } from '../http/guards/audit-requests.ts';
import type { Failures } from '../http/guards/failures.ts';
import type { Questions } from '../questions/questions.ts';
import { endWatchesOf } from '../watches/watch-engine.ts';
import { matcherOf, readPatch, readWhole, refusingTypes } from './scim-requests.ts';

export interface ScimOptions {
  /** EXPOSURE_SCIM_TOKEN. */
  readonly token: string;
  /** Where people reach this server: EXPOSURE_PUBLIC_URL. */
  readonly publicUrl: string;
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly questions: Pick<Questions, 'store' | 'clock'>;
  readonly trail: AuditTrail;
  readonly failures: Failures;
  readonly parseBody: RequestHandler;
}

export const scimType = 'application/scim+json';
const maxResults = 500;
const defaultResults = 100;
/** A change that meets another one is made on what that left, this often. */
const attempts = 5;
const { User, Group } = SCIMMY.Schemas;

/** The part of the directory that a kind of record needs. */
interface Kind<T> {
  readonly endpoint: '/Users' | '/Groups';
  /** The word in the audit trail. */
  readonly word: 'person' | 'group';
  list(): Promise<readonly Listed<T>[]>;
  find(id: string): Promise<Listed<T> | undefined>;
  save(body: object, at?: Listed<T>): Promise<Listed<T>>;
  remove(record: Listed<T>): Promise<unknown>;
  nameOf(value: T): string;
  show(record: Listed<T>, attributes?: unknown): object;
  patch(record: Listed<T>, body: unknown): Promise<object>;
}

/**
 * SCIM 2.0 (RFC 7643, RFC 7644): an identity provider creates, changes and removes people and groups. Whoever it deactivates or removes is out
 * with the next request. Every change is in the audit trail.
 *
 * Passwords and everything else that this program does not need are dropped. Bulk, sorting and changes of passwords are not offered, as
 * `/ServiceProviderConfig` says.
 */
export function scimRoutes(options: ScimOptions): Router {
  const { token, publicUrl, directory, questions, trail, failures, parseBody } = options;
  const router = Router();
  const base = new URL('/scim/v2', publicUrl).href;
  describeService();

  router.use((request, response, next) => {
    response.type(scimType);
    response.setHeader('Cache-Control', 'no-store');
    void authenticate(request, response, token, failures).then((isKnown) => isKnown && next(), next);
  });
  router.use(parseBody);

  const own = { '/ServiceProviderConfig': 'ServiceProviderConfig', '/Schemas': 'Schema', '/ResourceTypes': 'ResourceType' } as const;
  for (const [path, name] of Object.entries(own)) {
    const answer: RequestHandler<{ id?: string }> = async ({ params: { id } }, response) => {
      const Resource = SCIMMY.Resources[name];
      Resource.basepath(base);
      response.send(await (id === undefined ? new Resource() : new Resource(id)).read());
    };
    router.get(path, answer);
    if (name !== 'ServiceProviderConfig') router.get(`${path}/:id`, answer);
  }
  for (const kind of [people(options, base), groups(directory, base)] as Kind<never>[]) addRoutes(router, kind);
  router.use((request, response) => sendProblem(response, 404, `${request.method} ${request.path.slice(0, 80)} does not exist.`));
  router.use(sendError);
  return router;

  function addRoutes<T>(router: Router, kind: Kind<T>): void {
    const { endpoint } = kind;
    const record = (response: Response, action: string, subject: string) =>
      recordRequest(trail, questions.clock, response, { action: `SCIM ${action} ${kind.word}`, subject, by: providerName });
    const found = async (id: string) => {
      const one = await kind.find(id);
      if (one === undefined)
        throw new SCIMMY.Types.Error(404, undefined as never, `There is no ${kind.word} with the id ${id.slice(0, 80)}.`);
      return one;
    };
    const send = (request: Request, response: Response, one: Listed<T>, status = 200) => {
      response.setHeader('ETag', versionOf(one));
      response.setHeader('Location', `${base}${endpoint}/${one.id}`);
      response.status(status).send(kind.show(one, attributesOf(request)));
    };

    router.get(endpoint, async (request, response) => {
      const { filter, startIndex, count } = request.query;
      const all = await kind.list();
      const fits = typeof filter === 'string' && filter.trim() !== '' ? matcherOf(filter) : undefined;
      const shown = fits === undefined ? all : all.filter((one) => fits(kind.show(one)));
      const first = Math.max(1, wholeNumber('startIndex', startIndex, 1));
      const most = Math.min(maxResults, Math.max(0, wholeNumber('count', count, defaultResults)));
      const page = shown.slice(first - 1, first - 1 + most);
      response.send({
        schemas: [SCIMMY.Messages.ListResponse.id],
        totalResults: shown.length,
        startIndex: first,
        itemsPerPage: page.length,
        Resources: page.map((one) => kind.show(one, attributesOf(request))),
      });
    });
    router.get(`${endpoint}/:id`, async (request, response) => send(request, response, await found(request.params.id)));
    router.post(endpoint, async (request, response) => {
      const saved = await kind.save(readWhole(kind.word, request.body));
      send(request, response, saved, 201);
      record(response, 'create', kind.nameOf(saved.value));
    });
    const change =
      (bodyOf: (request: Request, at: Listed<T>) => object | Promise<object>): RequestHandler<{ id: string }> =>
      async (request, response) => {
        for (let attempt = 1; ; attempt++) {
          const at = await found(request.params.id);
          checkVersion(request, at);
          try {
            const saved = await kind.save(await bodyOf(request as unknown as Request, at), at);
            send(request as unknown as Request, response, saved);
            return record(response, 'change', kind.nameOf(saved.value));
          } catch (error) {
            if (!(error instanceof ExposureError) || error.code !== 'CONFLICT' || attempt === attempts) throw error;
          }
        }
      };
    router.put(
      `${endpoint}/:id`,
      change((request) => readWhole(kind.word, request.body)),
    );
    router.patch(
      `${endpoint}/:id`,
      change((request, at) => kind.patch(at, request.body)),
    );
    router.delete(`${endpoint}/:id`, async (request, response) => {
      const at = await found(request.params.id);
      checkVersion(request, at);
      await kind.remove(at);
      response.status(204).end();
      record(response, 'remove', kind.nameOf(at.value));
    });
  }
}

function people({ directory, tokens, questions }: ScimOptions, base: string): Kind<ListedPerson> {
  const show = ({ id, version, value }: Listed<ListedPerson>, attributes?: unknown) => {
    const { userName, externalId, displayName, name, emails, isActive } = value;
    return new User(
      {
        ...withMeta(id, version, value),
        ...present({ externalId, displayName }),
        userName,
        name: present(name),
        emails: emails.map(({ value: address, type, isPrimary }) => ({ value: address, ...present({ type }), primary: isPrimary })),
        active: isActive,
      },
      'out',
      `${base}/Users`,
      attributes as never,
    );
  };
  const end = (person: ListedPerson) => endPerson(questions, tokens, person);
  return {
    endpoint: '/Users',
    word: 'person',
    list: async () => (await directory.list()).people,
    find: (id) => directory.findPerson(id),
    async save(body, at) {
      const person = toPerson(body);
      const saved = await directory.savePerson(person, at);
      if (!saved.value.isActive) await end(saved.value);
      return saved;
    },
    // Ends first: once the person is gone, a provider that got no answer cannot ask again.
    async remove(record) {
      await end(record.value);
      await directory.removePerson(record.id);
    },
    nameOf: ({ userName }) => userName,
    show,
    patch: (record, body) => patched(body, show(record), (changed) => new User(changed, 'in')),
  };
}

function groups(directory: Directory, base: string): Kind<ListedGroup> {
  const show = ({ id, version, value }: Listed<ListedGroup>, attributes?: unknown) => {
    const { displayName, externalId, members } = value;
    const listed = members.map((member) => ({ value: member, $ref: `${base}/Users/${member}`, type: 'User' }));
    return new Group(
      { ...withMeta(id, version, value), ...present({ externalId }), displayName, members: listed },
      'out',
      `${base}/Groups`,
      attributes as never,
    );
  };
  return {
    endpoint: '/Groups',
    word: 'group',
    list: async () => (await directory.list()).groups,
    find: (id) => directory.findGroup(id),
    save: (body, at) => directory.saveGroup(toGroup(body), at),
    remove: ({ id }) => directory.removeGroup(id),
    nameOf: ({ displayName }) => displayName,
    show,
    patch: (record, body) => patched(body, show(record), (changed) => new Group(changed, 'in')),
  };
}

/** The record after a PATCH: all of it, or an error and nothing. */
async function patched(body: unknown, shown: object, read: (changed: object) => object): Promise<object> {
  const { schemas, Operations } = readPatch(body, shown);
  // All that it changes is not kept here.
  if (Operations.length === 0) return refusingTypes(() => read(shown));
  const message = refusingTypes(() => new SCIMMY.Messages.PatchOp({ schemas, Operations } as never));
  let changed: object | undefined;
  await message.apply(
    shown as never,
    (async (instance: object) => {
      changed = refusingTypes(() => read(instance));
      return changed;
    }) as never,
  );
  return changed ?? refusingTypes(() => read(shown));
}

interface StatedPerson {
  readonly userName: string;
  readonly externalId?: string;
  readonly displayName?: string;
  readonly name?: { readonly formatted?: string; readonly givenName?: string; readonly familyName?: string };
  readonly emails?: readonly { readonly value?: string; readonly type?: string; readonly primary?: boolean }[];
  readonly active?: boolean;
}

/** A person who is not said to be inactive is active. Throws SCIMMY's error 400 for an empty user name. */
function toPerson(stated: object): Omit<ListedPerson, 'createdAt' | 'changedAt'> {
  const { userName, externalId, displayName, name, emails, active } = stated as StatedPerson;
  return {
    userName: nonEmpty('userName', userName),
    externalId: externalId ?? null,
    displayName: displayName ?? null,
    name: { formatted: name?.formatted ?? null, givenName: name?.givenName ?? null, familyName: name?.familyName ?? null },
    emails: (emails ?? []).flatMap(({ value, type, primary }) =>
      value === undefined || value === '' ? [] : [{ value, type: type ?? null, isPrimary: primary ?? false }],
    ),
    isActive: active ?? true,
  };
}

function toGroup(stated: object): Omit<ListedGroup, 'createdAt' | 'changedAt'> {
  const { displayName, externalId, members } = stated as {
    readonly displayName: string;
    readonly externalId?: string;
    readonly members?: readonly { readonly value?: string }[];
  };
  return {
    displayName: nonEmpty('displayName', displayName),
    externalId: externalId ?? null,
    members: (members ?? []).flatMap(({ value }) => (value === undefined ? [] : [value])),
  };
}

const maxNameLength = 200;

function nonEmpty(name: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed !== '' && trimmed.length <= maxNameLength) return trimmed;
  throw new SCIMMY.Types.Error(400, 'invalidValue', `${name} has ${trimmed.length} characters; expected 1 to ${maxNameLength}.`);
}

function withMeta(id: string, version: number, { createdAt, changedAt }: { readonly createdAt: number; readonly changedAt: number }) {
  const meta = { created: new Date(createdAt), lastModified: new Date(changedAt), version: `W/"${version}"` };
  return { id, meta };
}

function present<T extends object>(of: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== null)) as never;
}

function versionOf({ version }: { readonly version: number }): string {
  return `W/"${version}"`;
}

/** Throws SCIMMY's error 412 for a change of an older version. */
function checkVersion(request: Pick<Request, 'headers'>, at: { readonly version: number }): void {
  const wanted = request.headers['if-match'];
  if (wanted === undefined || wanted === '*' || wanted.split(/\s*,\s*/).includes(versionOf(at))) return;
  throw new SCIMMY.Types.Error(412, undefined as never, `The record is at version ${versionOf(at)}. Read it again.`);
}

/** The attributes that the request wants, as SCIMMY reads them. */
function attributesOf({ query: { attributes, excludedAttributes } }: Request): unknown {
  const wanted = { ...(attributes && { attributes }), ...(excludedAttributes && { excludedAttributes }) };
  return Object.keys(wanted).length === 0 ? undefined : (new SCIMMY.Resources.User(wanted as never) as { attributes?: unknown }).attributes;
}

function wholeNumber(name: string, text: unknown, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new SCIMMY.Types.Error(400, 'invalidValue', `${name} is ${String(text).slice(0, 80)}; expected a whole number.`);
}

/** Whether the request has the provider's token. Otherwise it is answered, counted and recorded. */
async function authenticate(request: Request, response: Response, token: string, failures: Failures): Promise<boolean> {
  const [, given = ''] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  if (timingSafeEqual(hashOf(given), hashOf(token))) return true;
  await failures.note(request, response);
  response.setHeader('WWW-Authenticate', 'Bearer realm="exposure scim"');
  sendProblem(response, 401, 'Send the token of EXPOSURE_SCIM_TOKEN as Authorization: Bearer TOKEN.');
  return false;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function describeService(): void {
  SCIMMY.Config.set({ patch: true, filter: maxResults, sort: false, bulk: false, changePassword: false, etag: true } as never);
  SCIMMY.Config.set('authenticationSchemes', []);
  SCIMMY.Config.set('authenticationSchemes', [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'The token of EXPOSURE_SCIM_TOKEN',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
    },
  ] as never);
}

/** An error as RFC 7644 §3.12 has it. */
function sendProblem(response: Response, status: number, detail: string, type?: string): void {
  const problem = { schemas: [SCIMMY.Messages.Error.id], status: String(status), ...(type && { scimType: type }), detail };
  response.status(status).type(scimType).send(problem);
}

const statuses: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  BAD_REQUEST: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  STORE_UNAVAILABLE: 503,
};

function sendError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  const {
    type,
    status,
    code,
    message,
    scimType: detail,
  } = error as {
    readonly type?: unknown;
    readonly status?: number;
    readonly code?: string;
    readonly message: string;
    readonly scimType?: string;
  };
  const ours = error instanceof ExposureError ? statuses[code as string] : undefined;
  if (error instanceof SCIMMY.Types.Error) sendProblem(response, status as number, message, detail);
  else if (ours !== undefined) sendProblem(response, ours, message, ours === 409 ? 'uniqueness' : undefined);
  else if (type === 'entity.parse.failed') sendProblem(response, 400, 'The body is not JSON.', 'invalidSyntax');
  else if (type === 'entity.too.large') sendProblem(response, 413, 'The body is larger than 1 MB.');
  else if (typeof status === 'number' && status >= 400 && status < 500) sendProblem(response, status, 'The request is malformed.');
  else next(error);
}

/**
 * Ends what a person left here: its tokens are revoked and its watches end. Its sessions end with their next request, because the directory no longer
 * confirms them. Ending twice is harmless, so a provider that got no answer may ask again.
 */
async function endPerson({ store, clock }: Pick<Questions, 'store' | 'clock'>, tokens: Tokens, person: ListedPerson): Promise<void> {
  const names = namesOf(person);
  const isOfPerson = (name: string | null) => name !== null && names.some((one) => isSameName(one, name));
  for (const { name, owner, revokedAt } of await tokens.list())
    if (revokedAt === null && (isOfPerson(name) || isOfPerson(owner))) await tokens.revoke(name, clock());
  await endWatchesOf({ store, clock }, isOfPerson, `${person.userName} may no longer use this server.`);
}
