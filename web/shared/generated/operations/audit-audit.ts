import type { Operation } from '../../graphql/operation.ts';
import type { AuditTrailQuery, AuditTrailQueryVariables } from '../types.ts';

export const AuditTrailDocument: Operation<AuditTrailQuery, AuditTrailQueryVariables> = {"kind":"query","name":"AuditTrail","variables":"$after:String","selection":"auditEntries(first:200 after:$after){totalCount pageInfo{endCursor hasNextPage}edges{node{...AuditRow}}}","fragments":"fragment AuditRow on AuditEntry{at by from action subject outcome}","hasPast":true};
