/** The roles, from the weakest. Each includes the rights of those before it. */
export const roles = ['VIEWER', 'ANALYST', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

/** The person or token that sends a request. */
export interface Identity {
  /** The author's name in the records of writes. */
  readonly name: string;
  readonly role: Role;
  /** Whether it may export lists, files and all facts. No role includes this right. */
  readonly canExport: boolean;
  /** Ids of the labs whose view gives all its answers (semantics §10); null: it sees everything. A bound identity is a VIEWER. */
  readonly labs: readonly string[] | null;
}

/** The author of what an identity provider changes in the directory. */
export const providerName = 'identity provider';

/** The identity of the command line and of all users of a server without authentication, which only this machine can reach. */
export const localIdentity: Identity = { name: 'local', role: 'ADMIN', canExport: true, labs: null };

/** No person and no token may have these names: its records could be mistaken for another's. */
export const reservedNames: readonly string[] = [localIdentity.name, providerName];
