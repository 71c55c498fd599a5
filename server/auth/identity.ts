/** The roles, from the weakest. Each may do all that the ones before it may. */
export const roles = ['VIEWER', 'ANALYST', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

/** The person or token that sends a request. */
export interface Identity {
  /** Writes are recorded under it. */
  readonly name: string;
  readonly role: Role;
  /** Whether it may take lists, files and all facts out of the program. No role includes this. */
  readonly canExport: boolean;
}

/** Everybody who reaches a server without authentication, and the command line: only people of this machine. */
export const localIdentity: Identity = { name: 'local', role: 'ADMIN', canExport: true };
