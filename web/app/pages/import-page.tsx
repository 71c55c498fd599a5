export { ImportView as default } from '../../features/import/import-view.tsx';
