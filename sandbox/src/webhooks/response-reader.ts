/** Reads one HTTP/1.1 answer after the other from a connection: its status, and where it ends. The body is dropped. */

/** A receiver whose headers are longer than this is not answering a webhook. */
const LONGEST_HEAD_BYTES = 64_000;

export interface Answer {
  status: number;
  /** The connection can carry the next request. */
  keepsAlive: boolean;
}

type Body = { kind: 'length'; left: number } | { kind: 'chunked'; text: string } | { kind: 'until_close' };

export class ResponseReader {
  private head = '';
  private answer: Answer | null = null;
  private body: Body | null = null;

  /**
   * Takes what arrived. Returns the answer once it is whole, null while more must come.
   * @throws Error when this is not HTTP/1.1
   */
  push(bytes: Buffer): Answer | null {
    const text = bytes.toString('latin1');
    if (this.body !== null) return this.readBody(text);
    this.head += text;
    const end = this.head.indexOf('\r\n\r\n');
    if (end < 0) {
      if (this.head.length > LONGEST_HEAD_BYTES) throw new Error('the answer has no end of headers');
      return null;
    }
    const rest = this.head.slice(end + 4);
    this.readHead(this.head.slice(0, end));
    this.head = '';
    if (this.answer === null) return this.push(Buffer.from(rest, 'latin1'));
    return this.readBody(rest);
  }

  /** The connection was closed by the receiver: an answer without a length ends there. */
  end(): Answer | null {
    return this.body?.kind === 'until_close' ? this.finish() : null;
  }

  private readHead(head: string): void {
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]);
    if (Number.isNaN(status)) throw new Error('the answer is not HTTP/1.1');
    // 100 Continue and its like come before the answer.
    if (status < 200) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const isOld = head.startsWith('HTTP/1.0');
    const keepsAlive = !isOld && !/\r\nconnection: *close/i.test(head);
    this.answer = { status, keepsAlive };
    if (status === 204 || status === 304) this.body = { kind: 'length', left: 0 };
    else if (/\r\ntransfer-encoding:[^\r]*chunked/i.test(head)) this.body = { kind: 'chunked', text: '' };
    else if (length !== undefined) this.body = { kind: 'length', left: Number(length) };
    else this.body = { kind: 'until_close' };
  }

  private readBody(text: string): Answer | null {
    const body = this.body!;
    switch (body.kind) {
      case 'length':
        body.left -= text.length;
        return body.left <= 0 ? this.finish() : null;
      case 'chunked':
        body.text = skipChunks(body.text + text);
        return body.text === 'done' ? this.finish() : null;
      case 'until_close':
        this.answer!.keepsAlive = false;
        return null;
    }
  }

  private finish(): Answer {
    const answer = this.answer!;
    this.answer = null;
    this.body = null;
    return answer;
  }
}

/** Drops whole chunks; returns what is left of an unfinished one, or `done` after the last. */
function skipChunks(text: string): string {
  let at = 0;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return text.slice(at);
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    if (Number.isNaN(size)) throw new Error('the answer has a broken chunk');
    // The last chunk may be followed by trailers, which end with an empty line.
    if (size === 0) return text.indexOf('\r\n\r\n', lineEnd) < 0 ? text.slice(at) : 'done';
    const next = lineEnd + 2 + size + 2;
    if (next > text.length) return text.slice(at);
    at = next;
  }
}
