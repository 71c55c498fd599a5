export { AuditView as default } from '../../features/audit/audit-view.tsx';
