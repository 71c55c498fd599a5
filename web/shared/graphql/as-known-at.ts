import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';

const INSTANT = 'asKnownAtInstant';

/** Root fields about the server, the reader or imports: they have no past. Both sides of a comparison name their own instant. */
const NOW: ReadonlySet<string> = new Set(['about', 'viewer', 'revision', 'import', 'imports', 'notes', 'view', 'views', 'compareRadius']);

/** Whether a document asks about facts, so that it can be asked as known at an earlier instant. */
export function hasPast(document: DocumentNode): boolean {
  const operation = operationOf(document);
  return (
    operation?.operation === OperationTypeNode.QUERY &&
    operation.selectionSet.selections.some((selection) => selection.kind === Kind.FIELD && !NOW.has(selection.name.value))
  );
}

/** The same question, asked under `asKnownAt`. Its answer stands in the field of that name. */
export function askAsKnownAt(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  instant: string,
): { readonly document: DocumentNode; readonly variables: Readonly<Record<string, unknown>> } {
  const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: INSTANT } } as const;
  const definitions = document.definitions.map((definition) =>
    definition.kind !== Kind.OPERATION_DEFINITION
      ? definition
      : ({
          ...definition,
          variableDefinitions: [
            ...(definition.variableDefinitions ?? []),
            {
              kind: Kind.VARIABLE_DEFINITION,
              variable,
              type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'DateTime' } } },
            },
          ],
          selectionSet: {
            kind: Kind.SELECTION_SET,
            selections: [
              {
                kind: Kind.FIELD,
                name: { kind: Kind.NAME, value: 'asKnownAt' },
                arguments: [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'instant' }, value: variable }],
                selectionSet: definition.selectionSet,
              },
            ],
          },
        } satisfies OperationDefinitionNode),
  );
  return { document: { ...document, definitions }, variables: { ...variables, [INSTANT]: instant } };
}

function operationOf(document: DocumentNode): OperationDefinitionNode | undefined {
  return document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}
