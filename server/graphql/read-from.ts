/** Resolvers of fields that a model's part has under the same names. */
export function readFrom<P extends string, N extends string>(part: P, ...names: readonly N[]) {
  return Object.fromEntries(names.map((name) => [name, (model: Record<P, Record<N, unknown>>) => model[part][name]])) as {
    readonly [F in N]: <V>(model: { readonly [Q in P]: { readonly [G in F]: V } }) => V;
  };
}
