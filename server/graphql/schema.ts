import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLScalarType, type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';
import { packageRoot } from '../configuration/package-root.ts';
import { dateTime } from './date-time.ts';
import { resolvers } from './resolvers/resolvers.ts';

/**
 * Builds the executable schema from schema.graphql and the resolvers.
 *
 * It sets the resolvers on the types that graphql-js builds. Schema tools would copy each type instead, which doubles the
 * time, at each start. Throws if a resolver names a type or field that the schema does not have.
 */
export function buildExecutableSchema(): GraphQLSchema {
  // The build and the tests validate schema.graphql.
  const schema = buildSchema(readFileSync(join(packageRoot(), 'schema.graphql'), 'utf8'), { assumeValidSDL: true });
  for (const [typeName, resolversOfType] of Object.entries(resolvers)) {
    if (resolversOfType !== undefined) addResolvers(schema, typeName, resolversOfType);
  }
  Object.assign(schema.getType('DateTime') as GraphQLScalarType, dateTime);
  return schema;
}

function addResolvers(schema: GraphQLSchema, typeName: string, resolversOfType: object): void {
  const type = schema.getType(typeName);
  for (const [name, resolver] of Object.entries(resolversOfType)) {
    if (name === '__resolveType' && isAbstractType(type)) type.resolveType = resolver;
    else {
      const field = isObjectType(type) ? type.getFields()[name] : undefined;
      if (field === undefined) throw new Error(`schema.graphql has no field ${typeName}.${name}, for which there is a resolver.`);
      field.resolve = resolver;
    }
  }
}
