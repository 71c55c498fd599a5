export { RankingsView as default } from '../../features/rankings/rankings-view.tsx';
