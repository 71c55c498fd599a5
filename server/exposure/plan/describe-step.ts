import type { Projection } from '../../projection/projection.ts';
import type { PlanTask } from './plan-steps.ts';

/** A step of a plan as an instruction, such as "Recall the copies of Aurelis Labs from Quillmark". */
export function describeStep({ access, organizations }: Projection, { action, ask }: Pick<PlanTask, 'action' | 'ask'>): string {
  const name = (organization: number) => organizations.name.get(organization);
  if (action === null) return `Ask ${name(ask)} what it holds and what was touched`;
  switch (action.kind) {
    case 'REVOKE_ACCESS': {
      const [grantee, grantor] = [access.grantee[action.access] as number, access.grantor[action.access] as number];
      return `Revoke the access of ${name(grantee)} to ${name(grantor)} (${access.id.get(action.access)})`;
    }
    case 'REVOKE_ALL_ACCESS':
      return `Revoke all access of ${name(action.organization)}`;
    case 'SUSPEND':
      return `Suspend ${name(action.organization)}`;
    case 'RECALL':
      return `Recall the copies${action.owner < 0 ? '' : ` of ${name(action.owner)}`} from ${name(action.organization)}`;
    case 'ENCRYPT':
      return `Encrypt the copies${action.owner < 0 ? '' : ` of ${name(action.owner)}`} at ${name(action.organization)} under their owners' keys`;
    default:
      return action satisfies never;
  }
}
