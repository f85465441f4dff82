/** Vite puts it beside the script. */
declare module '*.css';
