/** One Tabler icon (vite.config.ts makes it of its outlines). */
declare module 'virtual:tabler/*' {
  const icon: import('./shared/ui/make-icon.tsx').Icon;
  export default icon;
}
