/** What of a page's address the API is asked: the parameters of the list, and none that the browser's router adds. */
export function listQuery(request: Request, names: readonly string[]): URLSearchParams {
  const { searchParams } = new URL(request.url);
  const known = [...names, 'after', 'before'];
  return new URLSearchParams([...searchParams].filter(([name]) => known.includes(name)));
}
