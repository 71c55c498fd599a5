import type { ApolloServerPlugin } from '@apollo/server';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import {
  GraphQLError,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import type { Context } from './context.ts';
import { maxPageSize } from './page.ts';

/** Limits of one request. */
export const limits = {
  /** Also bounds the stack of the parser, which recurses. */
  maxTokens: 3000,
  maxDepth: 24,
  maxAliases: 100,
  /** The most fields to resolve, if every list has the requested length. */
  maxFields: 1_000_000,
} as const;

/** The assumed length of a list without a length argument, such as a chain. */
const assumedListLength = 4;
/** Arguments that bound the lists under a field. */
const lengthArguments = ['first', 'maxNodes', 'buckets'] as const;
type LengthArgument = (typeof lengthArguments)[number];

/** Refuses a query with LIMIT_EXCEEDED before it runs if it is too deep, has too many aliases or asks for too many fields. */
export const limitsPlugin: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operation, request, schema }) {
        if (operation) measure(schema, document, operation, request.variables ?? {});
      },
    };
  },
};

interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
}

function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  const root = schema.getRootType(operation.operation);
  if (!root) return;
  const { depth, aliases, fields } = new Meter(schema, document, variables).measure(operation.selectionSet, root, false);
  const refuse = (what: string, is: number, most: number, advice: string) => {
    // Apollo answers 500 to any other kind of error here.
    throw new GraphQLError(`The query ${what} (${is.toLocaleString('en-US')}; at most ${most.toLocaleString('en-US')}): ${advice}.`, {
      extensions: { code: 'LIMIT_EXCEEDED', http: { status: 422 } },
    });
  };
  if (depth > limits.maxDepth) refuse('is nested too deep', depth, limits.maxDepth, 'ask in several steps');
  if (aliases > limits.maxAliases) refuse('has too many aliases', aliases, limits.maxAliases, 'send several requests');
  if (fields > limits.maxFields) refuse('asks for too many fields', fields, limits.maxFields, 'ask for smaller pages');
}

/** Measures selections. Measures each fragment once, even if it is used many times. Validation has already refused fragment cycles. */
class Meter {
  readonly #schema: GraphQLSchema;
  readonly #variables: Record<string, unknown>;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #known = new Map<string, Measure>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>) {
    this.#schema = schema;
    this.#variables = variables;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  /**
   * @param isBounded whether an argument of an outer field already bounds the lists here
   * @param values the length of a list of scalars here
   */
  measure(selectionSet: SelectionSetNode, type: GraphQLCompositeType, isBounded: boolean, values = 1): Measure {
    let depth = 0;
    let aliases = 0;
    let fields = 0;
    for (const selection of selectionSet.selections) {
      const part =
        selection.kind === Kind.FIELD
          ? this.#measureField(selection, type, isBounded, values)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.measure(selection.selectionSet, this.#typeNamed(selection.typeCondition?.name.value) ?? type, isBounded, values)
            : this.#measureFragment(selection.name.value, isBounded, values);
      depth = Math.max(depth, part.depth);
      aliases += part.aliases;
      fields += part.fields;
    }
    return { depth, aliases, fields };
  }

  #measureFragment(name: string, isBounded: boolean, values: number): Measure {
    const key = `${name} ${isBounded} ${values}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      const fragment = this.#fragments.get(name);
      const type = this.#typeNamed(fragment?.typeCondition.name.value);
      known = fragment && type ? this.measure(fragment.selectionSet, type, isBounded, values) : { depth: 0, aliases: 0, fields: 0 };
      this.#known.set(key, known);
    }
    return known;
  }

  #measureField(field: FieldNode, parent: GraphQLCompositeType, isBounded: boolean, values: number): Measure {
    const aliases = field.alias ? 1 : 0;
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
    const type = definition && getNamedType(definition.type);
    // The schema's own fields (__schema) are bounded by depth and tokens.
    if (!field.selectionSet || !definition || !isCompositeType(type)) {
      const depth = field.selectionSet ? 1 + nesting(field.selectionSet) : 1;
      return { depth, aliases, fields: definition && isList(definition) ? values : 1 };
    }
    const length = this.#lengthOf(field, definition, lengthArguments);
    // Below `buckets`, lists of scalars have a value for each bucket.
    const inner = this.measure(field.selectionSet, type, length !== undefined, this.#lengthOf(field, definition, ['buckets']) ?? values);
    const times = length ?? (isList(definition) && !isBounded ? assumedListLength : 1);
    return { depth: inner.depth + 1, aliases: aliases + inner.aliases, fields: 1 + times * inner.fields };
  }

  #lengthOf(field: FieldNode, definition: GraphQLField<unknown, unknown>, names: readonly LengthArgument[]): number | undefined {
    const name = names.find((each) => definition.args.some((argument) => argument.name === each));
    if (name === undefined) return undefined;
    const most = name === 'maxNodes' ? 2000 : maxPageSize;
    // A missing variable may have a default: assume the maximum.
    const argument = field.arguments?.find((each) => each.name.value === name)?.value;
    if (argument?.kind === Kind.VARIABLE && !Object.hasOwn(this.#variables, argument.name.value)) return most;
    try {
      const requested = getArgumentValues(definition, field, this.#variables)[name];
      return Math.min(Math.max(typeof requested === 'number' ? requested : most, 1), most);
    } catch {
      // Execution refuses an invalid value.
      return most;
    }
  }

  #typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

function nesting(selectionSet: SelectionSetNode): number {
  let most = 0;
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) most = Math.max(most, 1);
    else most = Math.max(most, (selection.kind === Kind.FIELD ? 1 : 0) + nesting(selection.selectionSet));
  }
  return most;
}
