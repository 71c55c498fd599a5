// One part of code for both pages of administrators: each part costs every reader some bytes.
export { AuditView as default } from '../../features/audit/audit-view.tsx';
export { EndpointsView } from '../../features/endpoints/endpoints-view.tsx';
