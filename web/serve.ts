import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequestHandler, type ServerBuild } from 'react-router';
import type { pageContext, ShopContext } from './src/server-context.ts';

export type Pages = {
  /** Files for browsers: hashed assets, pictures, icons. */
  clientFolder: string;
  /** Renders a page, or the data of one. */
  render(request: Request, shop: ShopContext): Promise<Response>;
};

const build = new URL('./build/', import.meta.url);

/** Loads the built pages (`npm run build -w web`). Null when they were not built. */
export async function loadPages(): Promise<Pages | null> {
  const entry = fileURLToPath(new URL('server/index.js', build));
  if (!existsSync(entry)) return null;
  const module = (await import(pathToFileURL(entry).href)) as ServerBuild;
  const handle = createRequestHandler(module, 'production');
  // The key of the context has to come from the same copy of the code that the pages read it with.
  const makeContext = (module.entry.module as unknown as { pageContext: typeof pageContext }).pageContext;
  return {
    clientFolder: fileURLToPath(new URL('client', build)),
    render: (request, shop) => handle(request, makeContext(shop)),
  };
}
