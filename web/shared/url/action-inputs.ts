import type { ActionInput } from '../generated/operations.ts';
import type { ScenarioStep } from './scenario-url.ts';

/** The actions of a what-if as the server takes them. */
export function actionInputs(actions: readonly ScenarioStep[]): ActionInput[] {
  return actions.map(actionInput);
}

export function actionInput({ kind, id, owner, at }: ScenarioStep): ActionInput {
  const copies = { holder: id, at, ...(owner === null ? {} : { owner }) };
  switch (kind) {
    case 'SUSPEND':
      return { suspend: { organization: id, at } };
    case 'REVOKE_ALL_ACCESS':
      return { revokeAllAccess: { organization: id, at } };
    case 'REVOKE_ACCESS':
      return { revokeAccess: { access: id, at } };
    case 'RECALL':
      return { recall: copies };
    case 'ENCRYPT':
      return { encrypt: copies };
  }
}
