/** As many at once as one query takes well. */
export async function* inChunks<T>(items: AsyncIterable<T>, size = 100): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
