import type { ArgumentNode, FieldNode, ObjectFieldNode, ValueNode, VariableDefinitionNode } from 'graphql';
import { Kind, parse, visit } from 'graphql';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { limits } from '../../graphql/limits.ts';

/** Facts about a GraphQL request that hiding names needs, and that the answer alone does not show. */
export interface RedactedQuery {
  /** Key of an answer, an alias or not -> the fields that it stands for. */
  readonly fieldsOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** The instants as of whose facts it asks, ascending. Epoch milliseconds. */
  readonly instants: readonly number[];
}

/** Arguments and fields of inputs that name an instant of the past. */
const pastName = /^instant$|knownAt/i;

/** Reads a request. An invalid request has no fields, and its execution refuses it. Complexity: linear. */
export function readRedactedQuery(query: unknown, variables: unknown): RedactedQuery {
  const fieldsOf = new Map<string, Set<string>>();
  const instants = new Set<number>();
  const note = (value: unknown) => {
    const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(instant)) instants.add(instant);
  };
  const values = new Map<string, unknown>(Object.entries(typeof variables === 'object' && variables !== null ? variables : {}));
  const noteValue = (name: string, value: ValueNode) => {
    if (!pastName.test(name)) return;
    if (value.kind === Kind.STRING) note(value.value);
    else if (value.kind === Kind.VARIABLE) note(values.get(value.name.value));
  };
  try {
    visit(parse(typeof query === 'string' ? query : '', { noLocation: true, maxTokens: limits.maxTokens }), {
      [Kind.VARIABLE_DEFINITION]({ variable, defaultValue }: VariableDefinitionNode) {
        if (defaultValue?.kind === Kind.STRING && !values.has(variable.name.value)) values.set(variable.name.value, defaultValue.value);
      },
      [Kind.FIELD]({ alias, name }: FieldNode) {
        getOrInsert(fieldsOf, alias?.value ?? name.value, () => new Set<string>()).add(name.value);
      },
      [Kind.ARGUMENT]: ({ name, value }: ArgumentNode) => noteValue(name.value, value),
      [Kind.OBJECT_FIELD]: ({ name, value }: ObjectFieldNode) => noteValue(name.value, value),
    });
  } catch {
    // A syntax error.
  }
  noteWithin(variables, note);
  return { fieldsOf, instants: [...instants].sort((a, b) => a - b) };
}

/** Inputs given as variables. guard-json.ts bounds their depth. */
function noteWithin(value: unknown, note: (value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) {
    if (pastName.test(name)) note(item);
    noteWithin(item, note);
  }
}
