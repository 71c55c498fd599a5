/** The kinds of response to a compromise (semantics §8). */
export const actionKinds = ['REVOKE_ACCESS', 'REVOKE_ALL_ACCESS', 'SUSPEND', 'RECALL', 'ENCRYPT'] as const;
export type ActionKind = (typeof actionKinds)[number];
export const maxActions = 100;
