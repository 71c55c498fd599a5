import SCIMMY from 'scimmy';

/*
 * Requests of two providers that depart from the letter of RFC 7644, as their documentation shows them:
 *
 * - Microsoft Entra ID writes operations with a capital letter, truth values as texts, and the address of a person who has none yet as
 *   `emails[type eq "work"].value`. With the feature flag aadOptscim062020, it writes several paths as the names of one value
 *   (learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups).
 * - Okta replaces without a path, and sends a password even where none is kept (developer.okta.com/docs/api/openapi/okta-scim/guides).
 */

const { User, EnterpriseUser, Group } = SCIMMY.Schemas;

/** Attributes of people that are not kept: less about a person is better, and no password is ever kept. A provider may send them. */
const unkept = User.definition.attributes
  .flatMap((attribute) => ('name' in attribute ? [attribute.name as string] : []))
  .filter((name) => !['schemas', 'id', 'externalId', 'meta', 'userName', 'name', 'displayName', 'emails', 'active'].includes(name));
User.definition.truncate(...unkept);
const unkeptNames = new Set(unkept.map((name) => name.toLowerCase()));
SCIMMY.Resources.declare(SCIMMY.Resources.User);
SCIMMY.Resources.declare(SCIMMY.Resources.Group);

type Body = Readonly<Record<string, unknown>>;

/** Throws SCIMMY's error 400 for a body that is no object. */
export function asBody(body: unknown): Body {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new SCIMMY.Types.Error(400, 'invalidSyntax', 'The body must be one JSON object.');
  return body as Body;
}

/** A person or group as a provider states it whole, in a POST or PUT. Throws SCIMMY's error 400. */
export function readWhole<K extends 'person' | 'group'>(
  kind: K,
  body: unknown,
): InstanceType<K extends 'person' ? typeof User : typeof Group> {
  const stated = withTruth(asBody(body));
  return refusingTypes(() => (kind === 'person' ? new User(stated, 'in') : new Group(stated, 'in'))) as never;
}

/**
 * The changes of a PATCH as SCIMMY applies them. Changes of attributes that are not kept are left out, because a provider maps them by default
 * and stops for a refusal.
 *
 * @param shown the record as it is
 */
export function readPatch(body: unknown, shown: object): { readonly schemas: unknown; readonly Operations: readonly Body[] } {
  const { schemas, Operations } = asBody(body);
  if (!Array.isArray(Operations) || Operations.length === 0)
    throw new SCIMMY.Types.Error(400, 'invalidSyntax', 'Operations must be a list with at least one operation.');
  return { schemas, Operations: Operations.flatMap((operation) => readOperation(asBody(operation), shown)) };
}

function readOperation(operation: Body, shown: object): Body[] {
  const { path, value } = operation;
  if (typeof path === 'string') {
    if (isUnkept(path)) return [];
    const [, type] = /^emails\[type eq "(\w+)"\]\.value$/i.exec(path) ?? [];
    const { emails = [] } = shown as { readonly emails?: readonly { readonly type?: string }[] };
    if (type !== undefined && /^(add|replace)$/i.test(String(operation.op)) && !emails.some((email) => email.type === type))
      return [{ op: 'add', path: 'emails', value: [{ type, value }] }];
    if (path.toLowerCase() === 'members' && value !== undefined) return [{ ...operation, value: [value].flat().map(asMember) }];
    return [{ ...operation, ...(path.toLowerCase() === 'active' && { value: asTruth(value) }) }];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [operation];
  const [named, paths] = partition(Object.entries(value));
  return [
    ...(named.length === 0 && paths.length > 0 ? [] : [{ ...operation, value: withTruth(Object.fromEntries(named)) }]),
    ...paths.flatMap(([path, one]) => readOperation({ ...operation, path, value: one }, shown)),
  ];
}

/** Names of attributes, and paths in the place of names. */
function partition(entries: readonly [string, unknown][]): [typeof entries, typeof entries] {
  const isPath = ([name]: readonly [string, unknown]) => /[.[]/.test(name);
  return [entries.filter((entry) => !isPath(entry)), entries.filter(isPath)];
}

/** Without attributes that are not kept, and with truth values as such. */
function withTruth(stated: Body): Body {
  return Object.fromEntries(
    Object.entries(stated)
      .filter(([name]) => !isUnkept(name))
      .map(([name, value]) => [name, name.toLowerCase() === 'active' ? asTruth(value) : value]),
  );
}

function isUnkept(path: string): boolean {
  const name = path.toLowerCase().replace(`${User.definition.id.toLowerCase()}:`, '');
  return name.startsWith(EnterpriseUser.definition.id.toLowerCase()) || unkeptNames.has(/^[a-z0-9$]+/.exec(name)?.[0] ?? '');
}

/** A member by its id alone: providers add its name, or an address that is null, and want the member removed all the same. */
function asMember(member: unknown): unknown {
  return typeof member === 'object' && member !== null && 'value' in member ? { value: member.value } : member;
}

function asTruth(value: unknown): unknown {
  return typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;
}

/** SCIMMY throws a TypeError for a value of another type, with a sentence for the provider. */
export function refusingTypes<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof TypeError) throw new SCIMMY.Types.Error(400, 'invalidValue', error.message);
    throw error;
  }
}

/** Ids are compared as they are written; all other texts, without case. */
const literal = /(\b(?:id|externalId|members|members\.value)\s+\w\w\s+)?"(?:[^"\\]|\\.)*"/gi;

/** Whether a record fits a filter (RFC 7644 §3.4.2.2). Throws SCIMMY's error 400. */
export function matcherOf(filter: string): (record: object) => boolean {
  const lower = filter
    .replace(/\bmembers(?=\s)/gi, 'members.value')
    .replace(literal, (text, ofId: string | undefined) => (ofId === undefined ? text.toLowerCase() : text));
  const parse = () => {
    try {
      return new SCIMMY.Types.Filter(lower);
    } catch {
      throw new SCIMMY.Types.Error(400, 'invalidFilter', `The filter ${filter.slice(0, 200)} cannot be read.`);
    }
  };
  const parsed = parse();
  return (record) => parsed.match([lowered(record)]).length > 0;
}

function lowered(value: unknown, name = ''): object {
  const lowerOf = (one: unknown, of: string): unknown => {
    if (typeof one === 'string') return ['id', 'externalId', 'value'].includes(of) && name !== 'emails' ? one : one.toLowerCase();
    if (Array.isArray(one)) return one.map((each) => lowerOf(each, of));
    return typeof one === 'object' && one !== null ? lowered(one, of) : one;
  };
  return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, lowerOf(one, key)]));
}
