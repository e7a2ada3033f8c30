import { ApiError, toError } from './call.ts';

/** Milliseconds a file may take to go and to be dealt with. */
const patience = 120_000;

type Sending = {
  /** How much of it is there, from 0 to 1. */
  onProgress?(part: number): void;
  /** What it is, where the browser's guess is not to be used. */
  type?: string;
};

/** Sends a file as it is, and tells how far it got, which `fetch` cannot. Throws `ApiError`. */
export function sendFile<Answer>(
  path: string,
  file: Blob,
  { onProgress, type }: Sending = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.timeout = patience;
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', type ?? (file.type || 'application/octet-stream'));
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as Answer);
      else reject(toError(request.status, body));
    };
    const lost = () =>
      reject(new ApiError('network', 'The shop cannot be reached. Check your connection and try again.', 0));
    request.onerror = lost;
    request.ontimeout = lost;
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
