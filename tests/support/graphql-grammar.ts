import type { GraphQLArgument, GraphQLField, GraphQLInputType, GraphQLObjectType, GraphQLOutputType, GraphQLSchema } from 'graphql';
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** A request as it goes into the body of a POST. */
export interface GrammarRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const maxDepth = 4;
const oddTexts = ['', ' ', '\u0000', '__proto__', 'constructor', '\u{1F600}', 'x'.repeat(300), '../..', '-1', '2026-02-30', 'null'];

/**
 * Random operations over a schema. Most are valid, and name things that exist. About a third are slightly broken: a value of a wrong
 * type, an unknown field, a variable that is missing or null, a character too many.
 */
export class GraphqlGrammar {
  readonly #schema: GraphQLSchema;
  readonly #random: () => number;
  readonly #ids: readonly string[];
  /** Declared variables of the operation that is being made. */
  #variables = new Map<string, { readonly type: string; readonly value: unknown }>();
  #fragments: string[] = [];
  #isBroken = false;

  /** @param ids texts that name something in the store */
  constructor(schema: GraphQLSchema, ids: readonly string[], random: () => number) {
    this.#schema = schema;
    this.#ids = ids;
    this.#random = random;
  }

  next(): GrammarRequest {
    this.#isBroken = this.#is(0.4);
    this.#variables = new Map();
    this.#fragments = [];
    const kind = this.#is(0.25) ? 'mutation' : 'query';
    const root = (kind === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType()) as GraphQLObjectType;
    const selection = this.#selection(root, 0);
    const declared = [...this.#variables].map(([name, { type }]) => `$${name}: ${type}`);
    const variables = Object.fromEntries([...this.#variables].flatMap(([name, { value }]) => (this.#isOdd(0.1) ? [] : [[name, value]])));
    const head = `${kind} Q${declared.length === 0 ? '' : `(${declared.join(', ')})`}`;
    const query = `${head} ${selection} ${this.#fragments.join(' ')}`;
    return { query: this.#isOdd(0.3) ? this.#damage(query) : query, variables };
  }

  #selection(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter((field) => depth < maxDepth || isLeafType(getNamedType(field.type)));
    const parts: string[] = [];
    const count = 1 + this.#below(depth === 0 ? 3 : 4);
    for (let i = 0; i < count; i++) {
      if (fields.length === 0 || this.#is(0.03)) parts.push('__typename');
      else if (this.#isOdd(0.05)) parts.push(this.#pick(['nothing', '__schema { queryType { name } }', 't: __typename']));
      else parts.push(this.#field(this.#pick(fields), depth));
    }
    const inner = parts.join(' ');
    if (this.#is(0.1)) return `{ ... on ${type.name}${this.#directives()} { ${inner} } }`;
    if (this.#is(0.05)) {
      const name = `F${this.#fragments.length}`;
      this.#fragments.push('');
      this.#fragments[Number(name.slice(1))] = `fragment ${name} on ${this.#isOdd(0.1) ? 'Organization' : type.name} { ${inner} }`;
      return `{ ...${name}${this.#directives()} }`;
    }
    return `{ ${inner} }`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.flatMap((argument) => this.#argument(argument));
    const args = given.length === 0 ? '' : `(${given.join(', ')})`;
    // Two selections of one name must have the same arguments.
    const alias = given.length > 0 || this.#is(0.2) ? `a${this.#below(10_000)}: ` : '';
    return `${alias}${field.name}${args}${this.#directives()}${this.#isOdd(0.02) ? ' { id }' : this.#selectionOf(field.type, depth)}`;
  }

  #selectionOf(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type);
    if (isObjectType(named)) return ` ${this.#selection(named, depth + 1)}`;
    if (!isAbstractType(named)) return '';
    const parts = this.#schema.getPossibleTypes(named).filter(() => this.#is(0.5));
    return ` { __typename ${parts.map((part) => `... on ${part.name} ${this.#selection(part, depth + 1)}`).join(' ')} }`;
  }

  #argument(argument: GraphQLArgument): string[] {
    if (!isRequiredArgument(argument) && this.#is(0.6)) return [];
    if (isRequiredArgument(argument) && this.#isOdd(0.05)) return [];
    const value = this.#value(argument.type, 0);
    if (!this.#is(0.3)) return [`${argument.name}: ${print(value)}`];
    const name = `v${this.#variables.size}`;
    this.#variables.set(name, { type: this.#isOdd(0.1) ? 'Int' : String(argument.type), value: plain(value) });
    return [`${argument.name}: $${name}`];
  }

  #value(type: GraphQLInputType, depth: number): unknown {
    if (this.#isOdd(0.05))
      return this.#pick<unknown>([null, -1, 1e30, 'odd', true, [], {}, [[null]], { nothing: 1 }, Number.MAX_SAFE_INTEGER]);
    if (isNonNullType(type)) return this.#value(type.ofType, depth);
    if (isListType(type))
      return Array.from({ length: this.#below(3) + (this.#isOdd(0.02) ? 50 : 0) }, () => this.#value(type.ofType, depth));
    if (isEnumType(type)) return new EnumName(this.#pick(type.getValues()).name);
    if (isInputObjectType(type)) return this.#object(Object.values(type.getFields()), type.isOneOf, depth);
    switch (type.name) {
      case 'Int':
        return this.#pick([0, 1, 2, 3, 20, -1, 500, 501, 2_147_483_647]);
      case 'Float':
        return this.#pick([0, 0.1, 0.5, 1, 1.5, -0.1, 1e308]);
      case 'Boolean':
        return this.#is(0.5);
      case 'DateTime':
        return this.#pick([
          '2026-01-01T00:00:00Z',
          '2025-06-01T12:00:00Z',
          '1970-01-01T00:00:00Z',
          this.#isBroken ? 'yesterday' : '9999-12-31T23:59:59Z',
        ]);
      default:
        return this.#isOdd(0.2) ? this.#pick(oddTexts) : this.#pick(this.#ids);
    }
  }

  #object(fields: readonly GraphQLArgument[], isOneOf: boolean, depth: number): Record<string, unknown> {
    const isGiven = (field: GraphQLArgument) => (isRequiredArgument(field) ? !this.#isOdd(0.02) : depth < 4 && this.#is(0.4));
    const given = isOneOf && !this.#isOdd(0.05) ? [this.#pick(fields)] : fields.filter(isGiven);
    return Object.fromEntries(given.map(({ name, type }) => [name, this.#value(type, depth + 1)]));
  }

  #directives(): string {
    if (!this.#is(0.05)) return '';
    if (!this.#isBroken) return this.#pick([' @skip(if: false)', ' @include(if: true)', ' @skip(if: true)']);
    return this.#pick([' @include(if: $no)', ' @nothing', ' @skip', ' @include(if: "x")', ' @skip(if: true) @skip(if: true)']);
  }

  #damage(query: string): string {
    const at = this.#below(query.length);
    const cut = at + this.#below(4);
    return (
      query.slice(0, at) +
      this.#pick(['', '{', '}', '"', '$', '...', '@', '(', '\u0000', '"""', '\\', '#', '\ud800', '9']) +
      query.slice(cut)
    );
  }

  #is(share: number): boolean {
    return this.#random() < share;
  }

  #isOdd(share: number): boolean {
    return this.#isBroken && this.#is(share);
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(from.length)] as T;
  }
}

class EnumName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A value as GraphQL. */
function print(value: unknown): string {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, item]) => `${name}: ${print(item)}`)
    .join(', ')} }`;
}

/** A value as JSON. */
function plain(value: unknown): unknown {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}
