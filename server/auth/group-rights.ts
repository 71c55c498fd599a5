import { z } from 'zod';
import { readJsonFile } from '../read-json-file.ts';
import type { Identity, Role } from './identity.ts';
import { roles } from './identity.ts';

const right = z
  .strictObject({
    role: z.enum(roles.map((role) => role.toLowerCase()) as [Lowercase<Role>, ...Lowercase<Role>[]]),
    export: z.boolean().default(false),
    labs: z.array(z.string().min(1)).min(1).optional(),
  })
  .refine(({ role, labs }) => labs === undefined || role === 'viewer', {
    message: 'names labs, so its role must be viewer',
    path: ['role'],
  });

const groupsFile = z.strictObject({
  /** The claim that lists a person's groups. */
  claim: z.string().min(1).default('groups'),
  /** The claim that names a person. */
  name: z.string().min(1).default('email'),
  scope: z.string().min(1).default('openid profile email'),
  groups: z.record(z.string(), right),
});

/** The rights that the groups of a provider give here. */
export type GroupRights = z.infer<typeof groupsFile>;

const expected =
  'expected a JSON file such as {"groups": {"security": {"role": "analyst", "export": true}, "lab-a": {"role": "viewer", "labs": ["lab-a"]}}}';

/** Reads the file that EXPOSURE_OIDC_GROUPS names. Throws BAD_CONFIGURATION with the file, the place in it and what was expected. */
export function readGroupRights(path: string): GroupRights {
  return readJsonFile('EXPOSURE_OIDC_GROUPS', path, groupsFile, expected);
}

/**
 * The rights of a person, which are those of all its groups together: the strongest role, and export if any group has it. A person is bound
 * to labs only if each of its groups is.
 *
 * @returns undefined for a person in none of the groups
 */
export function identifyPerson(name: string, groups: readonly string[], { groups: known }: GroupRights): Identity | undefined {
  const rights = [...new Set(groups)].flatMap((group) =>
    Object.hasOwn(known, group) ? [known[group] as GroupRights['groups'][string]] : [],
  );
  if (rights.length === 0) return undefined;
  const role = roles.findLast((each) => rights.some((one) => one.role.toUpperCase() === each)) as Role;
  const isBound = rights.every(({ labs }) => labs !== undefined);
  const labs = isBound ? [...new Set(rights.flatMap((one) => one.labs ?? []))].sort() : null;
  return { name, role, canExport: rights.some((one) => one.export), labs };
}
