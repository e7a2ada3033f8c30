import { reactRouter } from '@react-router/dev/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  plugins: [tailwindcss(), reactRouter(), withoutSchemas()],
  // Inlined files would become data: addresses, which the Content-Security-Policy refuses for fonts.
  build: { assetsInlineLimit: 0 },
});

/**
 * Keeps the schemas' library out of the browser: the contract's files build their schemas when they are loaded, but the
 * browser needs only the plain values beside them, and no 15 kB of validator.
 */
function withoutSchemas(): Plugin {
  const stub = '\0without-schemas';
  return {
    name: 'without-schemas',
    enforce: 'pre',
    resolveId(source) {
      return source === 'typebox' && this.environment.name === 'client' ? stub : null;
    },
    load(id) {
      return id === stub ? 'export default new Proxy({}, { get: () => () => ({}) });' : null;
    },
  };
}
