/** The seam between the sandbox's HTTP server and the pages, frames and scripts it serves to browsers. */

export interface BrowserRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The form body of a POST, null otherwise. */
  body: URLSearchParams | null;
  /** Scheme, host and port under which the browser reached the sandbox, without a slash at the end. */
  baseUrl: string;
  api: SandboxApi;
  control: SandboxControl;
}

export interface BrowserReply {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** The sandbox's own door, `/_sandbox/*`, in process. */
export type SandboxControl = (
  method: string,
  path: string,
  form: URLSearchParams | null,
  // biome-ignore lint/suspicious/noExplicitAny: its answers are JSON of many shapes; readers narrow it.
) => Promise<{ status: number; body: any }>;

/** Dispatches into the sandbox's own API in process: the same validation as over HTTP, without a socket. */
export type SandboxApi = (
  method: string,
  path: string,
  form: URLSearchParams | null,
  key: string,
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API is JSON of many shapes; readers narrow it.
) => Promise<{ status: number; body: any }>;
