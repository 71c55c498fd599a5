/** Something that might be done (semantics §8). Organizations, owners and access are indexes; instants epoch milliseconds. */
export type Action =
  | { readonly kind: 'REVOKE_ACCESS'; readonly access: number; readonly at: number }
  | { readonly kind: 'REVOKE_ALL_ACCESS' | 'SUSPEND'; readonly organization: number; readonly at: number }
  /** `owner`: only this lab's artifacts; none (-1): all. */
  | { readonly kind: 'RECALL' | 'ENCRYPT'; readonly organization: number; readonly owner: number; readonly at: number };
