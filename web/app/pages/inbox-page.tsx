export { InboxView as default } from '../../features/watches/inbox-view.tsx';
